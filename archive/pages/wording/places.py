"""Places, distances and directions in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archive.values.place import Place, distance_m
from archive.values.wording import distance

if TYPE_CHECKING:
    from archive.values.direction import Direction

_POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_HERE_KM = 1.5


def decimal(place: Place) -> str:
    """Degrees with six decimals, about a decimetre: latitude, longitude."""
    return f"{place.latitude:.6f}, {place.longitude:.6f}"


def sexagesimal(place: Place) -> str:
    """Degrees, minutes and seconds with a tenth of a second, about three metres."""
    return f"{_dms(place.latitude, 'N', 'S')} {_dms(place.longitude, 'E', 'W')}"


def _dms(degrees: float, positive: str, negative: str) -> str:
    tenths = round(abs(degrees) * 36_000)
    minutes, rest = divmod(tenths, 600)
    whole, minute = divmod(minutes, 60)
    return f"{whole}°{minute:02d}′{rest // 10:02d}.{rest % 10}″ {negative if degrees < 0 else positive}"


def accuracy(radius_m: float | None) -> str:
    return "accuracy not stated" if radius_m is None else f"±{distance(radius_m)}"


def bearing(start: Place, end: Place) -> float:
    """Initial great-circle course from `start` to `end`, degrees clockwise from north."""
    lat1, lat2 = math.radians(start.latitude), math.radians(end.latitude)
    dlon = math.radians(end.longitude - start.longitude)
    east = math.sin(dlon) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(dlon)
    return math.degrees(math.atan2(east, north)) % 360


def compass(degrees: float) -> str:
    """One of eight winds."""
    return _POINTS[round(degrees / 45) % 8]


def near(place: Place, name: str, country: str, at: Place) -> str:
    """Say where a place lies from a named one; `name` is at `at`. Never claims to be inside it."""
    label = f"{name}, {country}" if country else name
    kilometres = distance_m(at, place) / 1000
    if kilometres < _HERE_KM:
        return f"near {label}"
    return f"about {kilometres:,.0f} km {compass(bearing(at, place))} of {label}"


def looking(direction: Direction) -> str:
    """Where the camera looked, and against which north."""
    north = {
        "T": "from true north",
        "M": "from magnetic north",
        None: "the file does not say from which north",
    }[direction.reference]
    return f"looking {compass(direction.degrees)} ({direction.degrees:.0f}°, {north})"
