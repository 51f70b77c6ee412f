"""Uploads: one deposit holds many files, each with its own outcome."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import Collection, Photo, Role, new_public_id


class DepositState(models.TextChoices):
    OPEN = "open", "open"
    CANCELLED = "cancelled", "cancelled"


class FileState(models.TextChoices):
    UPLOADING = "uploading", "uploading"
    WAITING = "waiting", "waiting"
    WORKING = "working", "being read"
    STORED = "stored", "stored"
    DUPLICATE = "duplicate", "already here"
    UPDATED = "updated", "added to a photo"
    UNPACKED = "unpacked", "unpacked"
    REFUSED = "refused", "refused"
    FAILED = "failed", "failed, may be tried again"
    CANCELLED = "cancelled", "cancelled"


class Deposit(models.Model):
    """One upload act. The depositor alone may continue it.

    `version` grows by one with every change of a file of it; its row lock puts those changes in order.
    `announced`: every file it will ever have has a row already.
    """

    public_id = models.CharField(max_length=13, unique=True, default=new_public_id, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="deposits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="deposits")
    state = models.CharField(max_length=10, choices=DepositState, default=DepositState.OPEN)
    announced = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.public_id


class DepositFile(models.Model):
    """One file on its way in. `reason` says why it was refused, in words for the depositor.

    `name` is the path it was given under, `pair_key` what `ingest.pairing` finds its partners by, `of` the
    public id of the photo that the depositor chose. `change` is the deposit's version when it last changed.
    """

    public_id = models.CharField(max_length=13, unique=True, default=new_public_id, editable=False)
    deposit = models.ForeignKey(Deposit, models.CASCADE, related_name="files")
    name = models.CharField(max_length=500)
    byte_count = models.BigIntegerField()
    role = models.CharField(max_length=10, choices=Role, default=Role.PRIMARY)
    of = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.UPLOADING)
    reason = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="+")
    pair_key = models.CharField(max_length=500)
    change = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "deposit", "name", "byte_count", name="one_file_per_name_and_length_in_deposit"
            )
        ]
        indexes = [
            models.Index(fields=["deposit", "state"], name="files_of_deposit_by_state"),
            models.Index(fields=["deposit", "change", "id"], name="files_of_deposit_by_change"),
            models.Index(fields=["deposit", "pair_key"], name="files_of_deposit_by_pair"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkerLease(models.Model):
    """A worker that lives. One whose `beat_at` is old is dead, and anybody may put its tasks back."""

    worker = models.CharField(max_length=32, primary_key=True)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()

    class Meta:
        app_label = "archive"

    def __str__(self) -> str:
        return f"{self.worker} on {self.host}"
