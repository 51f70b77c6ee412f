"""Dates of the matching photos, gathered in the pass: how many by first and last month, and by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.atlas.calendar import FIRST_SECOND, LAST_SECOND, day_end, day_start
from archive.atlas.columns.rows import DAY_SECONDS
from archive.atlas.timeline import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from archive.atlas.columns.scanning import Block

    Mask = NDArray[np.bool_]
    Months = NDArray[np.int64]

LAST_DAY: Final = (LAST_SECOND - FIRST_SECOND) // DAY_SECONDS
_FROM_YEAR: Final = 1500
_TO_YEAR: Final = 2200
_BEHIND: Final = (_TO_YEAR - _FROM_YEAR) * 12 + 1
_BEFORE: Final = _FROM_YEAR * 12 - 1
"""The last month before the common years, numbered as the unit "month" is."""
_NONE: Final = 1 << 32
_TO_1970: Final = FIRST_SECOND // DAY_SECONDS
"""Added to a day counted from 0001-01-01 it makes one counted from 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Stays:
    """`n` photos dated from `first` to `last`, a pair any number of times; whole numbers of one unit."""

    first: NDArray[Any]
    last: NDArray[Any]
    n: NDArray[np.int64]

    @property
    def total(self) -> int:
        return int(self.n.sum())


