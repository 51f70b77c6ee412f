"""How each filter is spelt in an address, both ways; a wrong one is answered with what to write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from urllib.parse import parse_qsl

from archive.values.morton import EDGE_LATITUDE
from archive.values.place import Box, Place

LONGEST_QUERY = 8000
MOST_FIELDS = 200
LONGEST_WORDS = 200
DECIMALS = 7  # 1e-7 degree is a centimetre
FARTHEST_M = 20_037_508  # half the equator


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


def _numbers(name: str, text: str, parts: tuple[str, ...]) -> list[float]:
    try:
        numbers = [round(float(part), DECIMALS) + 0.0 for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != len(parts) or not all(math.isfinite(number) for number in numbers):
        raise SelectionError(f"{name}={text}: write {name}={','.join(parts)} as plain numbers")
    return numbers


def _wrapped(longitude: float) -> float:
    if -180 <= longitude <= 180:
        return longitude
    return round((longitude + 180) % 360 - 180, DECIMALS) + 0.0


def _plain(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
