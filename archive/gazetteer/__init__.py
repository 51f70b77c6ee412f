"""Names for places and time zones for coordinates, from files of this installation: no network, no database.

Towns with 1,000 people or more come from GeoNames (CC BY 4.0); zones from timezonefinder (its data: ODbL).
A town near a photo is only near it: the caller says "near X", never "in X".
"""

from archive.gazetteer.errors import GazetteerError, NoGazetteerDataError, NoSuchPointError
from archive.gazetteer.places import Named, country_name, find, nearest, places_near
from archive.gazetteer.zones import zone_at

__all__ = [
    "GazetteerError",
    "Named",
    "NoGazetteerDataError",
    "NoSuchPointError",
    "country_name",
    "find",
    "nearest",
    "places_near",
    "zone_at",
]
