"""Reading what people type for a value: points, lengths, directions. Complaints name the field."""

from __future__ import annotations

import re

from archive.values.coordinates import CoordinatesError, decimal_text, parse_coordinates
from archive.values.direction import Direction, Reference
from archive.values.place import Place
from archive.values.shapes import MOST_POINTS, Points

FARTHEST_M = 20_000_000  # half way round the earth
UNITS = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "nmi": 1852.0}
"""Metres in each; the mile is the international one, the nautical mile that of the BIPM."""

_LENGTH = re.compile(r"(?:±\s*)?(\d{1,9}(?:[.,]\d{1,6})?)\s*([a-z]*)", re.IGNORECASE)
_POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_LETTERS = {"north": "N", "east": "E", "south": "S", "west": "W"}


class UnreadError(ValueError):
    """What was typed in `field` cannot be read; the message says what to write instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def metres(text: str, field: str, unit: str = "m") -> float:
    """Read "30", "30 m", "2 km", "1,5 mi"; a bare number is in `unit`."""
    match = _LENGTH.fullmatch(text.strip())
    factor = UNITS.get(match[2].lower() or unit) if match else None
    if match is None or factor is None:
        raise UnreadError(field, "Write a length, for example 30 m or 2 km.")
    length = float(match[1].replace(",", ".")) * factor
    if length > FARTHEST_M:
        raise UnreadError(field, "That is more than half way round the earth: check the unit.")
    return length


def point(text: str, radius: str) -> Place:
    try:
        found = parse_coordinates(text)
    except CoordinatesError as wrong:
        raise UnreadError("coordinates", str(wrong)) from wrong
    stated = metres(radius, "radius") if radius.strip() else found.radius_m
    return Place(found.latitude, found.longitude, stated)


def points(text: str, field: str, *, least: int) -> Points:
    """Read one point a line, in any notation of `parse_coordinates`.

    Longitudes run on past 180 where the way from point to point crosses the antimeridian.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) < least:
        raise UnreadError(field, f"Draw or write at least {least} points, one a line, as 40.1290, 124.3940.")
    if len(lines) > MOST_POINTS:
        raise UnreadError(field, f"Keep it to {MOST_POINTS} points or fewer: nobody's doubt is that fine.")
    found: list[tuple[float, float]] = []
    for number, line in lines:
        try:
            place = parse_coordinates(line)
        except CoordinatesError as wrong:
            raise UnreadError(field, f"Line {number}: {wrong}") from wrong
        found.append((place.latitude, _running_on(place.longitude, found)))
    if len(found) > least and found[0] == found[-1]:
        found.pop()  # a ring that was closed by hand
    return tuple(found)


def points_text(shape: Points) -> str:
    """Write it as `points` reads it."""
    return "\n".join(decimal_text(Place(lat, (lon + 180) % 360 - 180)) for lat, lon in shape)


def direction(text: str, north: str, width: str) -> Direction:
    """Read "45", "45°", "NNE", "north-east"; north is "T", "M" or "" where nobody said which."""
    folded = text.strip().lower().rstrip("°").strip()
    reference: Reference | None = "T" if north == "T" else "M" if north == "M" else None
    try:
        degrees = float(folded.replace(",", ".")) if folded[:1].isdigit() else _compass(folded)
    except ValueError:
        raise UnreadError(
            "degrees", "Write degrees from north, clockwise (45), or a compass word (north-east, NNE)."
        ) from None
    if not (0 <= degrees <= 360):
        raise UnreadError("degrees", "Degrees run from 0 (north) clockwise to 360.")
    return Direction(degrees % 360, reference, _view(width))


def _compass(words: str) -> float:
    for name, letter in _LETTERS.items():
        words = words.replace(name, letter)
    return _POINTS.index(re.sub(r"[\s-]", "", words).upper()) * 22.5


def _view(text: str) -> float | None:
    clean = text.strip().rstrip("°").strip().replace(",", ".")
    if not clean:
        return None
    try:
        wide = float(clean)
    except ValueError:
        wide = -1
    if not (0 < wide <= 360):
        raise UnreadError("view", "Write how many degrees wide the picture is, for example 65, or nothing.")
    return wide


def _running_on(longitude: float, before: list[tuple[float, float]]) -> float:
    if before:
        turns = round((before[-1][1] - longitude) / 360)
        return longitude + 360 * turns if -360 <= longitude + 360 * turns <= 360 else longitude
    return longitude
