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
