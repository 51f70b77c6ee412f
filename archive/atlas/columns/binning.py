"""The histogram over arrays: the same bins as `archive.atlas.timeline` lays, from days or from seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from archive.atlas.answers import Bins
from archive.atlas.calendar import DAY, FIRST_SECOND, HOUR, MOST_BINS, Unit, unit_for
from archive.atlas.columns.dating import LAST_DAY, Stays, exact_range, range_of, seconds_of
from archive.values.moment import local_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.dating import Dates
    from archive.atlas.timeline import Span


@dataclass(frozen=True, slots=True)
class Axis:
    """Bins of one unit, from slot `begin` to slot `end`. Bin 0 lies before them, bin `length` + 1 behind."""

    unit: Unit
    begin: int
    end: int

    @classmethod
    def over(cls, shown: Span) -> Axis:
        unit = unit_for(shown.first, shown.last)
        return cls(unit, unit.slot(shown.first), unit.slot(shown.last))

    @property
    def length(self) -> int:
        return self.end - self.begin + 1

    @property
    def is_fine(self) -> bool:
        """Finer than a day."""
        return 0 < self.unit.seconds < DAY

    @property
    def starts(self) -> tuple[datetime, ...]:
        return tuple(self.unit.start(slot) for slot in range(self.begin, self.end + 1))

    def bins_of_days(self, day: NDArray[np.int32]) -> NDArray[np.intp]:
        """Return the bin of each day; not for axes finer than a day."""
        edges = [_day(start) for start in self.starts] + [self._day_behind()]
        lengths = np.diff(np.array([edges[0] - 1, *edges, edges[-1] + 1]))
        table = np.repeat(np.arange(self.length + 2), lengths)
        return table[np.clip(day, edges[0] - 1, edges[-1]) - (edges[0] - 1)]

    def bins_of_seconds(self, second: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the bin of each civil second; only for axes of units that are all alike."""
        slot = (second - FIRST_SECOND) // self.unit.seconds
        return np.clip(slot, self.begin - 1, self.end + 1) - (self.begin - 1)

    def _day_behind(self) -> int:
        try:
            return _day(self.unit.start(self.end + 1))
        except (ValueError, OverflowError):  # the calendar ends with the year 9999
            return LAST_DAY + 1


def axis_of(parts: list[Dates], days: Stays, span: Span | None) -> Axis | None:
    """Return the bins to show: over `span`, or over all dates; None when nobody names a date."""
    shown = span or range_of(days)
    if shown is None:
        return None
    if not span and shown.last - shown.first < (MOST_BINS + 48) * HOUR:
        shown = exact_range(parts) or shown
    return Axis.over(shown)


def bins_of(axis: Axis | None, parts: list[Dates], days: Stays, undated: int) -> Bins:
    """Lay the photos into the bins of an axis."""
    if axis is None:
        return Bins(undated=undated, spanning=days.total)
    if axis.is_fine:
        stays = _to_the_second(axis, parts, days)
    else:
        stays = Stays(axis.bins_of_days(days.first), axis.bins_of_days(days.last), days.n)
    return laid(axis, stays, undated)


def laid(axis: Axis, stays: Stays, undated: int) -> Bins:
    """Count photos by their first and last bin."""
    length = axis.length
    gone = (stays.last == 0) | (stays.first == length + 1)
    sure = (stays.first == stays.last) & ~gone
    wide = ~(sure | gone)
    certain = _counted(stays.first[sure], stays.n[sure], length + 2)
    rises = _counted(np.maximum(stays.first[wide], 1), stays.n[wide], length + 2)
    falls = _counted(np.minimum(stays.last[wide], length) + 1, stays.n[wide], length + 2)
    possible = np.cumsum(rises - falls)
    return Bins(
        unit=axis.unit.name,
        starts=axis.starts,
        certain=tuple(certain[1:-1].tolist()),
        possible=tuple(possible[1:-1].tolist()),
        spanning=int(stays.n[wide].sum()),
        undated=undated,
        outside=int(stays.n[gone].sum()),
    )


def _to_the_second(axis: Axis, parts: list[Dates], days: Stays) -> Stays:
    """Ask for seconds only where the days meet the axis; all others lie outside."""
    begin = _day(axis.unit.start(axis.begin))
    end = _day(axis.unit.start(axis.end))
    firsts, lasts = [np.zeros(1, np.intp)], [np.zeros(1, np.intp)]
    for dates in parts:
        for block, mask in dates.blocks():
            near = block.column(block.rows.last_day) >= begin
            near &= block.column(block.rows.first_day) <= end
            near &= mask
            if near.any():
                first, last = seconds_of(block, near)
                firsts.append(axis.bins_of_seconds(first))
                lasts.append(axis.bins_of_seconds(last))
    first, last = np.concatenate(firsts), np.concatenate(lasts)
    n = np.ones(len(first), np.int64)
    n[0] = days.total - (len(first) - 1)
    return Stays(first, last, n)


def _counted(bins: NDArray[Any], n: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Sums of photos are whole and far below 2**53: floating point keeps them exact."""
    return np.bincount(bins, weights=n, minlength=length).astype(np.int64)


def _day(start: datetime) -> int:
    return (local_seconds(start) - FIRST_SECOND) // DAY