class Dates:
    """Gathers the dates of blocks: counted by month where they lie within one, else listed by their days.

    Months are counted within common years alone, so that the counts stay small enough to be near at hand.
    """

    def __init__(self) -> None:
        self.undated = 0
        self._months = np.zeros(_BEHIND + 1, np.int64)
        self._pairs: list[tuple[NDArray[np.int32], NDArray[np.int64]]] = []
        self._listed: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        self._blocks: list[tuple[Block, Mask]] = []
        self._least, self._greatest = LAST_DAY + 1, -1

    def add(self, block: Block, mask: Mask, numbers: NDArray[np.intp] | None) -> None:
        """Add the rows of a block that the mask names, by their numbers too; None stands for all."""
        rows = block.rows
        first, last = block.column(rows.first_day), block.column(rows.last_day)
        if numbers is not None:
            first, last = first.take(numbers), last.take(numbers)
        if not len(first):
            return
        self._blocks.append((block, mask))
        self._least = min(self._least, least_named(first))
        self._greatest = max(self._greatest, greatest_named(last))
        month = _months_near(first)
        counts = np.bincount(month, minlength=_BEHIND + 1)
        odd = np.flatnonzero((month == 0) | (month == _BEHIND)) if counts[0] or counts[-1] else _NOTHING
        counts[0] = counts[-1] = 0
        wide = np.flatnonzero(first != last)
        begin, end = month.take(wide), _months_near(last.take(wide))
        apart = np.flatnonzero((begin != end) & (begin % _BEHIND != 0))
        wide, begin, end = wide.take(apart), begin.take(apart), end.take(apart)
        counts -= np.bincount(begin, minlength=_BEHIND + 1)
        self._months += counts
        self._pair(begin, end)
        dated = odd.compress(first.take(odd) >= 0)
        self.undated += len(odd) - len(dated)
        for listed in (wide.compress(end == _BEHIND), dated):
            if len(listed):
                self._listed.append((first.take(listed), last.take(listed)))

    def _pair(self, begin: NDArray[np.int32], end: NDArray[np.int32]) -> None:
        """Count pairs of common months: there are far fewer of them than photos."""
        codes = (begin * np.int32(_BEHIND) + end).compress(end != _BEHIND)
        if len(codes):
            codes.sort()
            starts = np.flatnonzero(np.diff(codes, prepend=-1))
            self._pairs.append((codes[starts], np.diff(starts, append=len(codes))))

    def stays(self) -> Stays:
        """Return all dated photos by first and last month, numbered as the unit "month" is."""
        first, last = self._listed_days()
        months = np.flatnonzero(self._months)
        pairs = np.concatenate([np.zeros(0, np.int64), *(codes for codes, _ in self._pairs)])
        counts = np.concatenate([np.zeros(0, np.int64), *(n for _, n in self._pairs)])
        begin, end = np.divmod(pairs, _BEHIND)
        return Stays(
            np.concatenate([months_of(first), months + _BEFORE, begin + _BEFORE]),
            np.concatenate([months_of(last), months + _BEFORE, end + _BEFORE]),
            np.concatenate([np.ones(len(first), np.int64), self._months[months], counts]),
        )

    def range(self) -> tuple[int, int] | None:
        """First and last day anybody names; open ends do not count as named."""
        first, last = self._listed_days()
        until = last[(first == 0) & (last != LAST_DAY)]
        since = first[(last == LAST_DAY) & (first != 0)]
        least = min(self._least, int(until.min(initial=LAST_DAY + 1)))
        greatest = max(self._greatest, int(since.max(initial=-1)))
        return (least, greatest) if least <= LAST_DAY and greatest >= 0 else None

    def blocks(self) -> Iterator[tuple[Block, Mask]]:
        return iter(self._blocks)

    def _listed_days(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        if not self._listed:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        firsts, lasts = zip(*self._listed, strict=True)
        return np.concatenate(firsts), np.concatenate(lasts)


_NOTHING: Final = np.zeros(0, np.intp)


def least_named(first: NDArray[np.int32]) -> int:
    """Return the least day but 0, which stands for no beginning; LAST_DAY + 1 when there is none.

    Counted without a sign and less one, neither 0 nor NEVER can be the least.
    """
    least = int((np.ascontiguousarray(first).view(np.uint32) - np.uint32(1)).min(initial=_NONE - 1)) + 1
    return min(least, LAST_DAY + 1)


def greatest_named(last: NDArray[np.int32]) -> int:
    """Return the greatest day but LAST_DAY, which stands for no end; -1 when there is none."""
    greatest = int((last - np.int32(LAST_DAY)).view(np.uint32).max(initial=0))
    return LAST_DAY - (_NONE - greatest) if greatest else -1


def range_of(parts: list[Dates]) -> Span | None:
    """From the first to the last day anybody names."""
    ranges = [found for found in (dates.range() for dates in parts) if found is not None]
    if not ranges:
        return None
    return Span(day_start(min(first for first, _ in ranges)), day_end(max(last for _, last in ranges)))


def exact_range(parts: list[Dates]) -> Span | None:
    """The range to the second; meant for dates that all lie within some days."""
    ranges = []
    for dates in parts:
        for block, mask in dates.blocks():
            first, last = seconds_of(block, mask)
            from_start, to_end = first == FIRST_SECOND, last == LAST_SECOND
            named = ~(from_start & to_end)
            if named.any():
                begin = np.where(from_start, last, first)[named].min()
                end = np.where(to_end, first, last)[named].max()
                ranges.append((int(begin), int(end)))
    if not ranges:
        return None
    return Span(min(begin for begin, _ in ranges), max(end for _, end in ranges))


def seconds_of(block: Block, mask: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return first and last civil second of the dated rows that the mask names."""
    rows = block.rows
    which = np.flatnonzero(mask & (block.column(rows.first_day) >= 0))
    first, last = (
        block.column(day).take(which).astype(np.int64) * DAY_SECONDS
        + block.column(second).take(which)
        + FIRST_SECOND
        for day, second in ((rows.first_day, rows.first_second), (rows.last_day, rows.last_second))
    )
    return first, last


def together(parts: list[Stays]) -> Stays:
    nothing = np.zeros(0, np.int64)
    return Stays(*(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in _STAYS))


_STAYS: Final = ("first", "last", "n")


def years_of(months: Stays) -> Counter[int]:
    """Photos that lie within one year."""
    first = months.first // 12
    same = np.flatnonzero(first == months.last // 12)
    counts = np.bincount(first[same], weights=months.n[same]) if len(same) else np.zeros(0)
    years = np.flatnonzero(counts)
    return Counter(dict(zip(years.tolist(), counts[years].astype(np.int64).tolist(), strict=True)))


def months_of(day: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the civil month of days counted from 0001-01-01, numbered as the unit "month" is."""
    return through_months(day, lambda month: month)


def through_months(day: NDArray[np.int32], wanted: Callable[[Months], Months]) -> Months:
    """Return what is wanted of each day's month, asked once for each common month."""
    near = _months_near(day)
    found = wanted(np.arange(_BEHIND + 1) + _BEFORE).take(near)
    far = np.flatnonzero((near == 0) | (near == _BEHIND))
    if len(far):
        since_1970 = (day.take(far).astype(np.int64) + _TO_1970).astype("datetime64[D]")
        found[far] = wanted(since_1970.astype("datetime64[M]").astype(np.int64) + 1970 * 12)
    return found


def _months_near(day: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return months since December before _FROM_YEAR; 0 for days before, _BEHIND for those after _TO_YEAR."""
    return _table().take(day - np.int32(_first_near()), mode="clip")


@cache
def _first_near() -> int:
    return date(_FROM_YEAR, 1, 1).toordinal() - 2


@cache
def _table() -> NDArray[np.int32]:
    months = np.arange(f"{_FROM_YEAR}-01", f"{_TO_YEAR}-02", dtype="datetime64[M]").astype("datetime64[D]")
    starts: NDArray[np.int64] = months.astype(np.int64)
    lengths: NDArray[np.int64] = np.diff(starts, prepend=starts[:1] - 1, append=starts[-1:] + 1)
    return np.repeat(np.arange(_BEHIND + 1, dtype=np.int32), lengths)
