"""One photo as a row of an export: every text and every place it may be, in the order of the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from archive.access.rights import Scope
from archive.atlas.listing import LONGEST_PAGE, rows_from
from archive.atlas.question import Question
from archive.atlas.snapshot import snapshot
from archive.catalogue.index import settled
from archive.catalogue.models import Audience, IndexRow, Photo
from archive.values.place import Place
from archive.values.selection import Selection
from archive.values.wording import describe


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """`places` are alternatives when more than one; dates are local civil time, bounds included."""

    id: str
    collection: str
    title: str
    caption: str
    alt_text: str
    creator: str
    credit: str
    rights_uri: str
    identifier: str
    language: str
    keywords: tuple[str, ...]
    people: tuple[str, ...]
    provenance_notes: str
    places: tuple[Place, ...]
    place_status: str
    place_facet: str
    date_edtf: str
    date_words: str
    date_status: str
    earliest: datetime | None
    latest: datetime | None
    offset_minutes: int | None


def records(scope: Scope, selection: Selection) -> Iterator[PhotoRecord]:
    """Yield the whole Selection, a bounded batch read at a time; a cursor leads from batch to batch."""
    after: str | None = ""
    while after is not None:
        with snapshot():
            found = list(islice(rows_from(scope, selection, after, LONGEST_PAGE + 1), LONGEST_PAGE + 1))
            batch = records_of(scope, [row for _, row in found[:LONGEST_PAGE]])
        yield from batch
        after = found[LONGEST_PAGE - 1][0] if len(found) > LONGEST_PAGE else None


def records_of(scope: Scope, rows: Sequence[IndexRow]) -> list[PhotoRecord]:
    """Return a record for each row with part 0, in order."""
    ids = [row.photo_id for row in rows]
    photos = Photo.objects.filter(pk__in=ids).select_related("collection").in_bulk()
    others: dict[int, list[IndexRow]] = {}
    parts = Question(scope, Selection()).rows().filter(photo_id__in=ids, part__gt=0)
    for row in parts.order_by("photo_id", "part"):
        others.setdefault(row.photo_id, []).append(row)
    return [
        _record(photos[row.photo_id], [row, *others.get(row.photo_id, [])])
        for row in rows
        if row.photo_id in photos
    ]


def _record(photo: Photo, rows: Sequence[IndexRow]) -> PhotoRecord:
    place, time = settled(photo, inside=rows[0].audience == Audience.INSIDE)
    return PhotoRecord(
        id=photo.public_id,
        collection=photo.collection.slug,
        title=photo.title,
        caption=photo.caption,
        alt_text=photo.alt_text,
        creator=photo.creator,
        credit=photo.credit,
        rights_uri=photo.rights_uri or photo.collection.rights_uri,
        identifier=photo.identifier,
        language=photo.language,
        keywords=tuple(photo.keywords),
        people=tuple(photo.people),
        provenance_notes=photo.provenance_notes,
        places=tuple(
            Place(row.latitude, row.longitude, row.radius_m)
            for row in rows
            if row.latitude is not None and row.longitude is not None
        ),
        place_status=place.status.value,
        place_facet=place.facet.value if place.facet else "",
        date_edtf=time.text,
        date_words=describe(time.moment, time.text) if time.moment else "",
        date_status=time.status.value,
        earliest=time.moment.earliest if time.moment else None,
        latest=time.moment.latest if time.moment else None,
        offset_minutes=time.moment.offset_minutes if time.moment else None,
    )
