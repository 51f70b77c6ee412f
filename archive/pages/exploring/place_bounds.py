"""The rectangle that the map opens with when a place is asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archive.pages.exploring.place_words import USUAL_REACH_M
from archive.values.morton import EDGE_LATITUDE
from archive.values.place import EARTH_RADIUS_M

if TYPE_CHECKING:
    from archive.values.selection import Selection

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees, east beyond 180 where they cross the antimeridian."""

_MARGIN = 0.12  # of its size, on each side
_WIDEST = 350.0


def asked_bounds(selection: Selection) -> str:
    """Return west,south,east,north of the box, else of the narrowest place asked for; "" for the world."""
    asked = dict(selection.pairs())
    if "bbox" in asked:
        return asked["bbox"]
    found = [_widened(bounds_of(name, asked[name])) for name in ("near", "within", "sees") if name in asked]
    if not found:
        return ""
    west, south, east, north = min(found, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]))
    if east - west > _WIDEST:
        return ""
    return f"{_turned(west):.5f},{south:.5f},{_turned(east):.5f},{north:.5f}"


def bounds_of(name: str, value: str) -> Bounds:
    """Of one filter as `Selection.pairs` spells it."""
    if name == "within":
        corners = [tuple(map(float, corner.split(","))) for corner in value.split(";")]
        latitudes, longitudes = zip(*corners, strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    latitude, longitude, *metres = map(float, value.split(","))
    half = math.degrees((metres[0] if metres else USUAL_REACH_M) / EARTH_RADIUS_M)
    wide = min(180.0, half / max(0.01, math.cos(math.radians(latitude))))
    return longitude - wide, latitude - half, longitude + wide, latitude + half


def _widened(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    right, up = (east - west) * _MARGIN, (north - south) * _MARGIN
    return west - right, max(-EDGE_LATITUDE, south - up), east + right, min(EDGE_LATITUDE, north + up)


def _turned(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180
