"""Collections, photos, their files, what changed, and the rows that map, timeline and search read."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # RFC 4648 base32, lower case
PUBLIC_ID_LENGTH = 13  # 65 random bits


def new_public_id() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Visibility(models.TextChoices):
    PUBLIC = "public", "Public: anyone may see it"
    PRIVATE = "private", "Private: only its members may see it"


class Role(models.TextChoices):
    """What a file is to its photo."""

    PRIMARY = "primary", "the picture"
    BACK = "back", "back"
    NEGATIVE = "negative", "negative"
    PRINT = "print", "print"
    RESCAN = "rescan", "rescan"
    SIDECAR = "sidecar", "sidecar"


class Audience(models.IntegerChoices):
    PUBLIC = 0
    INSIDE = 1


class Collection(models.Model):
    """Photos kept together by provenance. One inside a private one is private: `open_to_public` says so."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    provenance = models.TextField(blank=True)
    rights_uri = models.CharField(max_length=300, blank=True)
    rights_note = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    open_to_public = models.BooleanField(default=False, editable=False, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    largest_public_px = models.PositiveIntegerField(default=4096)
    two_reviewers = models.BooleanField(default=False)
    blind_first_verdict = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        app_label = "archive"
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class Photo(models.Model):
    """One intellectual picture in a collection. `settled_*` is written by `evidence.resettle` alone.

    `settled_facets` holds a status for every question, `settled_public` what outsiders get instead where some
    claim or source is not for them ({"place", "time", "facets"}), null where both are the same.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="photos")
    title = models.CharField(max_length=300, blank=True)
    caption = models.TextField(blank=True)
    alt_text = models.CharField(max_length=500, blank=True)
    creator = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    rights_uri = models.CharField(max_length=300, blank=True)
    identifier = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=20, blank=True)
    keywords = models.JSONField(default=list, blank=True)
    people = models.JSONField(default=list, blank=True)
    provenance_notes = models.TextField(blank=True)
    settled_place = models.JSONField(default=dict, blank=True, editable=False)
    settled_time = models.JSONField(default=dict, blank=True, editable=False)
    settled_facets = models.JSONField(default=dict, blank=True, editable=False)
    settled_public = models.JSONField(null=True, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title or self.public_id


class File(models.Model):
    """One received file of a photo; its bytes lie in the vault under `sha256`. `reading` is what it says."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="files")
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.PRIMARY)
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_count = models.BigIntegerField()
    name = models.CharField(max_length=500)
    format = models.CharField(max_length=10)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    reading = models.JSONField(default=dict)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "collection",
                "sha256",
                condition=~models.Q(role=Role.SIDECAR),
                name="one_photo_per_collection_and_bytes",
            ),
            models.UniqueConstraint(
                "photo", condition=models.Q(role=Role.PRIMARY), name="one_primary_file_per_photo"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """One change of one field: who, when, before, after. Places and dates change by claims instead."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="revisions")
    field = models.CharField(max_length=30)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.field} of {self.photo_id}"


class Term(models.Model):
    """A licence or device spelt once, so that the index holds integers."""

    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)

    class Meta:
        app_label = "archive"
        constraints = [models.UniqueConstraint("kind", "text", name="one_term_per_spelling")]

    def __str__(self) -> str:
        return self.text


class IndexRow(models.Model):
    """What map, timeline and list read: one row for each photo, audience and place part.

    `key` is the Morton key of the centre; west..north bound the circle of doubt (`east` may pass 180 and
    `west` fall below -180 where the circle crosses the antimeridian); `earliest` and `latest` are local civil
    seconds since 1970, null when undated. A photo without a location has one row with part 0 and parts 0.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="index_rows", db_index=False)
    ref = models.CharField(max_length=PUBLIC_ID_LENGTH)
    audience = models.PositiveSmallIntegerField(choices=Audience)
    part = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius_m = models.FloatField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    direction = models.FloatField(null=True)
    width_deg = models.FloatField(null=True)
    earliest = models.BigIntegerField(null=True)
    latest = models.BigIntegerField(null=True)
    place_status = models.PositiveSmallIntegerField(default=0)
    time_status = models.PositiveSmallIntegerField(default=0)
    licence = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+", db_index=False)
    device = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+", db_index=False)
    added = models.BigIntegerField()

    class Meta:
        app_label = "archive"
        constraints = [
            models.UniqueConstraint("photo", "audience", "part", name="one_row_per_photo_audience_part")
        ]
        indexes = [
            # Key alone: finds the few rows of a small area, whoever asks.
            models.Index(fields=["key"], name="index_by_key"),
            # The rest cover whole scans, so that counting a large selection never reads the wide rows.
            models.Index(
                fields=["audience", "key", "collection", "parts", "longitude", "latitude"],
                name="index_for_cells",
            ),
            models.Index(
                fields=[
                    "audience",
                    "part",
                    "collection",
                    "place_status",
                    "time_status",
                    "licence",
                    "device",
                    "parts",
                    "earliest",
                    "latest",
                ],
                name="index_for_facets",
            ),
            models.Index(
                fields=["earliest", "latest", "ref", "audience", "collection", "part"], name="index_by_date"
            ),
            models.Index(fields=["added", "ref", "audience", "collection", "part"], name="index_by_arrival"),
            models.Index(fields=["collection"], name="index_by_collection"),
            # Wide circles and rival places are few and are looked for apart.
            models.Index(fields=["radius_m"], name="index_by_radius"),
            models.Index(fields=["parts"], condition=models.Q(parts__gt=1), name="index_of_rival_places"),
        ]

    def __str__(self) -> str:
        return f"{self.ref}/{self.audience}/{self.part}"


class Change(models.Model):
    """Names the photos whose index rows changed, in order, so that caches can follow.

    Without a photo it says that a collection was opened, closed or renamed. `is_open` tells changes of what
    strangers may see. On PostgreSQL numbers are given before a transaction commits: whoever follows the log
    reads again from the oldest transaction that was still running, by `transaction` (0 on SQLite, which has
    one writer).
    """

    # A removed photo stays named here: caches must learn that it is gone.
    photo = models.ForeignKey(
        Photo, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    transaction = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        indexes = [models.Index(fields=["transaction"], name="change_by_transaction")]

    def __str__(self) -> str:
        return f"{self.id}"


class SearchWords(models.Model):
    """The folded words of a photo; the database's full-text index reads `words`."""

    photo = models.OneToOneField(Photo, models.CASCADE, primary_key=True, related_name="search_words")
    words = models.TextField()

    class Meta:
        app_label = "archive"

    def __str__(self) -> str:
        return self.words[:80]
