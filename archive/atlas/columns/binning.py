"""The histogram over arrays: the same bins as `archive.atlas.timeline` lays, from months or finer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from archive.atlas.answers import Bins
from archive.atlas.calendar import DAY, FIRST_SECOND, HOUR, MONTHS_IN, MOST_BINS, Unit, unit_for
from archive.atlas.columns.dating import Stays, exact_range, range_of, seconds_of, through_months
from archive.atlas.columns.rows import DAY_SECONDS

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from archive.atlas.columns.dating import Dates
    from archive.atlas.timeline import Span

    Numbers = NDArray[np.int64]


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
        """Of days or finer."""
        return self.unit.name not in MONTHS_IN

    @property
    def starts(self) -> tuple[datetime, ...]:
        return tuple(self.unit.start(slot) for slot in range(self.begin, self.end + 1))

    def bins_of_months(self, month: Numbers) -> Numbers:
        """Return the bin of each month; not for fine axes."""
        return self._bins(month // MONTHS_IN[self.unit.name])

    def bins_of(self, day: NDArray[np.int32], second: NDArray[np.int32]) -> Numbers:
        """Return the bin of each second of a day."""
        if not self.is_fine:
            return through_months(day, self.bins_of_months)
        if self.unit.seconds == DAY:
            return self._bins(day.astype(np.int64))
        return self.bins_of_seconds(day.astype(np.int64) * DAY_SECONDS + second + FIRST_SECOND)

    def bins_of_seconds(self, second: Numbers) -> Numbers:
        """Return the bin of each civil second; only for fine axes."""
        return self._bins((second - FIRST_SECOND) // self.unit.seconds)

    def days(self) -> tuple[int, int]:
        """First and last day of the bins; only for fine axes."""
        length = self.unit.seconds
        return self.begin * length // DAY, ((self.end + 1) * length - 1) // DAY

    def _bins(self, slot: Numbers) -> Numbers:
        return np.clip(slot, self.begin - 1, self.end + 1) - (self.begin - 1)


def axis_of(parts: list[Dates], span: Span | None) -> Axis | None:
    """Return the bins to show: over `span`, or over all dates; None when nobody names a date."""
    shown = span or range_of(parts)
    if shown is None:
        return None
    if not span and shown.last - shown.first < (MOST_BINS + 48) * HOUR:
        shown = exact_range(parts) or shown
    return Axis.over(shown)


def bins_of(axis: Axis | None, parts: list[Dates], months: Stays, undated: int) -> Bins:
    """Lay the photos into the bins of an axis."""
    if axis is None:
        return Bins(undated=undated, spanning=months.total)
    if axis.is_fine:
        stays = _finely(axis, parts, months.total)
    else:
        stays = Stays(axis.bins_of_months(months.first), axis.bins_of_months(months.last), months.n)
    return laid(axis, stays, undated)


def laid(axis: Axis, stays: Stays, undated: int) -> Bins:
    """Count photos by their first and last bin."""
    length = axis.length
    gone = (stays.last == 0) | (stays.first == length + 1)
    sure = (stays.first == stays.last) & ~gone
    wide = ~(sure | gone)
    certain = _counted(stays.first, stays.n * sure, length + 2)
    rises = _counted(np.maximum(stays.first, 1), stays.n * wide, length + 2)
    falls = _counted(np.minimum(stays.last, length) + 1, stays.n * wide, length + 2)
    possible = np.cumsum(rises - falls)
    return Bins(
        unit=axis.unit.name,
        starts=axis.starts,
        certain=tuple(certain[1:-1].tolist()),
        possible=tuple(possible[1:-1].tolist()),
        spanning=int((stays.n * wide).sum()),
        undated=undated,
        outside=int((stays.n * gone).sum()),
    )


def _finely(axis: Axis, parts: list[Dates], total: int) -> Stays:
    """Ask for seconds only where the days meet the axis; all others lie outside."""
    begin, end = axis.days()
    firsts, lasts = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
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
    n[0] = total - (len(first) - 1)
    return Stays(first, last, n)


def _counted(bins: NDArray[Any], n: Numbers, length: int) -> Numbers:
    """Sums of photos are whole and far below 2**53: floating point keeps them exact."""
    return np.bincount(bins, weights=n, minlength=length).astype(np.int64)
