"""PNG (W3C PNG 3rd edition): eXIf, iTXt, tEXt and zTXt, also behind the picture data."""

from __future__ import annotations

import struct
import zlib

from archive.metadata import text
from archive.metadata.containers.parts import XMP_BYTES, Parts
from archive.metadata.containers.photoshop import find_iptc
from archive.metadata.source import Memory, Source

MOST_CHUNKS = 200_000
MOST_TEXTS = 200
TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
XMP_KEYWORD = "XML:com.adobe.xmp"
RAW_PROFILES = "Raw profile type "


def read(source: Source) -> Parts:
    parts = Parts("PNG")
    offset, texts = 8, 0
    for _ in range(MOST_CHUNKS):
        head = source.read(offset, 8)
        if len(head) < 8:
            parts.fault("truncated", "The file ends without its closing chunk.")
            break
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IHDR":
            _size(source.read(offset + 8, 8), parts)
        elif kind == b"eXIf" and parts.exif is None:
            parts.exif = Memory(_without_prefix(source.read(offset + 8, min(length, XMP_BYTES))))
        elif kind in TEXT_CHUNKS and texts < MOST_TEXTS:
            texts += 1
            _text(kind, source.read(offset + 8, min(length, 2 * XMP_BYTES)), parts)
        elif kind == b"IEND":
            break
        elif not kind.isalpha():
            parts.fault("broken", f"No chunk begins at byte {offset}; the rest was not read.")
            break
        offset += 12 + length
    return parts


def _size(body: bytes, parts: Parts) -> None:
    if len(body) == 8 and parts.width is None:
        width, height = struct.unpack(">II", body)
        if width and height:
            parts.width, parts.height = width, height


def _text(kind: bytes, body: bytes, parts: Parts) -> None:
    keyword_bytes, _, rest = body.partition(b"\x00")
    keyword = keyword_bytes.decode("latin-1")
    value = _value(kind, rest)
    if value is None:
        parts.fault("text_unreadable", f"The text chunk {text.raw(keyword)!r} could not be unpacked.")
    elif keyword == XMP_KEYWORD:
        parts.add_xmp(value)
    elif keyword.startswith(RAW_PROFILES):
        _profile(keyword.removeprefix(RAW_PROFILES), value, parts)
    else:
        parts.texts.append((keyword, text.decode(value) if kind == b"iTXt" else value.decode("latin-1")))


def _value(kind: bytes, rest: bytes) -> bytes | None:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflate(rest[1:])
    compressed, body = rest[:1], rest[2:]
    for _ in range(2):  # language and translated keyword
        body = body.partition(b"\x00")[2]
    return _inflate(body) if compressed == b"\x01" else body


def _inflate(data: bytes) -> bytes | None:
    """Unpack no more than the limit: a kilobyte of zeros may unpack to a gigabyte."""
    try:
        inflater = zlib.decompressobj()
        value = inflater.decompress(data, XMP_BYTES + 1)
    except zlib.error:
        return None
    return None if len(value) > XMP_BYTES else value


def _profile(name: str, value: bytes, parts: Parts) -> None:
    """Take a profile as ImageMagick writes it: a newline, its name, its length, then hexadecimal digits."""
    try:
        data = bytes.fromhex(value.decode("ascii").split("\n", 3)[3])
    except (ValueError, IndexError):
        parts.fault("profile_unreadable", f"The raw profile {text.raw(name)!r} is not hexadecimal.")
        return
    name = name.strip().lower()
    if name in ("exif", "app1") and data.startswith((b"Exif", b"II", b"MM")):
        if parts.exif is None:
            parts.exif = Memory(_without_prefix(data))
    elif name == "xmp" or data.startswith(b"http://ns.adobe.com/xap/1.0/\x00"):
        parts.add_xmp(data.removeprefix(b"http://ns.adobe.com/xap/1.0/\x00"))
    elif name in ("iptc", "8bim"):
        parts.iptc = find_iptc(data) or (data if data.startswith(b"\x1c") else None)


def _without_prefix(data: bytes) -> bytes:
    return data[6:] if data.startswith(b"Exif\x00") else data
