"""Photos about which things are said together, and where pictures were seen published."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import PUBLIC_ID_LENGTH, Collection, Photo, new_public_id
from archive.evidence.vocabulary import READERSHIP_CHOICES
from archive.values.readership import Readership

MOST_PHOTOS = 500


class Series(models.Model):
    """One post, one flight, one roll: at most `MOST_PHOTOS` photos of one collection."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="series")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    photos: models.ManyToManyField[Photo, SeriesPhoto] = models.ManyToManyField(
        Photo, through="SeriesPhoto", related_name="series"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "archive"
        ordering = ["title", "id"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class SeriesPhoto(models.Model):
    """A photo's place in a series; `position` orders the pictures as they were posted or shot."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="members")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="memberships")
    position = models.PositiveIntegerField()

    class Meta:
        app_label = "archive"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("series", "photo", name="a_photo_once_in_a_series")]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.position}"


class Appearance(models.Model):
    """Where and when the photo or series was seen published; exactly one of `photo` and `series` is set.

    `posted_*` and `seen_*` are UTC bounds (`seen` is when somebody of ours saw it), null when not known.
    `archived` is the page as it was kept.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="appearances")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="appearances")
    url = models.CharField(max_length=2000, blank=True)
    platform = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey("Source", models.RESTRICT, null=True, related_name="appearances")
    posted_text = models.CharField(max_length=100, blank=True)
    posted_earliest = models.DateTimeField(null=True)
    posted_latest = models.DateTimeField(null=True)
    seen_text = models.CharField(max_length=100, blank=True)
    seen_earliest = models.DateTimeField(null=True)
    seen_latest = models.DateTimeField(null=True)
    credit_line = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    archived = models.ForeignKey("Attachment", models.RESTRICT, null=True, related_name="appearances")
    archive_url = models.CharField(max_length=2000, blank=True)
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
                name="an_appearance_is_of_a_photo_or_a_series",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url
