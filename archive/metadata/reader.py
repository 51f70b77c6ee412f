from __future__ import annotations

from typing import TYPE_CHECKING

from archive.metadata import exif, iptc, xmp
from archive.metadata.camera import Camera, camera
from archive.metadata.clock import clock
from archive.metadata.containers import isobmff, jpeg, png, tiff, webp
from archive.metadata.containers.parts import XMP_BYTES, Parts
from archive.metadata.drone import drone
from archive.metadata.notes import Notes
from archive.metadata.place import whereabouts
from archive.metadata.reading import Reading, Refused
from archive.metadata.sniff import HEAD_BYTES, sniff
from archive.metadata.source import Source, opened
from archive.metadata.witnesses import Witnesses
from archive.metadata.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_PIXELS = 100_000_000
TURNED = frozenset((5, 6, 7, 8))  # Exif 2.32, Orientation: rows and columns change places
PICTURE_FACTS = ("width", "height")


def read_file(path: Path, *, sidecars: Sequence[Path] = (), most_pixels: int = MOST_PIXELS) -> Reading:
    """Read what a file says about its photograph.

    1. Tell the format by the first bytes.
    2. Find the EXIF, XMP and IPTC blocks without decoding a pixel.
    3. Refuse pictures of more than `most_pixels`.
    4. Parse each block, and the sidecars' XMP.
    5. Ask them for each fact, keeping every answer with its tag.

    Raises `Refused` for formats not taken, empty files and too large pictures, OSError when the file itself
    cannot be read. Everything else that is wrong with it is a problem in the Reading.
    """
    with opened(path) as (source, sha256):
        suffix = path.suffix.lower()
        format_name = sniff(source.read(0, HEAD_BYTES), suffix)
        parts = read_parts(source, format_name, suffix)
        _refuse_giants(parts, most_pixels)
        witnesses = _witnesses(parts, sidecars)
        device = camera(witnesses)
        flight = drone(witnesses)
        where = whereabouts(witnesses, flight)
        when = clock(witnesses)
        said = words(witnesses)
        width, height = _displayed(parts, device)
        return Reading(
            sha256=sha256,
            byte_count=source.size,
            format=format_name,
            width=width,
            height=height,
            orientation=device.orientation,
            place=where.place,
            altitude_m=where.altitude_m,
            direction=where.direction,
            gps_time_utc=when.gps_time,
            taken=when.taken,
            taken_subsec=when.subsec,
            taken_offset=when.offset_text,
            offset_basis=when.offset_basis,
            make=device.make,
            model=device.model,
            serial=device.serial,
            software=device.software,
            lens=device.lens,
            focal_length_mm=device.focal_length_mm,
            focal_length_35mm=device.focal_length_35mm,
            exposure_s=device.exposure_s,
            aperture=device.aperture,
            iso=device.iso,
            flash_fired=device.flash_fired,
            title=said.title,
            caption=said.caption,
            creator=said.creator,
            credit=said.credit,
            rights=said.rights,
            identifier=said.identifier,
            source_type=said.source_type,
            keywords=said.keywords,
            people=said.people,
            drone=flight,
            statements=tuple(witnesses.notes.statements),
            problems=tuple(witnesses.notes.problems),
            not_asked=PICTURE_FACTS if format_name == "XMP" else (),
        )


def read_parts(source: Source, format_name: str, suffix: str) -> Parts:
    """Find the blocks of a file in a format that `sniff` named, without decoding a pixel."""
    if format_name == "JPEG":
        return jpeg.read(source)
    if format_name == "PNG":
        return png.read(source)
    if format_name == "TIFF":
        return tiff.read(source, suffix)
    if format_name == "WEBP":
        return webp.read(source)
    if format_name == "XMP":
        parts = Parts("XMP")
        parts.add_xmp(source.read(0, XMP_BYTES + 1))
        return parts
    return isobmff.read(source, format_name)


def _refuse_giants(parts: Parts, most_pixels: int) -> None:
    if parts.width and parts.height and parts.width * parts.height > most_pixels:
        raise Refused(
            "too_many_pixels",
            f"The picture has {parts.width} × {parts.height} pixels, more than the {most_pixels:,} allowed: "
            "deposit a smaller copy, or ask the administrator to raise the limit.",
            parts.format,
        )


def _witnesses(parts: Parts, sidecars: Sequence[Path]) -> Witnesses:
    notes = Notes()
    for code, message in parts.faults:
        notes.doubt(code, parts.format, message)
    if parts.format != "XMP" and not (parts.width and parts.height):
        notes.doubt("no_picture", parts.format, "No picture of a known size was found in the file.", "width")
    packets = [xmp.parse(data, "XMP") for data in parts.xmp]
    beside = [packet for path in sidecars if (packet := _sidecar(path, notes)) is not None]
    for packet in (*packets, *beside):
        if packet.fault is not None:
            notes.doubt("xmp_unreadable", packet.origin, f"The XMP packet was not read whole. {packet.fault}")
    datasets = iptc.parse(parts.iptc) if parts.iptc is not None else {}
    return Witnesses(
        exif.read(parts.exif, notes), packets, beside, datasets, notes, dict(reversed(parts.texts))
    )


def _sidecar(path: Path, notes: Notes) -> xmp.Packet | None:
    try:
        with path.open("rb") as file:
            data = file.read(XMP_BYTES + 1)
    except OSError as error:
        notes.doubt(
            "sidecar_unreadable", path.name, f"The file beside it could not be read: {error.strerror}."
        )
        return None
    if len(data) > XMP_BYTES:
        notes.doubt("xmp_too_large", path.name, "The file beside it is too large; it was not read.")
        return None
    return xmp.parse(data, "sidecar")


def _displayed(parts: Parts, device: Camera) -> tuple[int | None, int | None]:
    if not parts.upright and device.orientation in TURNED:
        return parts.height, parts.width
    return parts.width, parts.height
