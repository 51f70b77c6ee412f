"""Text as files keep it: padded, in half a dozen encodings, sometimes not text at all."""

from __future__ import annotations

import re

LONGEST = 20_000  # characters kept of one text; the original keeps the rest
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
USER_COMMENT_PREFIX = 8  # Exif 2.32, UserComment: the first 8 bytes name the character code


def clean(text: str) -> str | None:
    """Drop padding and control characters; None when nothing is left."""
    if not text.isprintable():  # most are
        text = _CONTROL.sub("", text[: 2 * LONGEST].replace("\r\n", "\n"))
    return text.strip()[:LONGEST] or None


def raw(value: object) -> str:
    """Show a value as the file has it, escaped where it is no text, cut where it is endless."""
    text = value if isinstance(value, str) else str(value)
    if len(text) <= LONGEST and text.isprintable():
        return text
    text = text[: LONGEST + 1].encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def decode(data: bytes) -> str:
    """Decode bytes of unstated encoding: UTF-8 when they are that, else Western European."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def decode_wide(data: bytes) -> str:
    """Decode the XP* tags of Windows: UTF-16, little-endian, ended by a zero."""
    return data[: len(data) & ~1].decode("utf-16-le", "replace").split("\x00", 1)[0]


def decode_user_comment(data: bytes, *, big_endian: bool) -> str:
    """Decode EXIF UserComment by its prefix (Exif 2.32, 4.6.5): ASCII, JIS, UNICODE or undefined."""
    prefix, body = data[:USER_COMMENT_PREFIX].rstrip(b"\x00 ").upper(), data[USER_COMMENT_PREFIX:]
    if prefix == b"UNICODE":
        return _decode_utf16(body, big_endian=big_endian)
    if prefix == b"JIS":
        return _decode_japanese(body)
    if prefix not in (b"", b"ASCII"):
        body = data  # no prefix at all: writers that put plain text there
    return decode(body.split(b"\x00", 1)[0])


def _decode_utf16(body: bytes, *, big_endian: bool) -> str:
    body = body[: len(body) & ~1]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace").split("\x00", 1)[0]
    # the specification leaves the byte order open; ASCII letters show which it is
    zeros_first, zeros_second = body[0::2].count(0), body[1::2].count(0)
    if zeros_first != zeros_second:
        big_endian = zeros_first > zeros_second
    return body.decode("utf-16-be" if big_endian else "utf-16-le", "replace").split("\x00", 1)[0]


def _decode_japanese(body: bytes) -> str:
    for encoding in ("iso2022_jp", "shift_jis", "euc_jp"):
        try:
            return body.rstrip(b"\x00 ").decode(encoding)
        except UnicodeDecodeError:
            continue
    return decode(body)
