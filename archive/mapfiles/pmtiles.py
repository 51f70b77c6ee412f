"""Raster PMTiles 3: a header, directories, a JSON text and the tiles, each read by place and length."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from archive.mapfiles.errors import MapFileError, unreadable
from archive.mapfiles.facts import (
    EVERYWHERE,
    LONGEST_ATTRIBUTION,
    LONGEST_NAME,
    Facts,
    bounds_from,
    plain_text,
    role_from,
)
from archive.mapfiles.pmtiles_directory import (
    DAMAGED,
    MOST_BYTES,
    Directory,
    read_directory,
    tile_id,
    unpacked,
)
from archive.mapfiles.raster import MOST_TILE_BYTES, TOO_LARGE, VECTOR, required_media_type

MAGIC: Final = b"PMTiles"
_HEADER: Final = 127
_VERSION: Final = 3
_MOST_METADATA: Final = 2**20
_DEEPEST: Final = 4  # directories from the root to a tile, as in the format's own readers
_KEPT: Final = 16  # directories in memory, 8 MB each at worst
_UNKNOWN, _NONE, _GZIP = 0, 1, 2
_VECTOR_TYPES: Final = {1, 6}  # MVT, MLT


@dataclass(frozen=True, slots=True)
class Header:
    """Places and lengths in bytes from the start of the file."""

    root: tuple[int, int]
    metadata: tuple[int, int]
    leaves: tuple[int, int]
    tiles: tuple[int, int]
    packing: int  # of directories and metadata
    tile_packing: int
    tile_type: int
    zooms: tuple[int, int]
    bounds: tuple[float, float, float, float]


def read_facts(path: Path) -> Facts:
    """Raises MapFileError for what is no raster PMTiles of version 3."""
    with _opened(path) as file:
        header = _header(file)
        if header.tile_type in _VECTOR_TYPES:
            raise MapFileError(VECTOR)
        first = _first_tile(file, header)
        said = _metadata(file, header)
    return Facts(
        kind="PMTiles",
        media_type=required_media_type(first),
        bounds=bounds_from(*header.bounds) or EVERYWHERE,
        min_zoom=header.zooms[0],
        max_zoom=header.zooms[1],
        name=plain_text(said.get("name"), LONGEST_NAME),
        attribution=plain_text(said.get("attribution"), LONGEST_ATTRIBUTION),
        role=role_from(said.get("type")),
    )


def read_tile(path: Path, zoom: int, column: int, row: int) -> bytes | None:
    """Return a tile by its address counted from the north-west, None where the file has nothing."""
    wanted = tile_id(zoom, column, row)
    with _opened(path) as file:
        header = _header(file)
        place = header.root
        for _ in range(_DEEPEST):
            found = _directory(file, header, place).find(wanted)
            if found is None:
                return None
            if found.run:
                return _tile(file, header, found.offset, found.length)
            place = _leaf(header, found.offset, found.length)
    raise MapFileError(DAMAGED)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise unreadable(error) from error


def _part(file: BinaryIO, place: tuple[int, int], most: int) -> bytes:
    offset, length = place
    if length > most:
        raise MapFileError(f"a part of it is larger than {most // 2**20} MB: make it again")
    size = file.seek(0, 2)
    if offset + length > size:
        raise MapFileError("it is cut off: copy it again")
    file.seek(offset)
    return file.read(length)


def _header(file: BinaryIO) -> Header:
    data = _part(file, (0, _HEADER), _HEADER)
    if data[:7] != MAGIC:
        raise MapFileError("it is no PMTiles: look at its name and make it again")
    if data[7] != _VERSION:
        raise MapFileError(f"it is PMTiles version {data[7]}: convert it to version 3 with `pmtiles convert`")

    def number(at: int, size: int = 8, *, signed: bool = False) -> int:
        return int.from_bytes(data[at : at + size], "little", signed=signed)

    west, south, east, north = (number(at, 4, signed=True) / 1e7 for at in (102, 106, 110, 114))
    return Header(
        root=(number(8), number(16)),
        metadata=(number(24), number(32)),
        leaves=(number(40), number(48)),
        tiles=(number(56), number(64)),
        packing=data[97],
        tile_packing=data[98],
        tile_type=data[99],
        zooms=(data[100], data[101]),
        bounds=(west, south, east, north),
    )


def _leaf(header: Header, offset: int, length: int) -> tuple[int, int]:
    start, size = header.leaves
    if offset + length > size:
        raise MapFileError(DAMAGED)
    return start + offset, length


def _tile(file: BinaryIO, header: Header, offset: int, length: int) -> bytes | None:
    start, size = header.tiles
    if offset + length > size:
        raise MapFileError(DAMAGED)
    if length > MOST_TILE_BYTES:
        raise MapFileError(TOO_LARGE)
    data = _part(file, (start + offset, length), MOST_TILE_BYTES)
    if header.tile_packing == _GZIP:
        return unpacked(data, MOST_TILE_BYTES)
    if header.tile_packing not in {_UNKNOWN, _NONE}:
        raise MapFileError("its tiles are packed by other means than gzip: make it again without that")
    return data or None


def _plain(packing: int, data: bytes, most: int) -> bytes:
    if packing == _GZIP:
        return unpacked(data, most)
    if packing != _NONE:
        raise MapFileError("its directories are packed by other means than gzip: make it again with gzip")
    return data


def _directory(file: BinaryIO, header: Header, place: tuple[int, int]) -> Directory:
    return _kept_directory(header.packing, _part(file, place, MOST_BYTES))


@functools.lru_cache(maxsize=_KEPT)
def _kept_directory(packing: int, packed: bytes) -> Directory:
    """Kept under its own bytes, so that a file that was replaced is never mixed with the one before."""
    return read_directory(_plain(packing, packed, MOST_BYTES))


def _first_tile(file: BinaryIO, header: Header) -> bytes:
    place = header.root
    for _ in range(_DEEPEST):
        entry = _directory(file, header, place).entry(0)
        if entry.run:
            return _tile(file, header, entry.offset, entry.length) or b""
        place = _leaf(header, entry.offset, entry.length)
    raise MapFileError(DAMAGED)


def _metadata(file: BinaryIO, header: Header) -> dict[str, Any]:
    packed = _part(file, header.metadata, _MOST_METADATA)
    if not packed:
        return {}
    try:
        said = json.loads(_plain(header.packing, packed, _MOST_METADATA))
    except (ValueError, RecursionError) as error:
        raise MapFileError("what it says of itself is no JSON: make it again") from error
    return said if isinstance(said, dict) else {}
