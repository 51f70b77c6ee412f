"""Which town is near: our arithmetic, nobody's claim."""

from __future__ import annotations

import functools

from archive.gazetteer import places_near
from archive.pages.wording import places
from archive.values.place import Place

_NEAR_KM = 250


@functools.lru_cache(maxsize=1024)
def near_words(place: Place) -> str:
    """Name the nearest town the gazetteer knows, "" in the middle of nowhere."""
    found = places_near(place.latitude, place.longitude, _NEAR_KM, 1)
    if not found:
        return ""
    town = found[0]
    return places.near(place, town.name, town.country, Place(town.latitude, town.longitude))
