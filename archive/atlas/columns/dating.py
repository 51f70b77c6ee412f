"""Dates of the matching photos, gathered in the pass: how many by first and last day, and by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.atlas.calendar import FIRST_SECOND, LAST_SECOND, day_end, day_start
from archive.atlas.columns.rows import DAY_SECONDS
from archive.atlas.timeline import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from archive.atlas.columns.scanning import Block

    Mask = NDArray[np.bool_]

LAST_DAY: Final = (LAST_SECOND - FIRST_SECOND) // DAY_SECONDS
WORTH_COUNTING: Final = 4096
"""Rows of a block from which on it pays to count by day at once."""


@dataclass(frozen=True, slots=True)
class Stays:
    """`n` photos dated from `first` to `last`, a pair any number of times; whole numbers of one unit."""

    first: NDArray[Any]
    last: NDArray[Any]
    n: NDArray[np.int64]

    @property
    def total(self) -> int:
        return int(self.n.sum())


@dataclass(slots=True)
class Dates:
    """Gathers the dates of blocks of a piece: those known to the day by day, the others one by one.

    `base` is the day before the first that is counted by day, see `Memory.days`; what lies elsewhere is
    listed as well.
    """

    first_day: int
    last_day: int
    undated: int = 0
    _by_day: NDArray[np.int64] | None = None
    _listed: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = field(default_factory=list)
    _blocks: list[tuple[Block, Mask]] = field(default_factory=list)

    def add(self, block: Block, mask: Mask) -> None:
        """Add the rows of a block that the mask names."""
        n = int(np.count_nonzero(mask))
        if not n:
            return
        first, last = block.column(block.rows.first_day), block.column(block.rows.last_day)
        if n < len(mask):
            first, last = first[mask], last[mask]
        self._blocks.append((block, mask))
        if n < WORTH_COUNTING or self.last_day < 0:
            dated = first >= 0
            self.undated += n - int(np.count_nonzero(dated))
            self._listed.append((first[dated], last[dated]))
            return
        sharp = first == last
        if not sharp.all():
            self._listed.append((first[~sharp], last[~sharp]))
            first = first[sharp]
        self._count(first)

    def stays(self) -> Stays:
        """Return all dated photos by first and last day."""
        firsts, lasts = ([part[side] for part in self._listed] for side in (0, 1))
        counts = [np.ones(len(part), np.int64) for part in firsts]
        if self._by_day is not None:
            days = np.flatnonzero(self._by_day)
            firsts.append((days + self.first_day).astype(np.int32))
            lasts.append(firsts[-1])
            counts.append(self._by_day[days])
        return Stays(_joined(firsts, np.int32), _joined(lasts, np.int32), _joined(counts, np.int64))

    def blocks(self) -> Iterator[tuple[Block, Mask]]:
        return iter(self._blocks)

    def _count(self, day: NDArray[np.int32]) -> None:
        """Count days; slot 0 is for the undated."""
        if self._by_day is None:
            self._by_day = np.zeros(self.last_day - self.first_day + 1, np.int64)
        slot = day - np.int32(self.first_day - 1)
        if self.first_day:
            early = (slot <= 0) & (day >= 0)
            if early.any():
                self._listed.append((day[early], day[early]))
                slot = slot[~early]
            np.maximum(slot, 0, out=slot)
        counts = np.bincount(slot, minlength=len(self._by_day) + 1)
        self.undated += int(counts[0])
        self._by_day += counts[1:]


def together(stays: list[Stays]) -> Stays:
    return Stays(
        _joined([part.first for part in stays], np.int32),
        _joined([part.last for part in stays], np.int32),
        _joined([part.n for part in stays], np.int64),
    )


def range_of(days: Stays) -> Span | None:
    """From the earliest to the latest day anybody names; open ends do not count as named."""
    first, last = days.first, days.last
    from_start, to_end = first == 0, last == LAST_DAY
    named = ~(from_start & to_end)
    if not named.any():
        return None
    begin = np.where(from_start, last, first)[named].min()
    end = np.where(to_end, first, last)[named].max()
    return Span(day_start(int(begin)), day_end(int(end)))


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
    dated = mask & (block.column(rows.first_day) >= 0)
    first, last = (
        block.column(day)[dated].astype(np.int64) * DAY_SECONDS + block.column(second)[dated] + FIRST_SECOND
        for day, second in ((rows.first_day, rows.first_second), (rows.last_day, rows.last_second))
    )
    return first, last


def years_of(days: Stays) -> Counter[int]:
    """Photos that lie within one year."""
    if not len(days.first):
        return Counter()
    first, last = year_of(days.first), year_of(days.last)
    same = first == last
    least = int(first.min())
    counts = np.bincount(first[same] - least, weights=days.n[same])
    years = np.flatnonzero(counts)
    return Counter(dict(zip((years + least).tolist(), counts[years].astype(np.int64).tolist(), strict=True)))


def year_of(day: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the civil year of days counted from 0001-01-01, by the table of the years that occur."""
    least, most = int(day.min()), int(day.max())
    if most - least > 400_000:
        return _calendar_years(day)
    table = _calendar_years(np.arange(least, most + 1, dtype=np.int32))
    years: NDArray[np.int64] = table[day - np.int32(least)]
    return years


def _calendar_years(day: NDArray[np.int32]) -> NDArray[np.int64]:
    since_1970 = (day.astype(np.int64) + FIRST_SECOND // DAY_SECONDS).astype("datetime64[D]")
    return since_1970.astype("datetime64[Y]").astype(np.int64) + 1970


def _joined(parts: list[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)
