"""The cube: photos by cell of the map and by first and last bin of the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from archive.atlas.answers import Cells, Cube
from archive.atlas.cells import PART
from archive.atlas.columns.gridding import merged
from archive.atlas.columns.pinning import cells_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.binning import Axis
    from archive.atlas.columns.gridding import Batch, Grid, Groups

MOST_ENTRIES: Final = 40_000

Entries = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
"""Codes, ascending: (cell * width + first bin) * width + last bin; and how many photos."""


def cube_of(grid: Grid, groups: Groups, shown: Cells | None, axis: Axis | None) -> Cube:
    """Count `groups`, the grid's at its level; coarser where that makes more than MOST_ENTRIES.

    `shown` are the cells of the groups where the answer has them already.
    """
    level = grid.level
    if axis is None:
        return Cube(level, shown if shown is not None else cells_of(grid, groups), (), (), (), ())
    width = axis.length + 2
    single = _of_singles(grid, groups, axis)
    codes, n = _joined([single, _of_parts(grid, groups, axis, level)])
    finest = groups
    while len(codes) > MOST_ENTRIES and level:
        level -= 1
        groups = merged(grid.unmerged(level), level)
        single = _coarser(single, finest, groups, level, width)
        finest = groups
        codes, n = _joined([single, _of_parts(grid, groups, axis, level)])
    cells = shown if shown is not None and level == grid.level else cells_of(grid, groups)
    bins, last = np.divmod(codes, width)
    cell, first = np.divmod(bins, width)
    return Cube(
        level=level,
        cells=cells,
        cell=cell.tolist(),
        first=(first - 1).tolist(),
        last=(last - 1).tolist(),
        counts=n.tolist(),
    )


def _of_singles(grid: Grid, groups: Groups, axis: Axis) -> Entries:
    known = groups.codes(grid.level)
    width = axis.length + 2
    found: list[Entries] = []
    for batch, parts in grid.singles():
        cell = np.repeat(np.searchsorted(known, parts.codes(grid.level)), parts.n)
        first, last, dated = _bins(batch, len(batch), axis)
        found.append(_counted(((cell * width + first) * width + last)[dated]))
    return _joined(found)


def _of_parts(grid: Grid, groups: Groups, axis: Axis, level: int) -> Entries:
    """A photo with several places in one cell might be there once."""
    width = axis.length + 2
    known = groups.codes(level)
    found: list[Entries] = []
    for batch in grid.batches:
        if batch.kind == PART:
            size = len(batch)
            cell = np.searchsorted(known, batch.codes(level))
            first, last, dated = _bins(batch, size, axis)
            codes = (cell * width + first) * width + last
            photo = batch.members(batch.rows.photo, 0, size)
            order = np.lexsort((photo, codes))
            order = order[dated[order]]
            fresh = np.ones(len(order), np.bool_)
            fresh[1:] = (codes[order][1:] != codes[order][:-1]) | (photo[order][1:] != photo[order][:-1])
            found.append(_counted(codes[order][fresh]))
    return _joined(found)


def _bins(
    batch: Batch, size: int, axis: Axis
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return first and last bin of the members, and which of them are dated."""
    rows = batch.rows
    day, second = (batch.members(column, 0, size) for column in (rows.first_day, rows.first_second))
    last_day, last_second = (batch.members(column, 0, size) for column in (rows.last_day, rows.last_second))
    dated = day >= 0
    first = axis.bins_of(day, second)
    last = first.copy()
    longer = np.flatnonzero((day != last_day) | (second != last_second))
    last[longer] = axis.bins_of(last_day.take(longer), last_second.take(longer))
    return first, last, dated


def _coarser(entries: Entries, groups: Groups, coarse: Groups, level: int, width: int) -> Entries:
    codes, n = entries
    cell, bins = np.divmod(codes, width * width)
    number = np.searchsorted(coarse.codes(level), groups.codes(level))
    return _summed(number[cell] * (width * width) + bins, n)


def _counted(codes: NDArray[np.int64]) -> Entries:
    found = codes.astype(np.int32)  # 4096 cells of 162 by 162 bins are fewer than 2**31
    found.sort()
    begins = np.flatnonzero(np.diff(found, prepend=-1))
    return found[begins].astype(np.int64), np.diff(begins, append=len(found))


def _joined(parts: list[Entries]) -> Entries:
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return _summed(np.concatenate([codes for codes, _ in parts]), np.concatenate([n for _, n in parts]))


def _summed(codes: NDArray[np.int64], n: NDArray[np.int64]) -> Entries:
    order = np.argsort(codes, kind="stable")
    found = codes[order]
    begins = np.flatnonzero(np.diff(found, prepend=-1))
    if not len(begins):
        return found, n
    return found[begins], np.add.reduceat(n[order], begins)
