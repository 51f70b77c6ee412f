"""The orders of the list, as stretches with their own sort keys: whatever is undated comes last.

A cursor names the last photo seen by its sort keys and public id, never by a primary key: after an edit or a
removal the list goes on from the same place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable

from archive.atlas.question import Rows
from archive.catalogue.models import IndexRow
from archive.values.selection import SelectionError, Sort

_CURSOR = re.compile(r"(?P<code>[a-z])(?P<numbers>(?:\.-?[0-9]{1,15}){0,2})\.(?P<ref>[a-z2-7]{13})")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that meet `condition`, in the order of `keys` (the last is the public id)."""

    code: str
    condition: Q
    keys: tuple[str, ...]
    descending: bool = False

    def sorted(self, rows: Rows, *, narrow: bool, backwards: bool = False) -> Rows:
        """The rows of the stretch in order; `narrow` keeps the database from walking an index to that end."""
        first: F | ExpressionWrapper[Combinable] = F(self.keys[0])
        if narrow and len(self.keys) > 1:
            first = ExpressionWrapper(F(self.keys[0]) + 0, output_field=BigIntegerField())
        ways = [first, *(F(key) for key in self.keys[1:])]
        descending = self.descending != backwards
        found = rows.filter(self.condition).alias(leading=first)
        return found.order_by(*(way.desc() if descending else way.asc() for way in ways))

    def beyond(self, rows: Rows, at: tuple[Any, ...], *, narrow: bool, backwards: bool = False) -> Rows:
        """The rows after the sort keys `at`, or before them; in this order."""
        step = "lt" if self.descending != backwards else "gt"
        keys = ("leading", *self.keys[1:])
        wanted = Q()
        for depth, key in enumerate(keys):
            same = dict(zip(keys[:depth], at, strict=False))
            wanted |= Q(**same, **{f"{key}__{step}": at[depth]})
        # Says nothing new, but tells the database where in its index to begin.
        wanted &= Q(**{f"leading__{step}e": at[0]})
        return self.sorted(rows, narrow=narrow, backwards=backwards).filter(wanted)

    def keys_of(self, row: IndexRow) -> tuple[Any, ...]:
        return tuple(getattr(row, key) for key in self.keys)

    def cursor(self, row: IndexRow) -> str:
        return ".".join((self.code, *(str(key) for key in self.keys_of(row))))


_DATED, _UNDATED = Q(earliest__isnull=False), Q(earliest__isnull=True)
_BY_DATE = ("earliest", "latest", "ref")
STRETCHES: dict[Sort, tuple[Stretch, ...]] = {
    Sort.OLDEST: (Stretch("d", _DATED, _BY_DATE), Stretch("u", _UNDATED, ("ref",))),
    Sort.NEWEST: (Stretch("e", _DATED, _BY_DATE, descending=True), Stretch("u", _UNDATED, ("ref",))),
    Sort.ADDED_FIRST: (Stretch("a", Q(), ("added", "ref")),),
    Sort.ADDED_LAST: (Stretch("b", Q(), ("added", "ref"), descending=True),),
}


def place_of(cursor: str, sort: Sort) -> tuple[int, tuple[Any, ...]]:
    """Return the number of the stretch a cursor lies in and its sort keys. Raises SelectionError."""
    match = _CURSOR.fullmatch(cursor)
    for number, stretch in enumerate(STRETCHES[sort]):
        if match and match["code"] == stretch.code:
            numbers = [int(text) for text in match["numbers"].split(".")[1:]]
            if len(numbers) == len(stretch.keys) - 1:
                return number, (*numbers, match["ref"])
    raise SelectionError(
        "after= is the “next” of an answer to the same filters and sort: leave it out to begin anew"
    )
