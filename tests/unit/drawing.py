"""Files drawn by the tests: EXIF blocks tag by tag, and the smallest containers that hold them."""

from __future__ import annotations

import struct
import zlib
from fractions import Fraction
from pathlib import Path

from archive.metadata import Reading, read

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SLONG, SRATIONAL = 1, 2, 3, 4, 5, 7, 9, 10
FORMS = {BYTE: "B", SHORT: "H", LONG: "I", SLONG: "i", UNDEFINED: "B"}
NOTHING = (0, 0)  # the ratio 0/0
Entry = tuple[int, int, bytes]  # type, count, value


def text(value: str | bytes) -> Entry:
    data = (value.encode() if isinstance(value, str) else value) + b"\0"
    return ASCII, len(data), data


def raw(value: bytes, kind: int = UNDEFINED) -> Entry:
    return kind, len(value), value


def numbers(kind: int, *values: int, order: str = ">") -> Entry:
    return kind, len(values), struct.pack(f"{order}{len(values)}{FORMS[kind]}", *values)


def ratios(*values: float | tuple[int, int], order: str = ">", signed: bool = False) -> Entry:
    pairs = [
        v if isinstance(v, tuple) else Fraction(v).limit_denominator(10**6).as_integer_ratio() for v in values
    ]
    form = "ii" if signed else "II"
    data = b"".join(struct.pack(order + form, *pair) for pair in pairs)
    return SRATIONAL if signed else RATIONAL, len(values), data


def tiff(
    image: dict[int, Entry] | None = None,
    exif: dict[int, Entry] | None = None,
    gps: dict[int, Entry] | None = None,
    *,
    order: str = ">",
    pointer: int = LONG,
) -> bytes:
    """Lay out a TIFF block with the EXIF and GPS directories behind the first one."""
    image = dict(image or {})
    blocks = [(0x8769, exif), (0x8825, gps)]
    at = 8 + len(
        _directory(image | {tag: (pointer, 1, b"\0" * 4) for tag, entries in blocks if entries}, 8, order)
    )
    following = b""
    for tag, entries in blocks:
        if entries:
            image[tag] = (pointer, 1, struct.pack(order + "I", at + len(following)))
            following += _directory(entries, at + len(following), order)
    head = (b"MM" if order == ">" else b"II") + struct.pack(order + "HI", 42, 8)
    return head + _directory(image, 8, order) + following


def _directory(entries: dict[int, Entry], at: int, order: str) -> bytes:
    table, values = struct.pack(order + "H", len(entries)), b""
    free = at + 6 + 12 * len(entries)
    for tag, (kind, count, value) in sorted(entries.items()):
        place = value.ljust(4, b"\0")
        if len(value) > 4:
            place = struct.pack(order + "I", free + len(values))
            values += value + b"\0" * (len(value) % 2)
        table += struct.pack(order + "HHI", tag, kind, count) + place
    return table + b"\0" * 4 + values


def at_gps(
    latitude: tuple[object, ...], longitude: tuple[object, ...], north: str = "N", east: str = "E"
) -> dict[int, Entry]:
    """Return a GPS directory's four tags of a position."""
    return {
        1: text(north),
        2: ratios(*latitude),
        3: text(east),
        4: ratios(*longitude),
    }


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, width: int = 40, height: int = 30) -> bytes:
    """Return a JPEG of headers only: reading metadata decodes no pixel."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + bytes(9))
    return b"\xff\xd8" + b"".join(segments) + frame + segment(0xDA, bytes(10)) + b"\x00\xff\xd9"


def app_exif(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def app_xmp(packet: bytes | str) -> bytes:
    return segment(
        0xE1, b"http://ns.adobe.com/xap/1.0/\0" + (packet.encode() if isinstance(packet, str) else packet)
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, width: int = 40, height: int = 30) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def webp(*chunks: tuple[bytes, bytes], width: int = 40, height: int = 30) -> bytes:
    body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    parts = [(b"VP8X", body), *chunks]
    data = b"".join(k + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for k, b in parts)
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WEBP" + data


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def heif(
    exif: bytes | None = None, *, brand: bytes = b"heic", width: int = 40, height: int = 30, turns: int = 0
) -> bytes:
    """Return a HEIF whose picture has no data, turned by quarter turns as `irot` says, with an Exif item."""
    item = b"\0\0\0\0" + (exif or b"")
    head = box(b"ftyp", brand + b"\0\0\0\0" + brand + b"mif1")
    infe = box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 1, 0) + b"hvc1\0")
    infe += box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 2, 0) + b"Exif\0") if exif else b""
    properties = box(b"ispe", bytes(4) + struct.pack(">II", width, height)) + box(b"irot", bytes([turns]))
    ipma = box(b"ipma", bytes(4) + struct.pack(">IH", 1, 1) + bytes([2, 1, 2]))

    def meta(offset: int) -> bytes:
        iloc = bytes(4) + b"\x44\x00" + struct.pack(">H", 1)
        iloc += struct.pack(">HHHII", 2, 0, 1, offset, len(item))
        body = box(b"pitm", bytes(4) + struct.pack(">H", 1)) + box(b"iloc", iloc)
        body += box(b"iinf", bytes(4) + struct.pack(">H", 2 if exif else 1) + infe)
        return box(b"meta", bytes(4) + body + box(b"iprp", box(b"ipco", properties) + ipma))

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", item)


NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "drone-dji": "http://www.dji.com/drone-dji/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
}


def xmp(inner: str = "", **attributes: str) -> str:
    """Return a packet; attributes are spelt prefix__name, elements go into `inner`."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    simple = " ".join(
        f'{name.replace("__", ":").replace("drone_", "drone-")}="{value}"'
        for name, value in attributes.items()
    )
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {simple}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    )


def iptc(*datasets: tuple[int, int, bytes]) -> bytes:
    """Return an APP13 segment with an IPTC record of (record, dataset, value)."""
    record = b"".join(b"\x1c" + struct.pack(">BBH", r, n, len(value)) + value for r, n, value in datasets)
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(record)) + record
    return segment(0xED, b"Photoshop 3.0\0" + resource + b"\0" * (len(record) % 2))


def read_bytes(folder: Path, data: bytes, name: str = "photo.jpg") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}
