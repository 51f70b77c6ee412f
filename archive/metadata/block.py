"""The TIFF structure of an EXIF block, walked by hand and cut down to the tags that are read.

The decoder library is given only a small block written here: it then meets no loop, no thumbnail, no maker
note, no table of thousands of numbers and no pointer outside, on all of which it has been seen to raise, to
hang or to take hundreds of megabytes; and one bad entry costs that entry alone.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archive.metadata.source import Source

UNIT = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
    129: 1,
}
ENTRY_HEADS = {order: struct.Struct(order + "HHI") for order in "<>"}
OFFSETS = {order: struct.Struct(order + "I") for order in "<>"}
LONG, UTF8 = 4, 129  # 129 came with Exif 3.0
TEXT_KINDS = frozenset((2, UTF8))
WHOLE = {
    1: "B",
    3: "H",
    4: "I",
    8: "h",
    9: "i",
    13: "I",
    16: "Q",
    18: "Q",
}  # some writers sign their pointers
MOST_ENTRIES = 2048  # of one directory; the largest honest ones have about a hundred
MOST_NUMBERS = 64
MOST_TEXT = 65_536
EXIF_POINTER, GPS_POINTER = 0x8769, 0x8825
POINTERS = frozenset((EXIF_POINTER, GPS_POINTER))

IMAGE_TAGS = frozenset(
    (0x010E, 0x010F, 0x0110, 0x0112, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298, 0x9003, 0x9004, 0xC62F)
)
# fmt: off
EXIF_TAGS = frozenset((
    0x010F, 0x0110, 0x829A, 0x829D, 0x8822, 0x8827, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9204, 0x9206,
    0x9207, 0x9209, 0x920A, 0x9290, 0x9291, 0x9292, 0xA300, 0xA405, 0xA406, 0xA420, 0xA430, 0xA431,
    0xA432, 0xA433, 0xA434, 0xA435, 0xA436, 0xA437,
))
# fmt: on
GPS_TAGS = frozenset(range(0x1, 0x20)) - {0x17, *range(0x19, 0x1D), 0x1E}
# text under types that do not say so: UserComment and the XP* tags of Windows
USER_COMMENT = 0x9286
WIDE_TEXTS = frozenset((0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F))
BYTE_TEXTS = WIDE_TEXTS | {USER_COMMENT}


class Entry(NamedTuple):
    tag: int
    kind: int
    number: int
    inline: bytes


@dataclass(slots=True)
class Walker:
    source: Source
    order: str
    first: int
    big: bool = False
    faults: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, source: Source) -> Walker | None:
        """Read the header; None when it is not that of a TIFF."""
        head = source.read(0, 16)
        order = {b"II": "<", b"MM": ">"}.get(head[:2])
        if order is None or len(head) < 8:
            return None
        magic, first = struct.unpack(order + "HI", head[2:8])
        if magic == 43 and len(head) == 16:
            return cls(source, order, struct.unpack(order + "Q", head[8:])[0], big=True)
        return cls(source, order, first)

    def directory(self, offset: int, tags: frozenset[int]) -> list[Entry]:
        """Return a directory's entries with one of the tags, as many as are there and allowed."""
        count_form, entry_form = ("Q", "HHQ8s") if self.big else ("H", "HHI4s")
        count_size, entry_size = struct.calcsize("<" + count_form), struct.calcsize("<" + entry_form)
        head = self.source.read(offset, count_size)
        if len(head) < count_size or offset < 8:
            self.faults.append(f"no directory at byte {offset}")
            return []
        (count,) = struct.unpack(self.order + count_form, head)
        if count > MOST_ENTRIES:
            self.faults.append(f"a directory claims {count} entries")
        body = self.source.read(offset + count_size, min(count, MOST_ENTRIES) * entry_size)
        if len(body) < min(count, MOST_ENTRIES) * entry_size:
            self.faults.append(f"the directory at byte {offset} is cut")
        body = body[: len(body) // entry_size * entry_size]
        entries = struct.iter_unpack(self.order + entry_form, body)
        return [Entry(*fields) for fields in entries if fields[0] in tags]

    def value(self, entry: Entry, limit: int) -> bytes:
        """Return the value's bytes, no more than `limit`; empty when it lies outside the block."""
        size = UNIT.get(entry.kind, 0) * entry.number
        if size <= len(entry.inline):
            return entry.inline[:size]
        offset = int.from_bytes(entry.inline, "little" if self.order == "<" else "big")
        return self.source.read(offset, min(size, limit))

    def numbers(self, entry: Entry | None) -> list[int]:
        if entry is None or entry.kind not in WHOLE:
            return []
        unit = UNIT[entry.kind]
        body = self.value(entry, MOST_NUMBERS * unit)
        body = body[: len(body) // unit * unit]
        return [number for (number,) in struct.iter_unpack(self.order + WHOLE[entry.kind], body)]

    def number(self, entry: Entry | None) -> int | None:
        return next(iter(self.numbers(entry)), None)


Texts = dict[tuple[str, int], bytes]
Values = dict[int, tuple[int, int, bytes]]  # tag: (kind, count, bytes)
FOLLOWED = {"EXIF": EXIF_TAGS | BYTE_TEXTS, "GPS": GPS_TAGS}


@dataclass(slots=True)
class Block:
    """A small TIFF block of numbers for the decoder, and the texts as bytes by directory and tag."""

    data: bytes
    texts: Texts
    faults: list[str]
    big_endian: bool


def distil(source: Source) -> Block | None:
    """Write a small block with the readable, wanted entries of `source`; None when it is no TIFF block."""
    walker = Walker.begin(source)
    if walker is None:
        return None
    texts: Texts = {}
    top = walker.directory(walker.first, IMAGE_TAGS | BYTE_TEXTS | POINTERS)
    pointers = {e.tag: walker.number(e) for e in top if e.tag in POINTERS}
    image = _wanted(walker, top, "Image", texts)
    exif = _follow(walker, pointers.get(EXIF_POINTER), "EXIF", texts)
    gps = _follow(walker, pointers.get(GPS_POINTER), "GPS", texts)
    data = _write(walker.order, image, exif, gps) if image or exif or gps else b""
    return Block(data, texts, walker.faults, walker.order == ">")


def _follow(walker: Walker, offset: int | None, name: str, texts: Texts) -> Values:
    if offset is None:
        return {}
    return _wanted(walker, walker.directory(offset, FOLLOWED[name]), name, texts)


def _wanted(walker: Walker, entries: list[Entry], name: str, texts: Texts) -> Values:
    """Return the numbers, put the texts (whose encoding is their own affair) among `texts`."""
    values: Values = {}
    for entry in entries:
        tag, kind, number, _ = entry
        if tag in values or (name, tag) in texts or tag in POINTERS or not number:
            continue
        unit = UNIT.get(kind)
        if unit is None or 13 < kind != UTF8:
            walker.faults.append(f"tag 0x{tag:04X} has the unknown type {kind}")
            continue
        text = kind in TEXT_KINDS or tag in BYTE_TEXTS
        body = walker.value(entry, MOST_TEXT if text else MOST_NUMBERS * unit)
        count = len(body) // unit
        if not count or (count < number and not text and count < MOST_NUMBERS):
            walker.faults.append(f"tag 0x{tag:04X} lies outside the block")
        elif text:
            texts[name, tag] = body
        else:
            values[tag] = (kind, count, body[: count * unit])
    return values


def _write(order: str, image: Values, exif: Values, gps: Values) -> bytes:
    """Lay three directories out one after the other, each with its values behind it."""
    image = dict(image)
    first = 8
    exif_at = first + _space(image) + 12 * (bool(exif) + bool(gps))
    gps_at = exif_at + (_space(exif) if exif else 0)
    if exif:
        image[EXIF_POINTER] = (LONG, 1, struct.pack(order + "I", exif_at))
    if gps:
        image[GPS_POINTER] = (LONG, 1, struct.pack(order + "I", gps_at))
    header = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, first)
    directories = [(image, first)]
    directories += [(values, at) for values, at in ((exif, exif_at), (gps, gps_at)) if values]
    return header + b"".join(_lay_out(order, values, at) for values, at in directories)


def _space(values: Values) -> int:
    long_values = sum(len(body) + (len(body) & 1) for _, _, body in values.values() if len(body) > 4)
    return 6 + 12 * len(values) + long_values


def _lay_out(order: str, values: Values, at: int) -> bytes:
    entries, bodies = [struct.pack(order + "H", len(values))], []
    entry_form, offset_form = ENTRY_HEADS[order], OFFSETS[order]
    free = at + 6 + 12 * len(values)
    for tag in sorted(values):
        kind, count, body = values[tag]
        if len(body) <= 4:
            place = body.ljust(4, b"\x00")
        else:
            place = offset_form.pack(free)
            bodies.append(body + b"\x00" * (len(body) & 1))
            free += len(bodies[-1])
        entries.append(entry_form.pack(tag, kind, count) + place)
    return b"".join(entries) + b"\x00\x00\x00\x00" + b"".join(bodies)
