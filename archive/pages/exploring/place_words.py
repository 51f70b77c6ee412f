"""What a place that is asked for is called, in the words of chips and headline."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from archive.gazetteer import GazetteerError, nearest
from archive.pages.wording import places
from archive.values.place import Place

if TYPE_CHECKING:
    from archive.gazetteer import Named

USUAL_REACH_M = 2000.0
"""How far a photo may stand from a point it looks at, where the address does not say."""
PLACE_FILTERS = ("within", "near", "sees")
_FARTHEST_NAME_KM = 250
_SAME_SPOT_M = 200
_SHORT = 4  # decimals, about 11 m: a chip tells where, the field tells it exactly


def filter_words(name: str, value: str) -> str:
    """Say what `within`, `near` or `sees` asks for; `value` is as `Selection.pairs` spells it."""
    if name == "within":
        return "in the drawn area"
    place = place_of(value)
    metres = place.radius_m or USUAL_REACH_M
    if name == "near":
        return f"within {metres_text(metres)} of {spot_words(place)}"
    from_afar = "" if metres == USUAL_REACH_M else f", from within {metres_text(metres)}"
    return f"looking at {short_text(place)}{from_afar}"


def place_of(value: str) -> Place:
    """Read the canonical "latitude,longitude" or "latitude,longitude,metres" back; 180 becomes -180."""
    latitude, longitude, *metres = map(float, value.split(","))
    return Place(latitude, (longitude + 180) % 360 - 180, metres[0] if metres else None)


def metres_text(length: float) -> str:
    """Write a length as it was asked for: reading it again gives the same."""
    return f"{length / 1000:g} km" if length >= 1000 and length % 10 == 0 else f"{length:g} m"


@functools.lru_cache(maxsize=1024)
def spot_words(place: Place) -> str:
    """Name the town if the point is as good as its middle, else say where it lies from the nearest one.

    `radius_m` of the place is how wide the circle around it is: a tenth of it is as good as the middle.
    """
    town = _nearest(place)
    if town is None or town.distance_km is None or town.distance_km > _FARTHEST_NAME_KM:
        return short_text(place)
    if town.distance_km * 1000 <= max(_SAME_SPOT_M, (place.radius_m or 0) / 10):
        return town_label(town)
    return f"a point {places.near(place, town.name, town.country, Place(town.latitude, town.longitude))}"


def town_label(town: Named) -> str:
    return f"{town.name}, {town.country}" if town.country else town.name


def short_text(place: Place) -> str:
    return f"{_short(place.latitude)}, {_short(place.longitude)}"


def _short(degrees: float) -> str:
    text = f"{degrees:.{_SHORT}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _nearest(place: Place) -> Named | None:
    try:
        return nearest(place.latitude, place.longitude)
    except GazetteerError:  # its file is missing: coordinates tell the place too
        return None
