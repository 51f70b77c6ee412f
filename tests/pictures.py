"""Pictures that tests draw themselves: small, distinct, and telling which way is up."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import count

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (240, 240, 240)
_numbers = count(1)


def upright(width: int = 120, height: int = 80) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image


def corners(image: Image.Image) -> list[str]:
    """Name the colours of the four quarters, row by row."""
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white"}
    image = image.convert("RGB")
    w, h = image.size
    spots = [(w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4)]
    found = []
    for spot in spots:
        pixel = image.getpixel(spot)
        assert isinstance(pixel, tuple)
        nearest = min(names, key=lambda c: sum((a - b) ** 2 for a, b in zip(c, pixel, strict=True)))
        found.append(names[nearest])
    return found


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def a_jpeg(*, exif: Image.Exif | None = None, size: tuple[int, int] = (120, 80), **options) -> bytes:
    """Return a JPEG unlike every other one of the test run."""
    image = upright(*size)
    number = next(_numbers)
    image.putpixel((0, 0), (number % 256, number // 256 % 256, number // 65536))
    if exif is not None:
        options["exif"] = exif
    return encoded(image, comment=f"picture {number}".encode(), **options)


def exif_of(
    *, taken: str = "", latitude: float | None = None, longitude: float | None = None, orientation: int = 0
) -> Image.Exif:
    """EXIF with a clock and a position, as a camera writes it; south and west are negative."""
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "Drawn", "By A Test"
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if latitude is not None and longitude is not None:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "S" if latitude < 0 else "N", _degrees(abs(latitude))
        gps[3], gps[4] = "W" if longitude < 0 else "E", _degrees(abs(longitude))
    return exif


def a_sidecar(*, latitude: str = "51,30.0N", longitude: str = "0,7.5W", title: str = "") -> bytes:
    text = (
        f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>"
        if title
        else ""
    )
    return (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        f" exif:GPSLatitude='{latitude}' exif:GPSLongitude='{longitude}'>{text}</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def a_huge_header(width: int, height: int) -> bytes:
    """A PNG that announces more pixels than it has bytes for."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", body)
        + _chunk(b"IDAT", zlib.compress(bytes(100)))
        + _chunk(b"IEND", b"")
    )


def swapped_profile() -> bytes:
    """An ICC profile like sRGB whose red and green have changed places, so that following it shows."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = {}
    for n in range(struct.unpack_from(">I", profile, 128)[0]):
        name, offset, _size = struct.unpack_from(">4sII", profile, 132 + 12 * n)
        entries[name] = (132 + 12 * n, offset)
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    struct.pack_into(">I", profile, red[0] + 4, green[1])
    struct.pack_into(">I", profile, green[0] + 4, red[1])
    description = entries[b"desc"][1]
    at = profile.find("sRGB".encode("utf-16-be"), description)
    if at >= 0:
        profile[at : at + 8] = "Odd ".encode("utf-16-be")
    return bytes(profile)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return (float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 5))
