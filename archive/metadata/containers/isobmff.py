"""HEIF, HEIC and AVIF (ISO/IEC 23008-12 on ISO/IEC 14496-12): items located through the meta box."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.metadata.containers.parts import BLOCK_BYTES, XMP_BYTES, Parts
from archive.metadata.source import Memory, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BOXES = 20_000
MOST_ITEMS = 20_000
MOST_EXTENTS = 64
Extent = tuple[int, int]


@dataclass(slots=True)
class _Meta:
    primary: int | None = None
    kinds: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)  # item: (type, content type)
    extents: dict[int, tuple[int, list[Extent]]] = field(default_factory=dict)  # item: (method, extents)
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    owned: dict[int, list[int]] = field(default_factory=dict)  # item: property numbers, from 1
    data: bytes = b""


def read(source: Source, format_name: str) -> Parts:
    """Find the primary picture's size as decoders show it, and the Exif and XMP items."""
    parts = Parts(format_name, upright=True)
    meta = _find_meta(source, parts)
    if meta is None:
        parts.fault("broken", "The file has no description of its pictures.")
        return parts
    contents = _Meta()
    try:
        _read_meta(meta, contents)
    except (struct.error, IndexError, ValueError) as error:
        parts.fault("broken", f"The description of the pictures breaks off ({error}).")
    _size(contents, parts)
    for item, (kind, content_type) in contents.kinds.items():
        if kind == b"Exif" and parts.exif is None:
            parts.exif = _exif(_item(source, contents, item, BLOCK_BYTES))
        elif kind == b"mime" and content_type == b"application/rdf+xml":
            parts.add_xmp(_item(source, contents, item, XMP_BYTES + 1))
    return parts


def _find_meta(source: Source, parts: Parts) -> bytes | None:
    offset = 0
    for _ in range(MOST_BOXES):
        head = source.read(offset, 16)
        if len(head) < 8:
            return None
        size, kind = struct.unpack(">I4s", head[:8])
        skip = 8
        if size == 1 and len(head) == 16:
            size, skip = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = source.size - offset
        if size < skip:
            parts.fault("broken", f"The box at byte {offset} has an impossible size.")
            return None
        if kind == b"meta":
            return source.read(offset + skip + 4, min(size - skip - 4, BLOCK_BYTES))
        offset += size
    return None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    offset = 0
    for _ in range(MOST_BOXES):
        if offset + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, offset)
        skip = 8
        if size == 1:
            size, skip = struct.unpack_from(">Q", data, offset + 8)[0], 16
        elif size == 0:
            size = len(data) - offset
        if size < skip:
            raise ValueError(f"box {kind!r} has an impossible size")
        yield kind, data[offset + skip : offset + size]
        offset += size


def _read_meta(data: bytes, meta: _Meta) -> None:
    for kind, body in _boxes(data):
        if kind == b"pitm":
            meta.primary = struct.unpack_from(">H" if body[0] == 0 else ">I", body, 4)[0]
        elif kind == b"iinf":
            _items(body, meta)
        elif kind == b"iloc":
            _locations(body, meta)
        elif kind == b"idat":
            meta.data = body
        elif kind == b"iprp":
            for inner, content in _boxes(body):
                if inner == b"ipco":
                    meta.properties = list(_boxes(content))
                elif inner == b"ipma":
                    _associations(content, meta)


def _items(body: bytes, meta: _Meta) -> None:
    for kind, entry in _boxes(body[6 if body[0] == 0 else 8 :]):
        if kind != b"infe" or entry[0] < 2 or len(meta.kinds) >= MOST_ITEMS:
            continue
        wide = entry[0] >= 3
        item = struct.unpack_from(">I" if wide else ">H", entry, 4)[0]
        at = 10 if wide else 8
        texts = entry[at + 4 :].split(b"\x00")
        meta.kinds[item] = (entry[at : at + 4], texts[1] if len(texts) > 1 else b"")


def _locations(body: bytes, meta: _Meta) -> None:
    version = body[0]
    offset_size, length_size = body[4] >> 4, body[4] & 15
    base_size, index_size = body[5] >> 4, body[5] & 15 if version else 0
    at = 6

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > len(body):
            raise ValueError("the table of locations is cut")
        return int.from_bytes(body[at - size : at], "big")

    wide = 4 if version >= 2 else 2
    for _ in range(min(number(wide), MOST_ITEMS)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)  # data reference: this file
        base = number(base_size)
        extents: list[Extent] = []
        for _ in range(number(2)):
            number(index_size)
            offset = base + number(offset_size)
            length = number(length_size)
            if len(extents) < MOST_EXTENTS:
                extents.append((offset, length))
        meta.extents[item] = (method, extents)


def _associations(body: bytes, meta: _Meta) -> None:
    version, wide = body[0], body[3] & 1
    (count,) = struct.unpack_from(">I", body, 4)
    at = 8
    for _ in range(min(count, MOST_ITEMS)):
        item = struct.unpack_from(">I" if version else ">H", body, at)[0]
        at += 4 if version else 2
        owned = []
        number_of = body[at]
        at += 1
        for _ in range(number_of):
            if wide:
                owned.append(struct.unpack_from(">H", body, at)[0] & 0x7FFF)
            else:
                owned.append(body[at] & 0x7F)
            at += 2 if wide else 1
        meta.owned[item] = owned


def _size(meta: _Meta, parts: Parts) -> None:
    if meta.primary is None:
        return
    width = height = 0
    for number in meta.owned.get(meta.primary, []):
        if not 1 <= number <= len(meta.properties):
            continue
        kind, body = meta.properties[number - 1]
        if kind == b"ispe" and len(body) >= 12:
            width, height = struct.unpack_from(">II", body, 4)
        elif kind == b"clap" and len(body) >= 16:
            over = struct.unpack_from(">IIII", body)
            if over[1] and over[3]:
                width, height = round(over[0] / over[1]), round(over[2] / over[3])
        elif kind == b"irot" and body[:1] and body[0] & 1:
            width, height = height, width
    if width and height:
        parts.width, parts.height = width, height


def _item(source: Source, meta: _Meta, item: int, limit: int) -> bytes:
    method, extents = meta.extents.get(item, (0, []))
    pieces: list[bytes] = []
    for offset, length in extents:
        take = min(length or source.size, limit)
        pieces.append(meta.data[offset : offset + take] if method == 1 else source.read(offset, take))
        limit -= take
    return b"".join(pieces)


def _exif(block: bytes) -> Source | None:
    """Skip to the TIFF header: four bytes say how far it is (23008-12, A.2.1), not all writers truly."""
    if len(block) < 12:
        return None
    start = 4 + int.from_bytes(block[:4], "big")
    if block[start : start + 2] not in (b"II", b"MM"):
        found = [at for mark in (b"II*\x00", b"MM\x00*") if (at := block[:64].find(mark)) >= 0]
        if not found:
            return None
        start = min(found)
    return Memory(block[start:])
