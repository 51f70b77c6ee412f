"""Whether dates lie in the time asked for: by days, and by seconds only on its first and last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archive.atlas.calendar import DAY, FIRST_SECOND, LAST_SECOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.scanning import Block
    from archive.values.selection import Selection

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """From a second of `first_day` to a second of `last_day`, both included; days as in `Rows`."""

    first_day: int
    first_second: int
    last_day: int
    last_second: int

    @classmethod
    def of(cls, selection: Selection) -> Window | None:
        if not selection.has_time:
            return None
        first, last = selection.first_second, selection.last_second
        begin = (FIRST_SECOND if first is None else first) - FIRST_SECOND
        end = (LAST_SECOND if last is None else last) - FIRST_SECOND
        return cls(*divmod(begin, DAY), *divmod(end, DAY))

    def judged(self, block: Block) -> tuple[Mask, Mask]:
        """Return which rows lie within for certain, and which may; undated ones are neither."""
        rows = block.rows
        first, last = block.column(rows.first_day), block.column(rows.last_day)
        within = (first >= self.first_day) & (last <= self.last_day)
        may = (last >= self.first_day) & (first <= self.last_day)
        if self.first_second:
            within &= ~self._before(block, first, rows.first_second)
            may &= ~self._before(block, last, rows.last_second)
        if self.last_second < DAY - 1:
            within &= ~self._after(block, last, rows.last_second)
            may &= ~self._after(block, first, rows.first_second)
        if self.first_day <= 0:
            may &= first >= 0
        return within, may

    def _before(self, block: Block, day: NDArray[np.int32], second: NDArray[np.int32]) -> Mask:
        """On the first day, but earlier."""
        found: Mask = day == self.first_day
        if found.any():
            found[found] = second[block.positions(found)] < self.first_second
        return found

    def _after(self, block: Block, day: NDArray[np.int32], second: NDArray[np.int32]) -> Mask:
        found: Mask = day == self.last_day
        if found.any():
            found[found] = second[block.positions(found)] > self.last_second
        return found
