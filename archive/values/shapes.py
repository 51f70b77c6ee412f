"""Places that are more than a point: areas, strips along a line, and relations to something named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from archive.values.place import Place

Points = tuple[tuple[float, float], ...]
"""(latitude, longitude) pairs, WGS 84 degrees; longitudes may run past 180 so that a shape stays whole."""

MOST_POINTS = 500
MOST_CANDIDATES = 60
WIDEST_BUFFER_M = 500_000.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed ring without holes; the last point joins the first and is not repeated."""

    ring: Points

    def __post_init__(self) -> None:
        _require_points(self.ring, least=3, what="an area")


@dataclass(frozen=True, slots=True)
class Corridor:
    """Everything within `buffer_m` metres of a line."""

    line: Points
    buffer_m: float

    def __post_init__(self) -> None:
        _require_points(self.line, least=2, what="a line")
        if not (0 < self.buffer_m <= WIDEST_BUFFER_M):
            raise ValueError(f"{self.buffer_m} m is no width for a strip: give 1 m to 500 km")


class Relating(StrEnum):
    WITHIN = "within"
    BEYOND = "beyond"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named place that fits a relation; `distance_m` is from its centre to the named geometry."""

    name: str
    place: Place
    distance_m: float


@dataclass(frozen=True, slots=True)
class Relation:
    """How far from what, as in "within 2 km of the border of X", and which named places pass.

    `of` is the geometry's name in the words of `gazetteer.borders` ("border:KP", "border:KP-CN",
    "town:Dandong"), `label` the same for people. `dataset` says from which data the candidates were drawn.
    """

    how: Relating
    distance_m: float
    of: str
    label: str
    candidates: tuple[Candidate, ...]
    dataset: str

    def __post_init__(self) -> None:
        if not (0 <= self.distance_m < math.inf):
            raise ValueError(f"{self.distance_m} m is not a distance")
        if len(self.candidates) > MOST_CANDIDATES:
            raise ValueError(
                f"{len(self.candidates)} places fit, and at most {MOST_CANDIDATES} can be kept apart: "
                "narrow the distance or name a second bound"
            )


Shape = Place | Polygon | Corridor | Relation


def _require_points(points: Points, *, least: int, what: str) -> None:
    if not (least <= len(points) <= MOST_POINTS):
        raise ValueError(f"{what} needs {least} to {MOST_POINTS} points, not {len(points)}")
    for latitude, longitude in points:
        if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
            raise ValueError(f"{latitude}, {longitude} is no point on the earth")
