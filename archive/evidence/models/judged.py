"""What reviewers concluded, and what that did to the answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import Photo
from archive.evidence.models.claims import Claim
from archive.evidence.vocabulary import READERSHIP_CHOICES, Credibility, Judgement
from archive.values.readership import Readership
from archive.values.settled import Facet, Status


class Verdict(models.Model):
    """One reviewer's judgement on one claim. Append-only; the latest of each reviewer counts.

    `blind` says that the reviewer had not been shown the others' verdicts.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="verdicts")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="verdicts"
    )
    judgement = models.CharField(max_length=15, choices=Judgement)
    credibility = models.PositiveSmallIntegerField(choices=Credibility, null=True)
    reasons = models.TextField()
    blind = models.BooleanField(default=False)
    readership = models.CharField(max_length=10, choices=READERSHIP_CHOICES, default=Readership.PUBLIC.value)
    supersedes = models.ForeignKey("self", models.RESTRICT, null=True, related_name="superseded_by")
    at = models.DateTimeField(auto_now_add=True)
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "archive"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.judgement} on {self.claim_id}"


class StatusChange(models.Model):
    """A question's status changed, and the claim or verdict that changed it."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="status_changes")
    facet = models.CharField(max_length=16, choices=[(facet.value, facet.value) for facet in Facet])
    before = models.CharField(max_length=15, choices=[(status.value, status.value) for status in Status])
    after = models.CharField(max_length=15, choices=[(status.value, status.value) for status in Status])
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="+")
    verdict = models.ForeignKey(Verdict, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "archive"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.facet}: {self.before} to {self.after}"
