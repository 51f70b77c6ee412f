"""How each filter is spelt in an address, both ways; a wrong one is answered with what to write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from archive.values.morton import EDGE_LATITUDE
from archive.values.place import Box, Place
from archive.values.ring import Corner, Ring
from archive.values.sight import USUAL_REACH_M, Sight

LONGEST_QUERY = 8000
MOST_FIELDS = 200
LONGEST_WORDS = 200
DECIMALS = 7  # 1e-7 degree is a centimetre
FARTHEST_M = 20_037_508  # half the equator

_LONGEST_SAID = 80
_RING_WRITTEN = "latitude,longitude;latitude,longitude;..."


class SelectionError(ValueError):
    """A filter nobody can apply; the message says what to write instead."""


def fields_of(query: str) -> dict[str, list[str]]:
    """Return each parameter's non-empty values, stripped. Raises SelectionError when there are too many."""
    if len(query) > LONGEST_QUERY:
        raise SelectionError(f"the address is longer than {LONGEST_QUERY} characters: use fewer filters")
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise SelectionError(f"more than {MOST_FIELDS} parameters: use fewer filters") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if not value.isprintable() and any(ord(char) < 32 and not char.isspace() for char in value):
            raise SelectionError(f"{name}= holds a control character: remove it")
        if value.strip():
            fields.setdefault(name, []).append(value.strip())
    return fields


def words_from(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_WORDS:
        raise SelectionError(f"q= is longer than {LONGEST_WORDS} characters: search for fewer words")
    return words


def box_from(text: str) -> Box | None:
    """Read `west,south,east,north`. Longitudes wrap; a box that holds the whole square map is no filter."""
    if not text:
        return None
    west, south, east, north = _numbers("bbox", text, ("west", "south", "east", "north"))
    if not (-90 <= south <= north <= 90):
        raise SelectionError(f"bbox={text}: south and north run from -90 to 90, south first")
    if east - west >= 360:
        west, east = -180.0, 180.0
    else:
        west, east = _wrapped(west), _wrapped(east)
    if (west, east) == (-180.0, 180.0) and south <= -EDGE_LATITUDE and north >= EDGE_LATITUDE:
        return None
    return Box(west, south, east, north)


def box_text(box: Box) -> str:
    return ",".join(_plain(side) for side in (box.west, box.south, box.east, box.north))


def near_from(text: str) -> Place | None:
    """Read `latitude,longitude,metres`."""
    if not text:
        return None
    latitude, longitude, metres = _numbers("near", text, ("latitude", "longitude", "metres"))
    if not -90 <= latitude <= 90:
        raise SelectionError(f"near={text}: the latitude comes first and runs from -90 to 90")
    if not 0 < metres <= FARTHEST_M:
        raise SelectionError(f"near={text}: the distance is in metres, more than 0 and at most {FARTHEST_M}")
    return Place(latitude, _wrapped(longitude), metres)


def near_text(place: Place) -> str:
    return ",".join(_plain(part) for part in (place.latitude, place.longitude, place.radius_m or 0.0))


def within_from(text: str) -> Ring | None:
    """Read `latitude,longitude;latitude,longitude;...`. The corner that closes the line is dropped."""
    if not text:
        return None
    corners: list[tuple[float, float]] = []
    for part in text.split(";"):
        latitude, longitude = _numbers("within", part, ("latitude", "longitude"), written=_RING_WRITTEN)
        if not corners or corners[-1] != (latitude, longitude):
            corners.append((latitude, longitude))
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    turn = math.floor((min(longitude for _, longitude in corners) + 180) / 360) * 360
    try:
        return _ring(tuple((north, round(east - turn, DECIMALS) + 0.0) for north, east in corners))
    except ValueError as error:
        raise SelectionError(f"within={_short(text)}: {error}") from error


@lru_cache(maxsize=128)
def _ring(corners: tuple[Corner, ...]) -> Ring:
    """Within one answer the same address is read again and again."""
    return Ring(corners)


def within_text(ring: Ring) -> str:
    return ";".join(f"{_plain(latitude)},{_plain(longitude)}" for latitude, longitude in ring.corners)


def sees_from(text: str) -> Sight | None:
    """Read `latitude,longitude` and, where it is not the usual, how many metres away at most."""
    if not text:
        return None
    parts = ("latitude", "longitude", "metres")
    latitude, longitude, *rest = _numbers("sees", text, parts[: 3 if text.count(",") > 1 else 2])
    try:
        return Sight(latitude, _wrapped(longitude), rest[0] if rest else USUAL_REACH_M)
    except ValueError as error:
        raise SelectionError(f"sees={text}: {error}") from error


def sees_text(sight: Sight) -> str:
    parts = [sight.latitude, sight.longitude]
    if sight.reach_m != USUAL_REACH_M:
        parts.append(sight.reach_m)
    return ",".join(_plain(part) for part in parts)


def flag_from(name: str, text: str) -> bool:
    lowered = text.lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"", "0", "false", "no", "off"}:
        return False
    raise SelectionError(f"{name}={text}: write {name}=1 or leave it out")


def one_of(name: str, text: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise SelectionError(f"{name}={text} is not known: write one of {', '.join(allowed)}")
    return text


def _numbers(name: str, text: str, parts: tuple[str, ...], written: str = "") -> list[float]:
    try:
        numbers = [round(float(part), DECIMALS) + 0.0 for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != len(parts) or not all(math.isfinite(number) for number in numbers):
        raise SelectionError(
            f"{name}={_short(text)}: write {name}={written or ','.join(parts)} as plain numbers"
        )
    return numbers


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else f"{text[:_LONGEST_SAID]}…"


def _wrapped(longitude: float) -> float:
    if -180 <= longitude <= 180:
        return longitude
    return round((longitude + 180) % 360 - 180, DECIMALS) + 0.0


def _plain(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
