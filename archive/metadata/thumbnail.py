"""The small picture that cameras keep inside EXIF. Touches foreign bytes: call it in a quarantine child."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Final

from archive.metadata.reader import read_parts
from archive.metadata.sniff import HEAD_BYTES, sniff
from archive.metadata.source import Disk, Source

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 2 * 2**20
_MOST_ENTRIES: Final = 1000
_OFFSET: Final = 0x0201  # Exif 2.32: JPEGInterchangeFormat
_LENGTH: Final = 0x0202
_SHORT: Final = 3


def embedded_thumbnail(path: Path) -> bytes | None:
    """Return the JPEG that the EXIF block's second directory holds, as stored (not turned); None without one.

    Raises OSError when the file cannot be read, `Refused` for formats not taken.
    """
    suffix = path.suffix.lower()
    with path.open("rb", buffering=0) as file:
        source = Disk(file.fileno(), os.fstat(file.fileno()).st_size)
        parts = read_parts(source, sniff(source.read(0, HEAD_BYTES), suffix), suffix)
        return None if parts.exif is None else _second_directory(parts.exif)


def _second_directory(block: Source) -> bytes | None:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block.read(0, 4))
    if order is None:
        return None
    first = _long(block, 4, order)
    count = _count(block, first, order)
    second = _long(block, first + 2 + 12 * count, order) if first and count else 0
    entries = _entries(block, second, order) if second else {}
    offset, length = entries.get(_OFFSET, 0), entries.get(_LENGTH, 0)
    if not offset or not 0 < length <= MOST_BYTES:
        return None
    stored = block.read(offset, length)
    return stored if stored.startswith(b"\xff\xd8") else None


def _entries(block: Source, at: int, order: str) -> dict[int, int]:
    """Tag -> its first value, where that stands in the entry itself."""
    found: dict[int, int] = {}
    for number in range(_count(block, at, order)):
        entry = block.read(at + 2 + 12 * number, 12)
        if len(entry) < 12:
            break
        tag, kind = struct.unpack(order + "HH", entry[:4])
        code = "H" if kind == _SHORT else "I"
        found.setdefault(tag, struct.unpack_from(order + code, entry, 8)[0])
    return found


def _count(block: Source, at: int, order: str) -> int:
    raw = block.read(at, 2)
    return min(struct.unpack(order + "H", raw)[0], _MOST_ENTRIES) if len(raw) == 2 else 0


def _long(block: Source, at: int, order: str) -> int:
    raw = block.read(at, 4)
    return int(struct.unpack(order + "I", raw)[0]) if len(raw) == 4 else 0
