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
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


class Deposit(models.Model):
    """One upload act. The depositor alone may continue it."""

    public_id = models.CharField(max_length=13, unique=True, default=new_public_id, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="deposits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="deposits")
    state = models.CharField(max_length=10, choices=DepositState, default=DepositState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.public_id


class DepositFile(models.Model):
    """One file on its way in. `reason` says why it was refused, in words for the depositor."""

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
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]
        indexes = [models.Index(fields=["deposit", "state"], name="files_of_deposit_by_state")]

    def __str__(self) -> str:
        return self.name
