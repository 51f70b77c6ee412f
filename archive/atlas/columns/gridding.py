"""Cells of the map: the matching rows of sorted keys, grouped without sorting, block by block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.atlas.cells import MOST_CELLS, PART
from archive.values.morton import LEVELS, shift_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from archive.atlas.columns.memory import Memory
    from archive.atlas.columns.rows import Rows

KINDS: Final = 3


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that share a cell and a kind, ordered by `cell` * KINDS + kind where they have been merged.

    `low` and `high` are the least and greatest key, `sample` the position of a row in the `source`th rows
    that were added, `batch` the add and `at` where in it the members begin. `n` counts rows, `photos`
    distinct ones.
    """

    kind: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    n: NDArray[np.int64]
    photos: NDArray[np.int64]
    source: NDArray[np.int64]
    sample: NDArray[np.int64]
    batch: NDArray[np.int64]
    at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.n)

    def codes(self, level: int) -> NDArray[np.int64]:
        return (self.low >> shift_of(level)) * KINDS + self.kind

    def at_positions(self, where: Any) -> Groups:
        return Groups(*(getattr(self, name)[where] for name in Groups.__slots__))


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind that were added together: `positions` ascending by key in `rows`."""

    rows: Rows
    source: int
    kind: int
    positions: NDArray[np.intp] | slice

    def __len__(self) -> int:
        where = self.positions
        return where.stop - where.start if isinstance(where, slice) else len(where)

    def members(self, column: NDArray[Any], first: int, last: int) -> NDArray[Any]:
        """Return a column of the members from number `first` up to `last`."""
        if isinstance(self.positions, slice):
            start = self.positions.start
            return column[start + first : start + last]
        return column[self.positions[first:last]]

    def codes(self, level: int) -> NDArray[np.int64]:
        """Return for each member what tells its group, see `Groups.codes`."""
        return (self.members(self.rows.key, 0, len(self)) >> shift_of(level)) * KINDS + self.kind


@dataclass(slots=True)
class Grid:
    """Gathers groups at `level`, which falls as far as it takes for every batch to have at most MOST_CELLS.

    No coarser than needed: where one batch alone has too many cells, all together have.
    """

    level: int
    sources: list[Rows] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    _groups: list[Groups] = field(default_factory=list)

    def source(self, rows: Rows) -> int:
        """Number rows that are going to be added."""
        self.sources.append(rows)
        return len(self.sources) - 1

    def add(
        self, source: int, kind: int, positions: NDArray[np.intp] | slice, memory: Memory | None = None
    ) -> None:
        """Add rows by position, ascending by key; not for several places of one photo."""
        batch = Batch(self.sources[source], source, kind, positions)
        if not len(batch):
            return
        begins = self._begins(batch, memory)
        self.batches.append(batch)
        self._groups.append(self._of(batch, begins))

    def add_parts(self, source: int, positions: NDArray[np.intp]) -> None:
        """Add rows of photos with several places, ascending by key."""
        batch = Batch(self.sources[source], source, PART, positions)
        if len(batch):
            self.batches.append(batch)

    def singles(self) -> Iterator[tuple[Batch, Groups]]:
        """Yield the batches of single rows with their groups, which follow each other without gaps."""
        for groups in self._groups:
            yield self.batches[int(groups.batch[0])], groups

    def groups(self) -> Groups:
        """Return all groups, merged at the finest level that has at most MOST_CELLS of them."""
        found = self.merged(self.level)
        while len(found) > MOST_CELLS:
            self.level -= 1
            found = self.merged(self.level)
        return found

    def merged(self, level: int) -> Groups:
        """Return the groups of a level that is no finer than the grid's."""
        return merged(self.unmerged(level), level)

    def unmerged(self, level: int) -> Groups:
        """Return the groups as they were found, several for a cell."""
        parts = [
            self._parts(number, batch, level)
            for number, batch in enumerate(self.batches)
            if batch.kind == PART
        ]
        return together([*self._groups, *parts])

    def _begins(self, batch: Batch, memory: Memory | None) -> NDArray[np.intp]:
        """Return the numbers of the members at which another cell begins, the first among them."""
        starts = memory.starts(self.level) if memory else None
        if starts is not None and len(starts) < 4 * len(batch):
            found = _first_of(batch.positions, starts)
            if len(found) <= MOST_CELLS:
                return found
        key = batch.members(batch.rows.key, 0, len(batch))
        apart = key[1:] ^ key[:-1]
        found = np.flatnonzero(apart >> shift_of(self.level)) + 1
        while len(found) >= MOST_CELLS:
            self.level -= 1
            found = found[apart[found - 1] >> shift_of(self.level) > 0]
        return np.concatenate([np.zeros(1, np.intp), found])

    def _of(self, batch: Batch, begins: NDArray[np.intp]) -> Groups:
        ends = np.append(begins[1:], len(batch))
        n = ends - begins
        first, last, middle = (_at(batch.positions, where) for where in (begins, ends - 1, begins + n // 2))
        key = batch.rows.key
        return Groups(
            kind=np.full(len(n), batch.kind, np.int64),
            low=key[first],
            high=key[last],
            n=n,
            photos=n,
            source=np.full(len(n), batch.source, np.int64),
            sample=middle,
            batch=np.full(len(n), len(self.batches) - 1, np.int64),
            at=begins,
        )

    def _parts(self, number: int, batch: Batch, level: int) -> Groups:
        """Several places of one photo may lie in one cell: it is still one photo that might be there."""
        rows, size = batch.rows, len(batch)
        cell = batch.members(rows.key, 0, size) >> shift_of(level)
        begins = np.concatenate([np.zeros(1, np.intp), np.flatnonzero(cell[1:] != cell[:-1]) + 1])
        ends = np.append(begins[1:], size)
        photo = batch.members(rows.photo, 0, size)
        order = np.lexsort((photo, cell))
        fresh = np.ones(size, np.int64)
        fresh[1:] = (cell[order][1:] != cell[order][:-1]) | (photo[order][1:] != photo[order][:-1])
        n = ends - begins
        middle = _at(batch.positions, begins + n // 2)
        return Groups(
            kind=np.full(len(n), PART, np.int64),
            low=rows.key[_at(batch.positions, begins)],
            high=rows.key[_at(batch.positions, ends - 1)],
            n=n,
            photos=np.add.reduceat(fresh, begins),
            source=np.full(len(n), batch.source, np.int64),
            sample=middle,
            batch=np.full(len(n), number, np.int64),
            at=begins,
        )


def merged(groups: Groups, level: int) -> Groups:
    """Bring groups of one cell and kind together; a photo has its parts in one batch only."""
    if not len(groups):
        return groups
    codes = groups.codes(level)
    order = np.lexsort((groups.n, codes))
    sorted_codes = codes[order]
    begins = np.concatenate([np.zeros(1, np.intp), np.flatnonzero(sorted_codes[1:] != sorted_codes[:-1]) + 1])
    largest = order[np.append(begins[1:], len(order)) - 1]
    found = groups.at_positions(largest)
    return Groups(
        kind=found.kind,
        low=np.minimum.reduceat(groups.low[order], begins),
        high=np.maximum.reduceat(groups.high[order], begins),
        n=np.add.reduceat(groups.n[order], begins),
        photos=np.add.reduceat(groups.photos[order], begins),
        source=found.source,
        sample=found.sample,
        batch=found.batch,
        at=found.at,
    )


def together(parts: list[Groups]) -> Groups:
    if not parts:
        return Groups(*(np.zeros(0, np.int64) for _ in Groups.__slots__))
    return Groups(*(np.concatenate([getattr(part, name) for part in parts]) for name in Groups.__slots__))


def depths_of(low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the level of the smallest quadtree square that holds both keys; see `cells.depth_of`."""
    bits = np.frexp((low ^ high).astype(np.float64))[1]  # exact: keys have 52 bits
    depths: NDArray[np.int64] = LEVELS - (bits.astype(np.int64) + 1) // 2
    return depths


def _first_of(positions: NDArray[np.intp] | slice, starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the number of the first member of each cell that has one."""
    if isinstance(positions, slice):
        first, last = np.searchsorted(starts, (positions.start, positions.stop))
        inside = starts[first:last] - positions.start
        return inside if len(inside) and inside[0] == 0 else np.concatenate([np.zeros(1, np.intp), inside])
    found = np.searchsorted(positions, starts)
    found = found[found < len(positions)]
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    found = found[fresh]
    return found if len(found) and found[0] == 0 else np.concatenate([np.zeros(1, np.intp), found])


def _at(positions: NDArray[np.intp] | slice, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    return numbers + positions.start if isinstance(positions, slice) else positions[numbers]
