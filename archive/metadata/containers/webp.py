"""WebP (RFC 9649): RIFF chunks VP8X, VP8, VP8L, EXIF and XMP."""

from __future__ import annotations

import struct

from archive.metadata.containers.parts import BLOCK_BYTES, XMP_BYTES, Parts
from archive.metadata.source import Memory, Source

MOST_CHUNKS = 20_000


def read(source: Source) -> Parts:
    parts = Parts("WEBP")
    offset = 12
    for _ in range(MOST_CHUNKS):
        head = source.read(offset, 8)
        if len(head) < 8:
            break
        kind, length = struct.unpack("<4sI", head)
        if kind in (b"VP8X", b"VP8L", b"VP8 "):
            if parts.width is None:
                _size(kind, source.read(offset + 8, 10), parts)
        elif kind == b"EXIF" and parts.exif is None:
            block = source.read(offset + 8, min(length, BLOCK_BYTES))
            parts.exif = Memory(block[6:] if block.startswith(b"Exif\x00") else block)
        elif kind == b"XMP ":
            parts.add_xmp(source.read(offset + 8, min(length, XMP_BYTES + 1)))
        offset += 8 + length + (length & 1)
    if offset > source.size + 1:
        parts.fault("truncated", "The file ends inside its last chunk.")
    return parts


def _size(kind: bytes, body: bytes, parts: Parts) -> None:
    if len(body) < 10:
        return
    if kind == b"VP8X":
        parts.width = int.from_bytes(body[4:7], "little") + 1
        parts.height = int.from_bytes(body[7:10], "little") + 1
    elif kind == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        parts.width, parts.height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        parts.width, parts.height = width & 0x3FFF, height & 0x3FFF
