from __future__ import annotations

from django.db import models


class CustodyEvent(models.Model):
    """One link of a photo's chain. `hash` covers the row and, through `previous`, every row before it."""

    chain = models.CharField(max_length=13)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    detail = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "archive"
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint("chain", "sequence", name="one_link_per_place_in_chain")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence} {self.kind}"


class DayHead(models.Model):
    """The Merkle root over the last link of every chain at the end of a UTC day.

    `previous` is the root of the head before it, so that no day can be dropped. `stamp` is the RFC 3161
    time-stamp token over the head's hash, where an authority is set.
    """

    day = models.DateField(unique=True)
    chains = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    stamp = models.BinaryField(null=True)
    stamped_by = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "archive"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"
