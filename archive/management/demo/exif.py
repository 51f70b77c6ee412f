"""Encoding a picture with what a camera would have written into it: EXIF through Pillow, XMP as text."""

import io
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True)
class Tags:
    """What goes into the file. Angles in degrees, lengths in metres; None and "" are left out.

    `taken` is naive local civil time and `offset` the camera's zone ("+01:00"); `fixed_at` is aware.
    """

    model: str
    taken: datetime | None = None
    offset: str = ""
    subsecond: str = ""
    orientation: int = 1
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    accuracy: float | None = None
    direction: float | None = None
    reference: str = "T"
    fixed_at: datetime | None = None
    description: str = ""
    copyright: str = ""


def encode(
    picture: Image.Image, form: str, *, tags: Tags | None = None, xmp: str = "", quality: int = 80
) -> bytes:
    """Return the picture as a file of that form (JPEG, PNG, TIFF, WebP) with the tags and XMP given."""
    more: dict[str, object] = {}
    if tags is not None:
        more["exif"] = _exif(tags).tobytes()
    if xmp:
        more["xmp"] = xmp.encode()
    if form in ("JPEG", "WebP"):
        more["quality"] = quality
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def _exif(tags: Tags) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Generated", tags.model, "Whence demo drawing"
    exif[0x0112] = tags.orientation
    if tags.description:
        exif[0x010E] = tags.description
    if tags.copyright:
        exif[0x8298] = tags.copyright
    detail = exif.get_ifd(_EXIF_IFD)
    if tags.taken is not None:
        written = f"{tags.taken:%Y:%m:%d %H:%M:%S}"
        exif[0x0132] = detail[0x9003] = detail[0x9004] = written
        if tags.offset:
            detail[0x9010] = detail[0x9011] = detail[0x9012] = tags.offset
        if tags.subsecond:
            detail[0x9291] = detail[0x9292] = tags.subsecond
    if tags.latitude is not None and tags.longitude is not None:
        exif.get_ifd(_GPS_IFD).update(_position(tags, tags.latitude, tags.longitude))
    return exif


def _position(tags: Tags, latitude: float, longitude: float) -> dict[int, object]:
    gps: dict[int, object] = {
        0: b"\x02\x03\x00\x00",
        1: "S" if latitude < 0 else "N",
        2: _sexagesimal(latitude),
        3: "W" if longitude < 0 else "E",
        4: _sexagesimal(longitude),
        18: "WGS-84",
    }
    if tags.altitude is not None:
        gps[5], gps[6] = (b"\x01" if tags.altitude < 0 else b"\x00"), _ratio(abs(tags.altitude), 10)
    if tags.direction is not None:
        gps[16], gps[17] = tags.reference, _ratio(tags.direction % 360, 100)
    if tags.accuracy is not None:
        gps[31] = _ratio(tags.accuracy, 10)
    if tags.fixed_at is not None:
        at = tags.fixed_at.astimezone(UTC)
        gps[29] = f"{at:%Y:%m:%d}"
        gps[7] = (_ratio(at.hour, 1), _ratio(at.minute, 1), _ratio(at.second, 1))
    return gps


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Split degrees into degrees, minutes and seconds, to a ten-thousandth of a second (3 mm)."""
    parts = round(abs(degrees) * 36_000_000)
    return (
        _ratio(parts // 36_000_000, 1),
        _ratio(parts // 600_000 % 60, 1),
        IFDRational(parts % 600_000, 10_000),
    )


def _ratio(value: float, scale: int) -> IFDRational:
    return IFDRational(math.floor(value * scale + 0.5), scale)


def write_xmp(
    *,
    title: str = "",
    description: str = "",
    creator: str = "",
    rights: str = "",
    keywords: tuple[str, ...] = (),
    drone: dict[str, str] | None = None,
) -> str:
    """Return an XMP packet with Dublin Core properties and, for a drone, attributes in its maker's manner."""
    body = ""
    for name, text in (("title", title), ("description", description), ("rights", rights)):
        if text:
            item = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
            body += f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"
    if creator:
        body += f"<dc:creator><rdf:Seq><rdf:li>{escape(creator)}</rdf:li></rdf:Seq></dc:creator>"
    if keywords:
        items = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in keywords)
        body += f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>"
    flown = "".join(f" drone-dji:{name}={quoteattr(value)}" for name, value in (drone or {}).items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:dc="{_DC}" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/"{flown}>'
        f'{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
