"""What bears on claims, and what would change the answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import PUBLIC_ID_LENGTH, Collection, Photo, new_public_id
from archive.evidence.models.claims import Claim, Source
from archive.evidence.models.series import Series
from archive.evidence.vocabulary import (
    READERSHIP_CHOICES,
    Diagnosticity,
    EvidenceKind,
    FalsifierState,
    Stance,
)
from archive.values.readership import Readership
from archive.values.settled import Facet


class Attachment(models.Model):
    """A document kept with evidence or an appearance (page archive, PDF, picture); bytes lie in the vault."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="attachments")
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_count = models.BigIntegerField()
    name = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.MEMBERS.value)
    received_at = models.DateTimeField(auto_now_add=True)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "archive"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """Something that bears on claims about a photo or a series (exactly one is set).

    `region` is {"x", "y", "w", "h"} in fractions 0..1 of the picture as displayed, on `photo`; so is
    `other_region` on `other_photo`, for a detail matched with a second picture. `measurement` holds what a
    tool measured, as `checks.shadow` reads it.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="evidence")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    text = models.TextField()
    region = models.JSONField(null=True)
    region_label = models.CharField(max_length=200, blank=True)
    other_photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="matched_evidence")
    other_region = models.JSONField(null=True)
    measurement = models.JSONField(null=True)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="evidence")
    attachment = models.ForeignKey(Attachment, models.RESTRICT, null=True, related_name="evidence")
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.PUBLIC.value)
    supersedes = models.ForeignKey("self", models.RESTRICT, null=True, related_name="superseded_by")
    withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo=None, series__isnull=False)
                | models.Q(photo__isnull=False, series=None),
                name="evidence_is_of_a_photo_or_a_series",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Bearing(models.Model):
    """How a piece of evidence bears on one claim, how much it helps to decide, and why."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="bearings")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="bearings")
    stance = models.CharField(max_length=10, choices=Stance)
    diagnosticity = models.PositiveSmallIntegerField(choices=Diagnosticity)
    reason = models.TextField(blank=True)

    class Meta:
        app_label = "archive"
        constraints = [models.UniqueConstraint("evidence", "claim", name="evidence_bears_once_on_a_claim")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.stance} {self.claim_id}"


class Falsifier(models.Model):
    """What would change the answer to one question."""

    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="falsifiers")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="falsifiers")
    facet = models.CharField(max_length=16, choices=[(facet.value, facet.value) for facet in Facet])
    text = models.TextField()
    state = models.CharField(max_length=12, choices=FalsifierState, default=FalsifierState.OPEN)
    note = models.TextField(blank=True)
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.PUBLIC.value)
    supersedes = models.ForeignKey("self", models.RESTRICT, null=True, related_name="superseded_by")
    withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo=None, series__isnull=False)
                | models.Q(photo__isnull=False, series=None),
                name="a_falsifier_is_of_a_photo_or_a_series",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
