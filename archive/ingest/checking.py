"""Checks of photos, one after another, by whoever works through the queue or asks for them all."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from archive.catalogue.models import Photo
from archive.checks.run import check_photo, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

log = logging.getLogger(__name__)

BATCH: Final = 200


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
