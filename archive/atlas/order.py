"""The orders of the list, as stretches with their own sort keys: whatever is undated comes last.

A cursor names the last photo seen by its sort keys and public id, never by a primary key: after an edit or a
removal the list goes on from the same place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

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

    def sorted(self, rows: Rows, *, backwards: bool = False) -> Rows:
        descending = self.descending != backwards
        return rows.filter(self.condition).order_by(*(_by(key, descending=descending) for key in self.keys))

    def beyond(self, rows: Rows, at: tuple[Any, ...], *, backwards: bool = False) -> Rows:
        """The rows after the sort keys `at`, or before them; in this order."""
        step = "lt" if self.descending != backwards else "gt"
        wanted = Q()
        for depth, key in enumerate(self.keys):
            same = dict(zip(self.keys[:depth], at, strict=False))
            wanted |= Q(**same, **{f"{key}__{step}": at[depth]})
        # Says nothing new, but tells the database where in its index to begin.
        wanted &= Q(**{f"{self.keys[0]}__{step}e": at[0]})
        return self.sorted(rows, backwards=backwards).filter(wanted)

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


def _by(key: str, *, descending: bool) -> OrderBy:
    return F(key).desc() if descending else F(key).asc()
