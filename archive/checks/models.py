"""Results of automatic checks: versioned; a result that a newer one replaces is kept."""

from __future__ import annotations

from django.db import models

from archive.catalogue.models import Collection, Photo
from archive.evidence.vocabulary import READERSHIP_CHOICES
from archive.values.readership import Readership


class Outcome(models.TextChoices):
    """What the screen says; never a judgement on the photo as a whole."""

    FITS = "fits", "fits"
    DOES_NOT_FIT = "does_not_fit", "does not fit"
    CANNOT_TELL = "cannot_tell", "can't tell"
    COULD_NOT_CHECK = "could_not_check", "couldn't check"


class Finding(models.Model):
    """One check of one photo, or of a photo and another.

    `inputs` is a list of {"name", "tag", "raw"}: what went in, as it stands in file or claim. `facts` holds
    the numbers that the check's words are made of. `replaced_at` is null while the finding is current.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="findings")
    other = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="+")
    check_code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome)
    magnitude = models.FloatField(null=True)
    tolerance = models.FloatField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    inputs = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.PUBLIC.value)
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["photo", "check_code"], name="findings_of_photo"),
            models.Index(fields=["outcome", "check_code", "photo"], name="findings_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} v{self.version} on {self.photo_id}: {self.outcome}"


class Fingerprint(models.Model):
    """Hashes by which copies and devices are recognised, and the photo's rank among its device's frames.

    `perceptual` and `confirming` are two different 64-bit hashes of the picture, held as signed integers.
    `device` is keyed and for reviewers only. `taken_at` (UTC seconds since 1970) is null for a frame without
    one camera place and a narrow time: only those stand in the order of the device within the collection.
    """

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="fingerprint")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    perceptual = models.BigIntegerField(null=True)
    confirming = models.BigIntegerField(null=True)
    device = models.CharField(max_length=64, blank=True)
    taken_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "archive"
        indexes = [models.Index(fields=["collection", "device", "taken_at"], name="fingerprints_in_order")]

    def __str__(self) -> str:
        return f"fingerprint of {self.photo_id}"
