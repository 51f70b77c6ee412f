"""EXIF tags by the names exifread gives them ("GPS GPSLatitude"), decoded from a small block of our own."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import exifread

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
            return raw(self._texts[tag])
        values = self._tags[tag].values
        if isinstance(values, list) and len(values) == 1:
            return raw(values[0])
        return raw(decode(values) if isinstance(values, bytes) else values)

    def values(self, tag: str) -> list[Any]:
        """Return numbers and ratios; a text is one value."""
        if tag not in self._tags:
            return []
        values = self._tags[tag].values
        return list(values) if isinstance(values, (list, tuple)) else [values]

    def text(self, tag: str) -> str | None:
        """Return cleaned text, None when the tag is absent, blank or no text."""
        if tag in self._texts:
            return clean(self._texts[tag])
        if tag not in self._tags:
            return None
        values = self._tags[tag].values
        if isinstance(values, bytes):
            return clean(decode(values))
        if isinstance(values, str):
            return clean(values)
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
        tag: decode_user_comment(data, big_endian=distilled.big_endian)
        if tag == "EXIF UserComment"
        else decode_wide(data)
        for tag, data in distilled.texts.items()
    }
    try:
        tags = exifread.process_file(io.BytesIO(distilled.data), details=False, extract_thumbnail=False)
    except Exception as error:  # noqa: BLE001 - the library raises eight kinds of exception on bad blocks
        notes.doubt("exif_unreadable", "EXIF", f"The EXIF block could not be read: {type(error).__name__}.")
        return Exif({}, texts)
    return Exif(tags, texts)
