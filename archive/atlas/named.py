"""Photos named one by one, in the order given: those of a frozen list, or of somebody's desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.access.rights import Scope
from archive.atlas.cards import Card, cards_of
from archive.atlas.listing import LONGEST_PAGE
from archive.atlas.question import Question
from archive.atlas.records import PhotoRecord, records_of
from archive.atlas.snapshot import snapshot
from archive.catalogue.models import IndexRow, Photo
from archive.values.selection import Selection


def cards_named(scope: Scope, ids: Sequence[str]) -> tuple[Card, ...]:
    """Return cards of at most `LONGEST_PAGE` photos; those that the viewer may not know of are left out."""
    with snapshot():
        return cards_of(_rows(scope, ids[:LONGEST_PAGE]))


def records_named(scope: Scope, ids: Sequence[str]) -> Iterator[PhotoRecord]:
    """Yield what an export tells of each photo that the viewer may know of, a batch read at a time."""
    for start in range(0, len(ids), LONGEST_PAGE):
        with snapshot():
            batch = records_of(scope, _rows(scope, ids[start : start + LONGEST_PAGE]))
        yield from batch


def _rows(scope: Scope, ids: Sequence[str]) -> list[IndexRow]:
    """Go by the primary keys: public ids alone have no index among the rows."""
    photos = list(Photo.objects.filter(public_id__in=ids).values_list("pk", flat=True))
    rows = Question(scope, Selection()).rows().filter(photo_id__in=photos, part=0)
    known = {row.ref: row for row in rows}
    return [known[public_id] for public_id in ids if public_id in known]
