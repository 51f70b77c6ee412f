"""A point on the earth and how far it may be off."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980 (Moritz, Geodetic Reference System 1980)


@dataclass(frozen=True, slots=True)
class Place:
    """WGS 84 degrees, south and west negative; `radius_m` metres, None when nobody stated an accuracy."""

    latitude: float
    longitude: float
    radius_m: float | None = None

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90):  # also refuses NaN
            raise ValueError(f"latitude {self.latitude} is not between -90 and 90")
        if not (-180 <= self.longitude <= 180):
            raise ValueError(f"longitude {self.longitude} is not between -180 and 180")
        if self.radius_m is not None and not (0 <= self.radius_m < math.inf):
            raise ValueError(f"radius {self.radius_m} m is not a distance")


def distance_m(one: Place, other: Place) -> float:
    """Great-circle metres between two centres (haversine formula; error of the sphere up to 0.56 %)."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_dlat = (lat2 - lat1) / 2
    half_dlon = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_dlat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_dlon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Box:
    """A latitude-longitude rectangle, degrees; `west > east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-90 <= self.south <= self.north <= 90):
            raise ValueError(f"south {self.south} and north {self.north} do not bound a box")
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise ValueError(f"west {self.west} or east {self.east} is not between -180 and 180")

    @property
    def crosses_antimeridian(self) -> bool:
        return self.west > self.east
