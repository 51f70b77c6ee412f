"""The smallest box round all photos on the map, from no more coordinates than can decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from archive.atlas.answers import Extent
from archive.values.morton import shift_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.gridding import Grid, Groups

    Numbers = NDArray[np.floating[Any]]

_LOOKED_UP_ONE_BY_ONE = 16


def extent_of(grid: Grid, level: int) -> Extent | None:
    """Return the box that `archive.atlas.cells.extent_of` finds for the cells of a level.

    Only the outermost rows of cells can hold its north and south; only columns of cells beside the widest
    gaps its west and east, for a gap is known from the columns up to two of their widths.
    """
    groups = grid.unmerged(level)
    if not len(groups):
        return None
    column, row = columns_and_rows(groups.low >> shift_of(level))
    by_gap = _beside_widest_gaps(column, 1 << level)
    by_edge = (row == row.min()) | (row == row.max())
    width = 360 / (1 << level)
    west, east = column * width - 180, (column + 1) * width - 180
    south, north = np.full(len(groups), np.inf), np.full(len(groups), -np.inf)
    _look_up(grid, groups, by_gap, "longitude", (west, east))
    _look_up(grid, groups, by_edge, "latitude", (south, north))
    codes = groups.codes(level)
    order = np.argsort(codes, kind="stable")
    begins = np.flatnonzero(np.diff(codes[order], prepend=-1))
    west = np.minimum.reduceat(west[order], begins)
    east = np.maximum.reduceat(east[order], begins)
    left, right = across(west, east)
    return Extent(left, float(south.min()), right, float(north.max()))


def across(west: Numbers, east: Numbers) -> tuple[float, float]:
    """Return west and east of the smallest arc over all spans: everything but the widest gap."""
    order = np.lexsort((east, west))
    west, reach = west[order], np.maximum.accumulate(east[order])
    gaps = west[1:] - reach[:-1]
    widest = int(gaps.argmax()) if len(gaps) else 0
    if len(gaps) and gaps[widest] > west[0] + 360 - reach[-1]:
        return float(west[widest + 1]), float(reach[widest])
    return float(west[0]), float(reach[-1])


def columns_and_rows(cell: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Part the bits of cell numbers; see `archive.values.morton`."""
    return _gathered(cell), _gathered(cell >> 1)


def _gathered(key: NDArray[np.int64]) -> NDArray[np.int64]:
    value = key & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):
        value = (value | value >> shift) & mask
    return value


def _beside_widest_gaps(column: NDArray[np.int64], columns: int) -> NDArray[np.bool_]:
    occupied = np.unique(column)
    empty = np.diff(occupied, append=occupied[0] + columns) - 1
    most = int(empty.max())
    if most == 0:
        return np.ones(len(column), np.bool_)
    left = np.flatnonzero(empty >= most - 1)
    right = (left + 1) % len(occupied)
    return np.isin(column, occupied[np.concatenate([left, right])])


def _look_up(
    grid: Grid, groups: Groups, wanted: NDArray[np.bool_], name: str, bounds: tuple[Numbers, Numbers]
) -> None:
    """Write least and greatest coordinate of the members of the groups wanted into `bounds`."""
    least, most = bounds
    for number in np.unique(groups.batch[wanted]).tolist():
        batch = grid.batches[number]
        values: NDArray[Any] = getattr(batch.rows.places, name)
        of_batch = np.flatnonzero(groups.batch == number)
        few = of_batch[wanted[of_batch]]
        if len(few) <= _LOOKED_UP_ONE_BY_ONE:
            for group in few.tolist():
                at = int(groups.at[group])
                members = batch.members(values, at, at + int(groups.n[group]))
                least[group], most[group] = members.min(), members.max()
        else:
            members = batch.members(values, 0, len(batch))
            begins = groups.at[of_batch]
            here = wanted[of_batch]
            least[few] = np.minimum.reduceat(members, begins)[here]
            most[few] = np.maximum.reduceat(members, begins)[here]
