"""What a reviewer asks of the evidence: own verdicts, a picture to look at, the rivals of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.evidence.models import Claim, SeriesPhoto, Verdict
from archive.evidence.vocabulary import Judgement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet

    from archive.catalogue.models import Photo


def verdicts_of(reviewer: AnonymousUser | User) -> QuerySet[Verdict]:
    """Return every verdict that somebody gave; nobody's for who is not logged in."""
    return Verdict.objects.filter(reviewer_id=reviewer.pk, reviewer__isnull=False).select_related("claim")


def own_verdict(claim: Claim, reviewer: User) -> Verdict | None:
    """Return the reviewer's verdict on the claim that stands, if any."""
    latest = Verdict.objects.filter(claim=claim, reviewer=reviewer).order_by("-pk").first()
    return None if latest is None or latest.judgement == Judgement.WITHDRAWN else latest


def photo_of(claim: Claim) -> Photo | None:
    """Return the photo that is spoken of: of a series the first for which the claim holds."""
    if claim.series is None:
        return claim.photo
    held = claim.series.photos.exclude(claim_exceptions__claim=claim).select_related("collection")
    return held.order_by("memberships__position", "pk").first()


def rivals(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    """Return for each claim all that stand on its question, itself among them, in three queries.

    On a photo's question its series' claims count as well; on a series' question only those of the series.
    """
    asked = list(claims)
    photos = {one.photo_id for one in asked if one.photo_id}
    series_of_photo: dict[int, set[int]] = {}
    for photo, series in SeriesPhoto.objects.filter(photo__in=photos).values_list("photo_id", "series_id"):
        series_of_photo.setdefault(photo, set()).add(series)
    every_series = {one.series_id for one in asked if one.series_id}.union(*series_of_photo.values())
    rows = Claim.objects.filter(Q(photo__in=photos) | Q(series__in=every_series))
    rows = rows.filter(facet__in={one.facet for one in asked}, superseded_by=None, value__isnull=False)
    standing = list(rows.select_related("source__user").prefetch_related("verdicts").order_by("pk"))
    return {
        one.pk: [
            other
            for other in standing
            if other.facet == one.facet
            and (
                other.series_id == one.series_id
                if one.series_id
                else other.photo_id == one.photo_id
                or other.series_id in series_of_photo.get(one.photo_id or 0, ())
            )
        ]
        for one in asked
    }
