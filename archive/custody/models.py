from __future__ import annotations

from django.db import models


class CustodyEvent(models.Model):
    """One link of a chain, which is named by the public id of what it tells of: a photo, a series, a source.

    `hash` covers the row and, through `previous`, every row before it; see `archive.custody.links`.
    """

    chain = models.CharField(max_length=13)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    detail = models.JSONField()
    salt = models.CharField(max_length=32)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "archive"
        ordering = ["chain", "sequence"]
        indexes = [models.Index(fields=["at"], name="custody_by_day")]
        constraints = [models.UniqueConstraint("chain", "sequence", name="one_link_per_place_in_chain")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence} {self.kind}"


class DayHead(models.Model):
    """The Merkle root over the last link of every chain at the end of a UTC day.

    `hash` covers day, root and `previous`, the hash of the head before, so that no day can be dropped.
    `groups` are the roots of chains whose names begin alike, from which the root is made; only the newest
    head keeps them. `stamp` is the RFC 3161 time-stamp response over the head's hash.
    """

    day = models.DateField(unique=True)
    chains = models.PositiveIntegerField()
    groups = models.JSONField(null=True)
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
