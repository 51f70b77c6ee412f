"""What is computed once from the rows of a piece and kept for as long as the piece is in use."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from archive.values.morton import LEVELS, shift_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Piece, Rows

MOST_KEPT: Final = 24
"""Pieces: three of a file, three of the overlay, and those of requests still under way."""
MOST_STARTS: Final = 16_384
BLOCK: Final = 131_072
"""Rows looked at together: their columns fit into a core's own cache."""
FEW: Final = 4
"""A block is cut down to its candidates where these are fewer than one in so many."""
WIDE_CLASSES: Final = ((12, 14), (15, 17), (18, 20), (21, 255))
"""Circles of more than a kilometre, banded: 8, 64, 512 kilometres, and beyond."""


@dataclass(frozen=True)
class Memory:
    """`placed` is the position of the first row with a location."""

    single: Rows
    several: Rows
    _starts: dict[int, NDArray[np.intp] | None] = field(default_factory=dict, init=False, repr=False)
    _wide: dict[int, NDArray[np.intp]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def placed(self) -> int:
        return int(np.searchsorted(self.single.key, 0))

    def starts(self, level: int) -> NDArray[np.intp] | None:
        """Return where each occupied cell of a level begins; None when they are too many to keep."""
        if level not in self._starts:
            coarser = self._starts.get(level - 1, ...)
            self._starts[level] = None if coarser is None else self._looked_for(level)
        return self._starts[level]

    def wide(self, band: int) -> NDArray[np.intp]:
        """Return the positions of the single rows whose doubt is of a band of WIDE_CLASSES."""
        if band not in self._wide:
            least, most = WIDE_CLASSES[band]
            reach = self.single.reach
            self._wide[band] = np.concatenate(
                [
                    at + np.flatnonzero((reach[at : at + BLOCK] >= least) & (reach[at : at + BLOCK] <= most))
                    for at in range(0, max(1, len(reach)), BLOCK)
                ]
            )
        return self._wide[band]

    @cached_property
    def photos(self) -> Photos:
        return photos_of(self.several)

    def _looked_for(self, level: int) -> NDArray[np.intp] | None:
        key, shift = self.single.key, shift_of(level)
        if level <= 5:
            # few enough to be looked up one by one
            edges = np.arange(4**level, dtype=np.int64) << shift
            found = np.unique(np.searchsorted(key, edges))
            return found[found < len(key)]
        parts = [np.array([self.placed])]
        count = 1
        for at in range(self.placed, len(key) - 1, BLOCK):
            part = key[at : at + BLOCK + 1] >> shift
            found = at + 1 + np.flatnonzero(part[1:] != part[:-1])
            count += len(found)
            if count > MOST_STARTS:
                return None
            parts.append(found)
        return np.concatenate(parts)[: len(key) - self.placed]


@dataclass(frozen=True, slots=True)
class Photos:
    """Rows of photos with several places: `number` tells the photo of each, `heads` the first row of each."""

    number: NDArray[np.intp]
    heads: NDArray[np.intp]


def photos_of(rows: Rows) -> Photos:
    _, number = np.unique(rows.photo, return_inverse=True)
    heads = np.zeros(int(number.max(initial=-1)) + 1, np.intp)
    first = np.flatnonzero(rows.part == 0)
    heads[number[first]] = first
    return Photos(number, heads)


_kept: OrderedDict[int, Memory] = OrderedDict()
_lock = threading.Lock()


def memory_of(piece: Piece) -> Memory:
    with _lock:
        found = _kept.get(piece.number)
        if found is None:
            found = _kept[piece.number] = Memory(piece.single, piece.several)
            if len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        else:
            _kept.move_to_end(piece.number)
        return found


assert LEVELS == 26  # keys of one cell are told from the next by a shift of less than 64 bits
