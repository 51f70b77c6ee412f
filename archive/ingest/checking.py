"""Checks of photos, one after another, by whoever works through the queue or asks for them all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archive.catalogue.models import Change, Photo
from archive.checks.run import check_photo, prepare
from archive.custody.models import CustodyEvent
from archive.ingest.tasks import queue_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

log = logging.getLogger(__name__)

BATCH: Final = 200
MOST_CHAINS: Final = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the log of changed answers and the custody chains had come."""

    change: int
    link: int


def mark() -> Mark:
    change = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    link = CustodyEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Mark(change or 0, link or 0)


def queue_since(before: Mark) -> None:
    """Queue the checks of all photos whose answers changed, or of which or whose series something was said.

    Nothing is said without a link in a chain, so no verb can be forgotten here; what others changed in the
    same moment is checked once too often.
    """
    chains = list(
        CustodyEvent.objects.filter(pk__gt=before.link)
        .order_by()
        .values_list("chain", flat=True)
        .distinct()[:MOST_CHAINS]
    )
    changed = (
        Change.objects.filter(pk__gt=before.change, photo__isnull=False)
        .order_by()
        .values_list("photo_id", flat=True)
    )
    photos = set(changed.distinct())
    if chains:
        photos |= set(Photo.objects.filter(public_id__in=chains).values_list("pk", flat=True))
        photos |= set(Photo.objects.filter(series__public_id__in=chains).values_list("pk", flat=True))
    queue_checks(photos)


def check_each(photo_ids: Iterable[int]) -> None:
    """Check photos by primary key; one that was removed is passed over."""
    for photo_id in photo_ids:
        try:
            check_photo(Photo(pk=photo_id))
        except Photo.DoesNotExist:
            log.info("photo %s was removed before it was checked", photo_id)


def check_all(photos: QuerySet[Photo], tell: Callable[[int], None]) -> int:
    """Check every photo of a query, also what depends on its bytes alone; return how many.

    All first take their place in the order of their devices, so that each needs to be looked at only once.
    """
    for photo in _walk(photos):
        _passed_over(prepare, photo)
    count = 0
    for photo in _walk(photos):
        if not _passed_over(_check_alone, photo):
            count += 1
            tell(count)
    return count


def _check_alone(photo: Photo) -> None:
    check_photo(photo, afresh=True, neighbours=False)


def _passed_over(step: Callable[[Photo], None], photo: Photo) -> bool:
    try:
        step(photo)
    except Photo.DoesNotExist:
        return True
    return False


def _walk(photos: QuerySet[Photo]) -> Iterator[Photo]:
    """Yield photos by ascending key in batches, so that no cursor stays open over the work."""
    last = 0
    while batch := list(photos.filter(pk__gt=last).order_by("pk").only("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk
