"""Who says what about a photo. Claims are append-only: a correction is a new claim that supersedes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import File, Photo
from archive.values.settled import Facet


class SourceKind(models.TextChoices):
    FILE = "file", "file"
    PERSON = "person", "person"


class Method(models.TextChoices):
    """How the value was come by."""

    EXIF = "exif", "read from EXIF"
    XMP = "xmp", "read from XMP"
    STATED = "stated", "stated by a person"
    WITHDRAWN = "withdrawn", "withdrawn"


class Source(models.Model):
    """Who speaks: a file of the archive, or a person with an account."""

    kind = models.CharField(max_length=12, choices=SourceKind)
    file = models.OneToOneField(File, models.CASCADE, null=True, related_name="source")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="claim_source"
    )
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "archive"

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.pk}"


class Claim(models.Model):
    """Facet, value, method, source and the raw text it was read from. A withdrawn claim has no value."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="claims")
    facet = models.CharField(max_length=16, choices=[(facet.value, facet.value) for facet in Facet])
    value = models.JSONField(null=True)
    method = models.CharField(max_length=10, choices=Method)
    source = models.ForeignKey(Source, models.RESTRICT, related_name="claims")
    words = models.TextField(blank=True)
    tag = models.CharField(max_length=200, blank=True)
    raw = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.RESTRICT, null=True, related_name="superseded_by")
    created_at = models.DateTimeField(auto_now_add=True)
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        indexes = [models.Index(fields=["photo", "facet"], name="claims_by_question")]

    def __str__(self) -> str:
        return f"{self.facet} of {self.photo_id} by {self.source_id}"
