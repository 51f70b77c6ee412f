"""EXIF tags by the names exifread gives them ("GPS GPSLatitude"), decoded from a small block of our own."""

from __future__ import annotations

import io
import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import exifread
from exifread.tags.exif import EXIF_TAGS, GPS_TAGS

from archive.metadata import block as tiff_block
from archive.metadata.text import clean, decode, decode_user_comment, decode_wide, raw

if TYPE_CHECKING:
    from archive.metadata.notes import Notes
    from archive.metadata.source import Source

logging.getLogger("exifread").setLevel(logging.CRITICAL)  # what it finds wrong is reported as problems


class Exif:
    """The tags of one block. `values` are lists of numbers and ratios, or text."""

    def __init__(self, tags: dict[str, Any], texts: dict[str, str]) -> None:
        self._tags = tags
        self._texts = texts

    def __contains__(self, tag: str) -> bool:
        return tag in self._tags or tag in self._texts

    def tags(self) -> set[str]:
        return {*self._tags, *self._texts}

    def raw(self, tag: str) -> str:
        """Return the text shown beside the fact: the values as written, before any reading."""
        if tag in self._texts:
            return self._texts[tag]
        values = self._tags[tag].values
        return raw(values[0] if len(values) == 1 else values)

    def values(self, tag: str) -> list[Any]:
        """Return numbers and ratios; a text is one value."""
        if tag in self._texts:
            return [self._texts[tag]]
        return list(self._tags[tag].values) if tag in self._tags else []

    def text(self, tag: str) -> str | None:
        """Return cleaned text, None when the tag is absent, blank or no text."""
        if tag in self._texts:
            return clean(self._texts[tag])
        if tag not in self._tags:
            return None
        values = self._tags[tag].values
        if values and all(isinstance(value, int) and 0 <= value < 256 for value in values):
            return clean(decode(bytes(values).split(b"\x00", 1)[0]))
        return None


def read(source: Source | None, notes: Notes) -> Exif:
    """Decode a TIFF block; an unreadable one is a problem and has no tags."""
    if source is None:
        return Exif({}, {})
    distilled = tiff_block.distil(source)
    if distilled is None:
        notes.doubt("exif_unreadable", "EXIF", "The EXIF block does not begin like one; it was not read.")
        return Exif({}, {})
    for fault in distilled.faults[:10]:
        notes.doubt("exif_damaged", "EXIF", f"Part of the EXIF block could not be read: {fault}.")
    texts = {
        _name(directory, tag): _text(tag, data, big_endian=distilled.big_endian)
        for (directory, tag), data in distilled.texts.items()
    }
    if not distilled.data:
        return Exif({}, texts)
    try:
        tags = exifread.process_file(io.BytesIO(distilled.data), details=False, extract_thumbnail=False)
    except Exception as error:  # noqa: BLE001 - the library raises eight kinds of exception on bad blocks
        notes.doubt("exif_unreadable", "EXIF", f"The EXIF block could not be read: {type(error).__name__}.")
        return Exif({}, texts)
    return Exif(tags, texts)


@lru_cache(1024)
def _name(directory: str, tag: int) -> str:
    """Return the name the library gives a tag."""
    known = (GPS_TAGS if directory == "GPS" else EXIF_TAGS).get(tag)
    return f"{directory} {known[0]}" if known else f"{directory} Tag 0x{tag:04X}"


def _text(tag: int, data: bytes, *, big_endian: bool) -> str:
    if tag == tiff_block.USER_COMMENT:
        return decode_user_comment(data, big_endian=big_endian)
    if tag in tiff_block.WIDE_TEXTS:
        return decode_wide(data)
    return decode(data.split(b"\x00", 1)[0])
