"""The list of a Selection, page by page, and the neighbours of one photo in it.

Columns say who comes next where there are any and they are fresh, else SQL; exports always read SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archive.access.rights import Scope
from archive.atlas.answers import Neighbours
from archive.atlas.cards import Card, cards_of
from archive.atlas.columns import following, paging
from archive.atlas.order import STRETCHES, place_of
from archive.atlas.question import Question, Rows
from archive.atlas.snapshot import snapshot
from archive.catalogue.models import IndexRow, Photo
from archive.values.selection import Selection

PAGE = 60
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """`next` goes into `after` for the following page; None when this is the last."""

    photos: tuple[Card, ...]
    next: str | None


def page(scope: Scope, selection: Selection, *, after: str = "", limit: int = PAGE) -> Page:
    """Return up to `limit` photos behind the cursor. Raises SelectionError on a foreign cursor."""
    limit = max(1, min(limit, LONGEST_PAGE))
    view = following.view()
    if view is not None:
        listed = paging.listed(view, scope, selection, after=after, most=limit + 1)
        cards = cards_of(_rows_of(scope, [photo.photo for photo in listed[:limit]]))
        return Page(cards, listed[limit - 1].cursor if len(listed) > limit else None)
    with snapshot():
        found = list(islice(rows_from(scope, selection, after, limit + 1), limit + 1))
        cards = cards_of([row for _, row in found[:limit]])
    return Page(cards, found[limit - 1][0] if len(found) > limit else None)


def neighbours(scope: Scope, selection: Selection, photo: Photo) -> Neighbours:
    """Return who stands before and behind the photo in the list, and where it stands."""
    view = following.view()
    if view is not None:
        return paging.neighbours(view, scope, selection, photo.pk)
    question = Question(scope, selection)
    rows = question.photos(selection.sure)
    with snapshot():
        total = rows.count()
        row = rows.filter(photo=photo).first()
        if row is None:
            return Neighbours(None, None, None, total)
        return _beside(rows, row, question, total)


def rows_from(scope: Scope, selection: Selection, after: str, most: int) -> Iterator[tuple[str, IndexRow]]:
    """Yield rows with their cursors, at most `most` from each stretch."""
    question = Question(scope, selection)
    rows, narrow = question.photos(selection.sure), question.is_narrow
    stretches = STRETCHES[selection.sort]
    number, at = place_of(after, selection.sort) if after else (0, None)
    for stretch in stretches[number:]:
        if at is None:
            wanted = stretch.sorted(rows, narrow=narrow)
        else:
            wanted = stretch.beyond(rows, at, narrow=narrow)
        for row in wanted[:most]:
            yield stretch.cursor(row), row
        at = None


def _rows_of(scope: Scope, photos: list[int]) -> list[IndexRow]:
    """Return the rows that stand for photos, as the viewer sees them now and in the order given."""
    rows = Question(scope, Selection()).rows().filter(part=0, photo_id__in=photos)
    known = {row.photo_id: row for row in rows}
    return [known[photo] for photo in photos if photo in known]


def _beside(rows: Rows, row: IndexRow, question: Question, total: int) -> Neighbours:
    stretches, narrow = STRETCHES[question.selection.sort], question.is_narrow
    here = 0 if row.earliest is not None or len(stretches) == 1 else 1
    at = stretches[here].keys_of(row)
    before = stretches[here].beyond(rows, at, narrow=narrow, backwards=True)
    after = stretches[here].beyond(rows, at, narrow=narrow)
    earlier = [stretch.sorted(rows, narrow=narrow, backwards=True) for stretch in reversed(stretches[:here])]
    later = [stretch.sorted(rows, narrow=narrow) for stretch in stretches[here + 1 :]]
    return Neighbours(
        previous=_first_ref([before, *earlier]),
        next=_first_ref([after, *later]),
        position=1 + before.count() + sum(stretch.count() for stretch in earlier),
        total=total,
    )


def _first_ref(candidates: list[Rows]) -> str | None:
    for rows in candidates:
        ref = rows.values_list("ref", flat=True).first()
        if ref is not None:
            return ref
    return None
