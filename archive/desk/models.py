"""What people keep for themselves and for their readers: frozen selections, saved searches, pinned photos."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import PUBLIC_ID_LENGTH, new_public_id

LONGEST_TITLE = 200
LONGEST_NAME = 120
LONGEST_NOTE = 20_000


class FrozenIds(models.Model):
    """The canonical text of a list, kept once however often it is frozen; see `archive.desk.canonical`."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        app_label = "archive"

    def __str__(self) -> str:
        return f"{self.count} photos {self.sha256[:12]}"


class FrozenSelection(models.Model):
    """A list of photos that can be cited: it never changes, and is withdrawn at most.

    `members_of` numbers the collections all of which a reader must belong to; empty is for everybody. `key`
    finds the list again when the same person freezes the same view on the same day. A withdrawn list keeps
    its day, its count and its hash, and neither words nor ids.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    key = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    query = models.TextField(blank=True)
    day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="frozen_selections"
    )
    sha256 = models.CharField(max_length=64)
    photos = models.PositiveIntegerField()
    ids = models.ForeignKey(FrozenIds, models.PROTECT, null=True, related_name="selections")
    members_of = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "archive"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title or self.public_id


class FreezeTally(models.Model):
    """How many lists somebody froze in one hour. `who` cannot be turned back into an address."""

    who = models.CharField(max_length=64)
    hour = models.DateTimeField()
    made = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "archive"
        constraints = [models.UniqueConstraint("who", "hour", name="one_tally_per_hour")]

    def __str__(self) -> str:
        return f"{self.made} at {self.hour}"


class SavedSearch(models.Model):
    """A Selection that somebody wants to come back to. A removed one waits a day for second thoughts."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "archive"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return f"saved search {self.pk}"  # the admin's pages print it


class Pin(models.Model):
    """A photo on somebody's desk with a note for nobody else.

    `ref` is the photo's public id and no key: the note outlives the photo, and what its reader may see of
    it. `folded` is the note as it is searched.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pins")
    ref = models.CharField(max_length=PUBLIC_ID_LENGTH)
    note = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    pinned_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "archive"
        ordering = ["-pinned_at", "-id"]
        constraints = [models.UniqueConstraint("user", "ref", name="one_pin_per_person_and_photo")]

    def __str__(self) -> str:
        return f"pin {self.pk}"  # the admin's pages print it
