"""IPTC-IIM records (Information Interchange Model 4.2), application record 2."""

from __future__ import annotations

import struct

from archive.metadata.text import decode

MARKER = 0x1C
MOST_DATASETS = 5_000
LONGEST = 65_536
NAMES = {
    5: "ObjectName",
    25: "Keywords",
    40: "SpecialInstructions",
    55: "DateCreated",
    60: "TimeCreated",
    62: "DigitalCreationDate",
    63: "DigitalCreationTime",
    80: "By-line",
    85: "By-lineTitle",
    90: "City",
    92: "Sub-location",
    95: "Province-State",
    101: "Country",
    103: "OriginalTransmissionReference",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "CopyrightNotice",
    120: "Caption-Abstract",
    122: "Writer-Editor",
}
# ISO 2022 escape sequences in dataset 1:90
CHARACTER_SETS = {b"\x1b%G": "utf-8", b"\x1b%/I": "utf-8", b"\x1b.A": "latin-1", b"\x1b-A": "latin-1"}


def parse(data: bytes) -> dict[str, list[str]]:
    """Return the known datasets by name; stops quietly at the first byte that begins none."""
    found: dict[str, list[bytes]] = {}
    encoding: str | None = None
    offset = 0
    for _ in range(MOST_DATASETS):
        head = data[offset : offset + 5]
        if len(head) < 5 or head[0] != MARKER:
            break
        record, number, size = head[1], head[2], struct.unpack(">H", head[3:])[0]
        offset += 5
        if size & 0x8000:  # extended: the low bits say how many bytes hold the length
            width = size & 0x7FFF
            size = int.from_bytes(data[offset : offset + min(width, 8)], "big")
            offset += width
        body = data[offset : offset + min(size, LONGEST)]
        offset += size
        if record == 1 and number == 90:
            encoding = CHARACTER_SETS.get(body.strip())
        elif record == 2 and number in NAMES:
            found.setdefault(NAMES[number], []).append(body)
    return {name: [_text(body, encoding) for body in bodies] for name, bodies in found.items()}


def _text(body: bytes, encoding: str | None) -> str:
    if encoding is not None:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(body)
