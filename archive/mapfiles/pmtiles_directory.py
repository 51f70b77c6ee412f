"""Directories of PMTiles 3: which tile lies where, as delta-coded varints.

Format: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. The package `pmtiles` reads them
too, but unpacks whatever size a file names; here every size is bounded before memory is taken.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.mapfiles.errors import MapFileError
from archive.mapfiles.raster import MOST_TILE_BYTES, TOO_LARGE

MOST_BYTES: Final = 4 * 2**20  # unpacked; writers keep a leaf below a tenth of that
MOST_ENTRIES: Final = 2**18
_LONGEST_VARINT: Final = 9  # bytes: 63 bits, more than any tile id or offset needs
_BEYOND_IDS: Final = 2**62
_MOST_OFFSET: Final = 2**53
_GZIP: Final = 31  # zlib's name for "expect a gzip header"

DAMAGED: Final = "it is damaged (a directory cannot be read): copy or make it again"


@dataclass(frozen=True, slots=True)
class Entry:
    """`run` 0 points at a leaf directory, else the bytes stand for that many tiles in a row."""

    offset: int
    length: int
    run: int


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    ids: NDArray[np.uint64]
    runs: NDArray[np.uint64]
    lengths: NDArray[np.int64]
    offsets: NDArray[np.int64]

    def find(self, tile: int) -> Entry | None:
        """Return the entry that covers a tile id, or the leaf that may hold it."""
        at = int(np.searchsorted(self.ids, np.uint64(tile), side="right")) - 1
        if at < 0:
            return None
        entry = self.entry(at)
        return entry if entry.run == 0 or tile - int(self.ids[at]) < entry.run else None

    def entry(self, at: int) -> Entry:
        return Entry(int(self.offsets[at]), int(self.lengths[at]), int(self.runs[at]))

    def __len__(self) -> int:
        return len(self.ids)


def unpacked(data: bytes, most: int) -> bytes:
    """Gunzip at most `most` bytes. Raises MapFileError for more, and for what is no gzip."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        result = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise MapFileError(DAMAGED) from error
    if len(result) > most:
        raise MapFileError(f"a part of it unpacks to more than {most // 2**20} MB: make it again")
    if not unpacker.eof:
        raise MapFileError(DAMAGED)
    return result


def read_directory(data: bytes) -> Directory:
    """Read an unpacked directory. Raises MapFileError for anything that is none."""
    numbers = _varints(data)
    count = int(numbers[0]) if len(numbers) else 0
    if not 0 < count <= MOST_ENTRIES or len(numbers) != 1 + 4 * count:
        raise MapFileError(DAMAGED)
    steps, runs, lengths, places = numbers[1:].reshape(4, count)
    if lengths.max() > max(MOST_BYTES, MOST_TILE_BYTES):
        raise MapFileError(TOO_LARGE)
    if steps.max() >= _BEYOND_IDS or places[0] == 0 or places.max() > _MOST_OFFSET:
        raise MapFileError(DAMAGED)
    ids = np.cumsum(steps, dtype=np.uint64)
    if np.any(ids[1:] <= ids[:-1]):  # also where the sum ran over
        raise MapFileError(DAMAGED)
    return Directory(ids, runs, lengths.astype(np.int64), _offsets(places, lengths))


def _varints(data: bytes) -> NDArray[np.uint64]:
    """Read a run of LEB128 numbers at once: seven bits a byte, lowest first, the high bit says "goes on"."""
    octets = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(octets < 0x80)
    if len(octets) == 0 or len(ends) == 0 or ends[-1] != len(octets) - 1 or len(ends) > 1 + 4 * MOST_ENTRIES:
        raise MapFileError(DAMAGED)
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts + 1
    if sizes.max() > _LONGEST_VARINT:
        raise MapFileError(DAMAGED)
    result = np.zeros(len(ends), dtype=np.uint64)
    for place in range(int(sizes.max())):
        longer = sizes > place
        part = (octets[starts[longer] + place] & 0x7F).astype(np.uint64)
        result[longer] |= part << np.uint64(7 * place)
    return result


def _offsets(places: NDArray[np.uint64], lengths: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Each is stored plus one; 0 means "right behind the one before"."""
    before = np.concatenate(([0], np.cumsum(lengths.astype(np.int64))[:-1]))
    stated = np.flatnonzero(places)
    owner = stated[np.cumsum(places != 0) - 1]
    offsets: NDArray[np.int64] = places[owner].astype(np.int64) - 1 + before - before[owner]
    return offsets


def tile_id(zoom: int, column: int, row: int) -> int:
    """Number a tile along the Hilbert curves of all zooms, the coarsest first.

    The curve: Wikipedia, "Hilbert curve", algorithm xy2d; the numbering of zooms: the specification.
    """
    position = 0
    side = 1 << zoom
    half = side >> 1
    while half:
        right, low = int(bool(column & half)), int(bool(row & half))
        position += half * half * ((3 * right) ^ low)
        if not low:
            if right:
                column, row = side - 1 - column, side - 1 - row
            column, row = row, column
        half >>= 1
    return ((1 << 2 * zoom) - 1) // 3 + position
