"""Where a photo stands in its series, and by which names documents are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.evidence.models import Attachment, SeriesPhoto

if TYPE_CHECKING:
    from archive.catalogue.models import Photo

MOST_SERIES = 5


@dataclass(frozen=True, slots=True)
class PlaceInSeries:
    """`position` counts from one; `previous` and `next` are public ids of photos, empty at the ends."""

    series: str
    title: str
    position: int
    total: int
    previous: str
    next: str


def places_in_series(photo: Photo) -> tuple[PlaceInSeries, ...]:
    """Return where the photo stands in its first `MOST_SERIES` series, in two queries.

    A series holds photos of one collection, so who sees one of them may know of all.
    """
    series = {one.pk: one for one in photo.series.order_by("title", "pk")[:MOST_SERIES]}
    if not series:
        return ()
    members: dict[int, list[str]] = {}
    rows = SeriesPhoto.objects.filter(series__in=list(series)).order_by("position", "pk")
    for number, public_id in rows.values_list("series_id", "photo__public_id"):
        members.setdefault(number, []).append(public_id)
    found = []
    for number, one in series.items():
        ids = members[number]
        index = ids.index(photo.public_id)
        found.append(
            PlaceInSeries(
                series=one.public_id,
                title=one.title,
                position=index + 1,
                total=len(ids),
                previous=ids[index - 1] if index else "",
                next=ids[index + 1] if index + 1 < len(ids) else "",
            )
        )
    return tuple(found)


def attachment_names(numbers: Iterable[int]) -> dict[int, str]:
    """Return the public ids of documents by row number."""
    wanted = set(numbers)
    if not wanted:
        return {}
    return dict(Attachment.objects.filter(pk__in=wanted).values_list("pk", "public_id"))
