"""Where: GPS tags, else XMP, else the drone's own XMP. Impossible values are problems, never values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.metadata.drone import GIMBAL
from archive.metadata.numbers import number
from archive.values.direction import Direction, Reference
from archive.values.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.metadata.notes import Notes
    from archive.metadata.reading import Drone
    from archive.metadata.witnesses import Witnesses
    from archive.metadata.xmp import Packet

LOWEST_M, HIGHEST_M = -1_000.0, 1_000_000.0  # no camera with a GPS has been outside
WIDEST_ACCURACY_M = 20_040_000.0  # half the earth's circumference: says nothing any more
ACCURACY_TAG = "GPS Tag 0x001F"  # as exifread calls what it has no name for
ACCURACY_NAME = "GPS GPSHPositioningError"  # its name in Exif 2.31
FIX_TAGS = ("GPS GPSDate", "GPS GPSTimeStamp", "GPS GPSSatellites", "GPS GPSStatus", "GPS GPSDOP")
WGS84_NAMES = frozenset(("", "WGS84", "WGS1984", "EPSG4326"))
_XMP_ANGLE = re.compile(r"\s*([\d.]+)(?:,([\d.]+))?(?:,([\d.]+))?\s*([NSEWnsew])?\s*\Z")
_ANGLE_TEXT = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    place: Place | None
    altitude_m: float | None
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class _Angle:
    """One coordinate as a witness gives it; degrees None when it gives something unreadable."""

    tag: str
    raw: str
    degrees: float | None
    reference: str
    signed: bool = False  # the number carries its own hemisphere


def whereabouts(witnesses: Witnesses, drone: Drone | None) -> Whereabouts:
    """Read place, altitude and direction; every witness is noted, the first that holds is taken."""
    place = None
    for latitude, longitude, has_fix in _positions(witnesses):
        found = _place(latitude, longitude, witnesses.notes, has_fix=has_fix)
        place = place or found
    accuracy = _accuracy(witnesses)
    if place is not None and accuracy is not None:
        place = Place(place.latitude, place.longitude, accuracy)
    return Whereabouts(place, _altitude(witnesses), _direction(witnesses, drone))


def _positions(witnesses: Witnesses) -> Iterator[tuple[_Angle | None, _Angle | None, bool]]:
    exif = witnesses.exif
    has_fix = any(tag in exif for tag in FIX_TAGS) or any(
        number(v) for v in exif.values("GPS GPSAltitude")[:1]
    )
    yield _from_exif(witnesses, "Latitude"), _from_exif(witnesses, "Longitude"), has_fix
    for packet in witnesses.xmp:
        fixed = packet.first("exif:GPSTimeStamp") is not None or bool(
            number(packet.first("exif:GPSAltitude"))
        )
        yield _from_xmp(packet, "Latitude"), _from_xmp(packet, "Longitude"), fixed
    for packet in witnesses.xmp:
        yield (
            _from_drone(packet, ("GpsLatitude", "Latitude")),
            _from_drone(packet, ("GpsLongitude", "GpsLongtitude", "Longitude")),
            True,
        )
    datum = exif.text("GPS GPSMapDatum") or ""
    if re.sub(r"[^A-Z0-9]", "", datum.upper()) not in WGS84_NAMES:
        witnesses.notes.say("datum", "GPS GPSMapDatum", datum)
        witnesses.notes.doubt(
            "gps_datum",
            "GPS GPSMapDatum",
            f"The coordinates are on {datum!r}, not WGS 84; they may be off by hundreds of metres.",
        )


def _from_exif(witnesses: Witnesses, axis: str) -> _Angle | None:
    tag = f"GPS GPS{axis}"
    if tag not in witnesses.exif:
        return None
    reference = witnesses.exif.text(f"{tag}Ref") or ""
    if reference:
        witnesses.notes.say(f"{axis.lower()}_ref", f"{tag}Ref", witnesses.exif.raw(f"{tag}Ref"))
    degrees = _degrees(witnesses.exif.values(tag))
    return _Angle(tag, witnesses.exif.raw(tag), degrees, reference)


def _degrees(values: list[Any]) -> float | None:
    """Add up degrees, minutes and seconds; seconds of 0/0 count as none, degrees and minutes may not be."""
    if len(values) == 1 and isinstance(values[0], str):
        values = _split(values[0])
    if not 1 <= len(values) <= 3:
        return None
    parts = [number(value) for value in values]
    if len(parts) == 3 and parts[2] is None:
        parts.pop()
    total = 0.0
    for part, unit in zip(parts, (1, 60, 3600), strict=False):
        if part is None:
            return None
        total += part / unit
    return total


def _split(text: str) -> list[str]:
    """Part an angle written as text; six numbers are three with decimal commas ("52,00,50,00,34,01")."""
    parts = _ANGLE_TEXT.findall(text)
    if len(parts) == 6 and text.count(",") == 5:
        return [f"{whole}.{rest}" for whole, rest in zip(parts[::2], parts[1::2], strict=True)]
    return list(parts)


def _from_xmp(packet: Packet, axis: str) -> _Angle | None:
    path = f"exif:GPS{axis}"
    text = packet.first(path)
    if text is None:
        return None
    beside = packet.first(f"{path}Ref") or ""
    plain = number(text)
    if plain is not None:  # decimal degrees: a minus sign says the hemisphere, a plus does not
        return _Angle(packet.tag(path), text, plain, beside, signed=plain < 0 and not beside)
    match = _XMP_ANGLE.match(text)
    degrees = _degrees([part for part in match.groups()[:3] if part]) if match else None
    return _Angle(packet.tag(path), text, degrees, (match[4] if match else "") or beside)


def _from_drone(packet: Packet, names: tuple[str, ...]) -> _Angle | None:
    for name in names:
        path = f"drone-dji:{name}"
        text = packet.first(path)
        if text is not None:
            return _Angle(packet.tag(path), text, number(text), "", signed=True)
    return None


def _place(latitude: _Angle | None, longitude: _Angle | None, notes: Notes, *, has_fix: bool) -> Place | None:
    for fact, angle in (("latitude", latitude), ("longitude", longitude)):
        if angle is not None:
            notes.say(fact, angle.tag, angle.raw)
    if latitude is None or longitude is None:
        half = latitude or longitude
        if half is not None:
            notes.doubt("gps_incomplete", half.tag, "Only one of latitude and longitude is there.", "place")
        return None
    north = _signed(latitude, "N", "S", 90, notes)
    east = _signed(longitude, "E", "W", 180, notes)
    if north is None or east is None:
        return None
    if north == 0 and east == 0 and not has_fix:
        notes.doubt(
            "gps_null_island",
            latitude.tag,
            "0, 0 with nothing else about a fix: most likely a receiver that had none.",
        )
    return Place(north, east)


def _signed(angle: _Angle, plus: str, minus: str, most: int, notes: Notes) -> float | None:
    if angle.degrees is None:
        notes.doubt("gps_unreadable", angle.tag, f"{angle.raw!r} is no angle.", "place")
        return None
    if abs(angle.degrees) > most:
        notes.doubt("gps_out_of_range", angle.tag, f"{angle.raw} is beyond {most} degrees.", "place")
        return None
    letter = angle.reference[:1].upper()
    if angle.signed:
        return angle.degrees
    if letter not in (plus, minus):
        notes.doubt(
            "gps_no_reference",
            angle.tag,
            f"{angle.raw} without {plus} or {minus}: the hemisphere is not known.",
            "place",
        )
        return None
    if letter == minus and angle.degrees > 0:
        return -angle.degrees
    return angle.degrees


def _accuracy(witnesses: Witnesses) -> float | None:
    for tag, raw, value in _numbers(witnesses, ACCURACY_TAG, "exif:GPSHPositioningError"):
        named = ACCURACY_NAME if tag == ACCURACY_TAG else tag
        witnesses.notes.say("accuracy_m", named, raw)
        if value is not None and 0 <= value < WIDEST_ACCURACY_M:
            return value
        witnesses.notes.doubt("accuracy_unreadable", named, f"{raw} is no accuracy in metres.", "place")
    return None


def _altitude(witnesses: Witnesses) -> float | None:
    taken = None
    for tag, raw, value in _numbers(
        witnesses, "GPS GPSAltitude", "exif:GPSAltitude", "drone-dji:AbsoluteAltitude"
    ):
        witnesses.notes.say("altitude_m", tag, raw)
        if value is None:
            witnesses.notes.doubt("altitude_unreadable", tag, f"{raw} is no altitude.", "altitude_m")
            continue
        metres = -value if value > 0 and _is_below(witnesses, tag) else value
        if not LOWEST_M <= metres <= HIGHEST_M:
            witnesses.notes.doubt(
                "altitude_out_of_range", tag, f"{metres:g} m is not an altitude on earth.", "altitude_m"
            )
        elif taken is None:
            taken = metres
    return taken


def _is_below(witnesses: Witnesses, tag: str) -> bool:
    """Exif 2.32 GPSAltitudeRef: 1 is below sea level; Exif 3.0 adds 3, below the ellipsoid."""
    if tag.startswith("GPS"):
        values = witnesses.exif.values("GPS GPSAltitudeRef")
        return bool(values) and (values[0] in (1, 3) or str(values[0]).strip() in ("1", "3", "\x01"))
    if tag.endswith("AbsoluteAltitude"):
        return False
    packet = next((p for p in witnesses.xmp if p.tag("exif:GPSAltitude") == tag), None)
    return packet is not None and packet.first("exif:GPSAltitudeRef") in ("1", "3")


def _direction(witnesses: Witnesses, drone: Drone | None) -> Direction | None:
    notes, exif = witnesses.notes, witnesses.exif
    for tag, raw, value in _numbers(witnesses, "GPS GPSImgDirection", "exif:GPSImgDirection"):
        notes.say("direction_deg", tag, raw)
        if value is None or not 0 <= value <= 360:
            code = "direction_unreadable" if value is None else "direction_out_of_range"
            notes.doubt(code, tag, f"{raw} is no direction between 0 and 360 degrees.", "direction")
            continue
        said = (
            exif.text(f"{tag}Ref") if tag.startswith("GPS") else _beside(witnesses, "exif:GPSImgDirectionRef")
        )
        if said:
            notes.say("direction_ref", f"{tag}Ref", said)
        return Direction(value % 360, _reference(said))
    if drone is not None and drone.gimbal_yaw_deg is not None:
        for packet in witnesses.xmp:
            if (yaw := packet.first(GIMBAL[0])) is not None:
                notes.say("direction_deg", packet.tag(GIMBAL[0]), yaw)
                break
        return Direction(drone.gimbal_yaw_deg % 360 % 360)  # twice: a tiny negative yaw rounds up to 360
    return None


def _reference(said: str | None) -> Reference | None:
    letter = (said or "")[:1].upper()
    if letter == "T":
        return "T"
    return "M" if letter == "M" else None


def _beside(witnesses: Witnesses, path: str) -> str | None:
    return next((text for packet in witnesses.xmp if (text := packet.first(path)) is not None), None)


def _numbers(witnesses: Witnesses, tag: str, *paths: str) -> Iterator[tuple[str, str, float | None]]:
    """Yield tag, raw text and number from EXIF, then from every packet."""
    values = witnesses.exif.values(tag)
    if values:
        yield tag, witnesses.exif.raw(tag), number(values[0])
    for path in paths:
        for packet in witnesses.xmp:
            text = packet.first(path)
            if text is not None:
                yield packet.tag(path), text, number(text)
