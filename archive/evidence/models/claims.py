"""Who says what about a photo."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import PUBLIC_ID_LENGTH, Collection, File, Photo, new_public_id
from archive.evidence.models.series import Appearance, Series
from archive.evidence.vocabulary import READERSHIP_CHOICES, Display, Method, Reliability, SourceKind
from archive.values.readership import Readership
from archive.values.settled import Facet


class Source(models.Model):
    """Who speaks: a file, a member with an account, or somebody a curator recorded for one collection.

    `name` is for insiders unless `display` says otherwise; so is `reliability`.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    kind = models.CharField(max_length=12, choices=SourceKind)
    file = models.OneToOneField(File, models.CASCADE, null=True, related_name="source")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="claim_source"
    )
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, related_name="sources")
    name = models.CharField(max_length=200, blank=True)
    display = models.CharField(max_length=10, choices=Display, default=Display.NAMED)
    pseudonym = models.CharField(max_length=200, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    url = models.CharField(max_length=2000, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "archive"
        constraints = [
            models.UniqueConstraint("collection", "kind", "name", name="one_source_of_a_name_in_a_collection")
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.pk}"


class Claim(models.Model):
    """Facet, value, method, source and the words or raw text it rests on. A withdrawn claim has no value.

    Exactly one of `photo` and `series` is set; a claim on a series holds for its photos but the exceptions.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="claims")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="claims")
    facet = models.CharField(max_length=16, choices=[(facet.value, facet.value) for facet in Facet])
    value = models.JSONField(null=True)
    method = models.CharField(max_length=10, choices=Method)
    source = models.ForeignKey(Source, models.RESTRICT, related_name="claims")
    words = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    said_at = models.CharField(max_length=100, blank=True)
    appearance = models.ForeignKey(Appearance, models.RESTRICT, null=True, related_name="claims")
    rationale = models.TextField(blank=True)
    tag = models.CharField(max_length=200, blank=True)
    raw = models.TextField(blank=True)
    bases: models.ManyToManyField[Claim, ClaimBasis] = models.ManyToManyField(
        "self", through="ClaimBasis", symmetrical=False, related_name="derived_claims"
    )
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.PUBLIC.value)
    supersedes = models.ForeignKey("self", models.RESTRICT, null=True, related_name="superseded_by")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["photo", "facet"], name="claims_by_question"),
            models.Index(fields=["series", "facet"], name="claims_by_series_question"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo=None, series__isnull=False)
                | models.Q(photo__isnull=False, series=None),
                name="a_claim_is_about_a_photo_or_a_series",
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet} of {self.photo_id or self.series_id} by {self.source_id}"


class ClaimBasis(models.Model):
    """`claim` rests on `basis`: it is no second voice."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="rests_on")
    basis = models.ForeignKey(Claim, models.CASCADE, related_name="carries")

    class Meta:
        app_label = "archive"
        constraints = [models.UniqueConstraint("claim", "basis", name="a_basis_once_for_a_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id} rests on {self.basis_id}"


class ClaimException(models.Model):
    """A photo of the series for which the claim does not hold, and why."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="exceptions")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="claim_exceptions")
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "archive"
        constraints = [models.UniqueConstraint("claim", "photo", name="an_exception_once_for_a_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id} not for {self.photo_id}"
