"""JPEG (ITU-T T.81 annex B) with Exif, XMP (XMP part 3) and Photoshop resources in application segments."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.metadata import text
from archive.metadata.containers.parts import BLOCK_BYTES, XMP_BYTES, Parts
from archive.metadata.containers.photoshop import find_iptc
from archive.metadata.source import Memory, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

XMP_MARK = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED_MARK = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP_MARK = b"Photoshop 3.0\x00"
FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
START_OF_SCAN, END_OF_IMAGE, COMMENT, APP1, APP13 = 0xDA, 0xD9, 0xFE, 0xE1, 0xED
MOST_SEGMENTS = 10_000
SEARCH_BYTES = 1 << 20  # how far to look for the next segment after stray bytes


@dataclass(slots=True)
class _Pieces:
    """What is spread over several segments, and how many bytes were taken so far."""

    read: int = 0
    photoshop: list[bytes] = field(default_factory=list)
    extended: dict[bytes, list[tuple[int, int, bytes]]] = field(default_factory=dict)


def read(source: Source) -> Parts:
    """Walk the segments up to the first scan; Exif may stand behind any number of others."""
    parts, pieces = Parts("JPEG"), _Pieces()
    for marker, offset, length in _segments(source, parts):
        if marker in FRAME_MARKERS:
            _frame(source.read(offset, 5), parts)
        elif marker in (APP1, APP13, COMMENT):
            pieces.read += length
            if pieces.read > BLOCK_BYTES:
                parts.fault("too_much_metadata", f"More than {BLOCK_BYTES} bytes; the rest was not read.")
                break
            _segment(marker, source.read(offset, length), parts, pieces)
    if pieces.photoshop:
        parts.iptc = find_iptc(b"".join(pieces.photoshop))
    for extended in pieces.extended.values():
        _join(extended, parts)
    return parts


def _segments(source: Source, parts: Parts) -> Iterator[tuple[int, int, int]]:
    """Yield marker, offset and length of each segment's body."""
    offset = 2
    for _ in range(MOST_SEGMENTS):
        head = source.read(offset, 4)
        if len(head) < 4:
            parts.fault("truncated", "The file ends before the picture begins.")
            return
        if head[0] != 0xFF or head[1] == 0:
            offset = _resume(source, offset, parts)
            if offset < 0:
                return
            continue
        marker = head[1]
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            return
        if marker == 0xFF or marker in BARE_MARKERS:
            offset += 1 if marker == 0xFF else 2
            continue
        length = max(struct.unpack(">H", head[2:])[0], 2)
        yield marker, offset + 4, length - 2
        offset += 2 + length
    parts.fault("too_many_segments", f"More than {MOST_SEGMENTS} segments; the rest was not read.")


def _resume(source: Source, offset: int, parts: Parts) -> int:
    """Find the next segment after bytes that belong to none; -1 when there is none near."""
    window = source.read(offset, SEARCH_BYTES)
    at = 0
    while (at := window.find(b"\xff", at)) >= 0:
        if window[at + 1 : at + 2] > b"\xbf" and window[at + 1 : at + 2] != b"\xff":
            parts.fault("stray_bytes", f"{at} stray bytes between segments at byte {offset}.")
            return offset + at
        at += 1
    parts.fault("broken", f"No segment follows byte {offset}.")
    return -1


def _frame(body: bytes, parts: Parts) -> None:
    if len(body) == 5 and parts.width is None:
        height, width = struct.unpack(">HH", body[1:])
        if width and height:
            parts.width, parts.height = width, height


def _segment(marker: int, body: bytes, parts: Parts, pieces: _Pieces) -> None:
    if marker == COMMENT:
        parts.texts.append(("Comment", text.decode(body)))
    elif marker == APP13:
        if body.startswith(PHOTOSHOP_MARK):
            pieces.photoshop.append(body[len(PHOTOSHOP_MARK) :])
    elif body.startswith(b"Exif\x00"):
        if parts.exif is None:
            parts.exif = Memory(body[6:])
    elif body.startswith(XMP_MARK):
        parts.add_xmp(body[len(XMP_MARK) :])
    elif body.startswith(EXTENDED_MARK):
        rest = body[len(EXTENDED_MARK) :]
        if len(rest) > 40:
            total, at = struct.unpack(">II", rest[32:40])
            pieces.extended.setdefault(rest[:32], []).append((total, at, rest[40:]))


def _join(pieces: list[tuple[int, int, bytes]], parts: Parts) -> None:
    """Put extended XMP together (XMP part 3, 1.1.3.1); pieces may come in any order."""
    total = pieces[0][0]
    if total > XMP_BYTES:
        parts.fault("xmp_too_large", f"The extended XMP claims {total} bytes; it was not read.")
        return
    whole = bytearray(total)
    for _total, at, piece in pieces:
        if at + len(piece) > total:
            parts.fault("xmp_unreadable", "Pieces of the extended XMP do not fit together.")
            return
        whole[at : at + len(piece)] = piece
    parts.add_xmp(bytes(whole))
