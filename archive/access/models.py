from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.catalogue.models import Collection


class MemberRole(models.TextChoices):
    """What a member may do in a collection, most to least."""

    OWNER = "owner", "owner: everything, and who is a member"
    CURATOR = "curator", "curator: upload and edit"
    REVIEWER = "reviewer", "reviewer: judge claims"
    CONTRIBUTOR = "contributor", "contributor: upload"
    READER = "reader", "reader: see"


class Membership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=MemberRole)

    class Meta:
        app_label = "archive"
        constraints = [
            models.UniqueConstraint("user", "collection", name="one_membership_per_user_and_collection")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.collection}"
