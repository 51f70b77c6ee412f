"""Shapes as ground: their parts as circles, what they contain, whether two of them agree.

Edges of areas and lines are straight in latitude and longitude, as in GeoJSON (RFC 7946). Distances are
geodesics of the WGS84 ellipsoid. Buffers and overlaps are drawn in a plane around the shape's middle
(azimuthal equidistant, on the sphere of mean radius): lengths there are off by up to 0.6 % for the sphere,
and across the line of sight by another 0.1 % at 500 km from the middle, 1.7 % at 2,000 km. Enclosing
circles are measured, so they do enclose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from archive.evidence.errors import EvidenceError
from archive.gazetteer import GazetteerError
from archive.gazetteer.border_distance import Segments
from archive.gazetteer.borders import dataset, geodesic_m, towns_fitting
from archive.values.place import EARTH_RADIUS_M, Place
from archive.values.shapes import (
    MOST_POINTS,
    Candidate,
    Corridor,
    Points,
    Polygon,
    Relating,
    Relation,
    Shape,
)

SAME_PLACE_M = 50.0
"""Two points this near are one place: what a phone's position is off by beside tall houses."""

_WIDEST_M = 5_000_000.0
_FINEST_STEP_DEG = 0.05

Points2D = NDArray[np.float64]
"""Rows of (latitude, longitude) degrees, or of (east, north) metres in a plane."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of ground that a shape stands for: the circle around it, and its name if it has one.

    `outline` is there if it says more than the circle: a ring whose last point joins the first; longitudes
    may run past 180.
    """

    place: Place
    name: str = ""
    outline: Points = ()


def parts_of(shape: Shape) -> tuple[Part, ...]:
    """A point or circle as it is, an area or strip as one part with outline, a relation as its candidates.

    Raises EvidenceError for an area wider than 10,000 km.
    """
    match shape:
        case Place():
            return (Part(shape),)
        case Relation():
            return tuple(Part(found.place, found.name) for found in shape.candidates)
        case Polygon():
            return (Part(_circle_around(shape.ring), outline=shape.ring),)
        case Corridor():
            outline = _strip(shape)
            return (Part(_circle_around(outline), outline=outline),)


def contains(shape: Shape, latitude: float, longitude: float, *, at_least_m: float = 0.0) -> bool:
    """Whether the point lies in the shape, its edge included; of a relation: in one of the candidates.

    `at_least_m` makes the shape reach at least so far: from the centre of a circle, from a strip's line,
    beyond an area's edge.
    """
    match shape:
        case Place():
            metres = geodesic_m(latitude, longitude, shape.latitude, shape.longitude)
            return metres <= max(shape.radius_m or 0.0, at_least_m)
        case Relation():
            return any(
                contains(found.place, latitude, longitude, at_least_m=at_least_m)
                for found in shape.candidates
            )
        case Polygon():
            if _covers(shape, latitude, longitude):
                return True
            return at_least_m > 0 and _distance_m(_closed(shape.ring), latitude, longitude) <= at_least_m
        case Corridor():
            return _distance_m(shape.line, latitude, longitude) <= max(shape.buffer_m, at_least_m)


def same_place(one: Shape, other: Shape) -> bool:
    """Whether two places agree: one contains the middle of the other, or the middles are within 50 m.

    So circles agree when their centres are no further apart than the greater radius. Of a relation any
    candidate may agree.
    """
    return any(
        contains(here, *middle_of(there), at_least_m=SAME_PLACE_M)
        or contains(there, *middle_of(here), at_least_m=SAME_PLACE_M)
        for here in _pieces(one)
        for there in _pieces(other)
    )


def overlap(one: Shape, other: Shape) -> bool:
    """Whether two shapes share any ground, to the exactness told above."""
    return any(_meet(here, there) for here in _pieces(one) for there in _pieces(other))


def middle_of(shape: Place | Polygon | Corridor) -> tuple[float, float]:
    """A point of the shape (latitude, longitude): a circle's centre, half way along a line."""
    match shape:
        case Place():
            return shape.latitude, shape.longitude
        case Polygon():
            around = _circle_around(shape.ring)
            if _covers(shape, around.latitude, around.longitude):
                return around.latitude, around.longitude
            point = shapely.point_on_surface(_flat(shape))
            return float(point.y), _wrapped(float(point.x))
        case Corridor():
            return _halfway(shape.line)


def relation(
    how: Relating,
    distance_m: float,
    of: str,
    *,
    inside: str | None = None,
    least_population: int = 1_000,
) -> Relation:
    """A relation such as "within 2 km of border:KP" with the towns that fit; `inside`: of one country.

    Which data they were drawn from, and of how many, stands in `dataset`. Raises EvidenceError.
    """
    if not (0 <= distance_m < math.inf):
        raise EvidenceError(f"{distance_m} m is no distance: give metres from 0 up.")
    try:
        fitting = towns_fitting(how, distance_m, of, inside=inside, least_population=least_population)
    except GazetteerError as error:
        raise EvidenceError(str(error)) from error
    candidates = tuple(
        Candidate(
            fit.town.name,
            Place(fit.town.latitude, fit.town.longitude, round(fit.radius_m)),
            round(fit.distance_m, 1),
        )
        for fit in fitting.towns
    )
    whose = f" of {inside.strip().upper()}" if inside else ""
    greater = f" with {least_population} people or more" if least_population > 1_000 else ""
    drawn_from = f"{dataset()}; {len(candidates)} of {fitting.considered} towns{whose}{greater} fit"
    return Relation(how, distance_m, fitting.geometry.of, fitting.geometry.label, candidates, drawn_from)


@dataclass(frozen=True, slots=True)
class _Plane:
    """Azimuthal equidistant (Snyder 1987, chapter 25, on the sphere): metres east and north."""

    latitude: float
    longitude: float

    def flat(self, points: Points2D) -> Points2D:
        north, middle = np.radians(points[:, 0]), math.radians(self.latitude)
        east = np.radians(points[:, 1] - self.longitude)
        x = np.cos(north) * np.sin(east)
        y = math.cos(middle) * np.sin(north) - math.sin(middle) * np.cos(north) * np.cos(east)
        toward = math.sin(middle) * np.sin(north) + math.cos(middle) * np.cos(north) * np.cos(east)
        sine = np.hypot(x, y)
        angle = np.arctan2(sine, toward)
        scale = EARTH_RADIUS_M * np.divide(angle, sine, out=np.ones_like(sine), where=sine > 0)
        return np.stack([x * scale, y * scale], axis=1)

    def round(self, points: Points2D) -> Points2D:
        """Back to degrees; longitudes run on from one point to the next without a jump."""
        away = np.hypot(points[:, 0], points[:, 1])
        angle, middle = away / EARTH_RADIUS_M, math.radians(self.latitude)
        east, north = (np.divide(side, away, out=np.zeros_like(away), where=away > 0) for side in points.T)
        sine = math.sin(middle) * np.cos(angle) + north * np.sin(angle) * math.cos(middle)
        turn = np.arctan2(
            east * np.sin(angle),
            math.cos(middle) * np.cos(angle) - north * math.sin(middle) * np.sin(angle),
        )
        longitudes = np.degrees(np.unwrap(turn)) + self.longitude
        return np.stack([np.degrees(np.arcsin(np.clip(sine, -1, 1))), longitudes], axis=1)

    def ground(self, shape: Place | Polygon | Corridor) -> BaseGeometry:
        match shape:
            case Place():
                spot = self.flat(np.array([[shape.latitude, shape.longitude]]))[0]
                return shapely.Point(spot).buffer(shape.radius_m) if shape.radius_m else shapely.Point(spot)
            case Polygon():
                return _area(self.flat(_fine(_closed(shape.ring))))
            case Corridor():
                return shapely.LineString(self.flat(_fine(shape.line))).buffer(shape.buffer_m)


def _pieces(shape: Shape) -> tuple[Place | Polygon | Corridor, ...]:
    return tuple(found.place for found in shape.candidates) if isinstance(shape, Relation) else (shape,)


def _meet(one: Place | Polygon | Corridor, other: Place | Polygon | Corridor) -> bool:
    here, there = parts_of(one)[0].place, parts_of(other)[0].place
    apart = geodesic_m(here.latitude, here.longitude, there.latitude, there.longitude)
    reach = (here.radius_m or 0.0) + (there.radius_m or 0.0)
    if apart > reach or (isinstance(one, Place) and isinstance(other, Place)):
        return apart <= reach
    lesser = min(here, there, key=lambda place: (place.radius_m or 0.0, place.latitude, place.longitude))
    plane = _Plane(lesser.latitude, lesser.longitude)
    return bool(shapely.intersects(plane.ground(one), plane.ground(other)))


def _circle_around(ring: Points) -> Place:
    """The least circle around an outline, found in the plane, its radius measured on the ellipsoid."""
    fine = _fine(_closed(ring))
    plane = _middle_plane(fine)
    points = shapely.MultiPoint(plane.flat(fine))
    circle = shapely.minimum_bounding_circle(points)
    centre = (points if circle.is_empty else circle).centroid
    latitude, longitude = plane.round(np.array([[centre.x, centre.y]]))[0].tolist()
    away = np.linalg.norm(_Plane(latitude, longitude).flat(fine), axis=1)
    farthest = fine[away >= 0.985 * away.max()]  # the sphere is off by less
    radius = max(geodesic_m(latitude, longitude, *point) for point in farthest.tolist())
    if radius > _WIDEST_M:
        raise EvidenceError(f"The area is {2 * radius / 1000:.0f} km wide: draw one of at most 10,000 km.")
    return Place(latitude, _wrapped(longitude), float(math.ceil(radius)))


def _strip(corridor: Corridor) -> Points:
    plane = _middle_plane(_fine(corridor.line))
    ground = plane.ground(corridor)
    edge = shapely.get_exterior_ring(ground)
    tolerance = corridor.buffer_m / 1000
    while len(shapely.get_coordinates(edge)) > MOST_POINTS:
        edge = shapely.simplify(edge, tolerance)
        tolerance *= 2
    ring = plane.round(shapely.get_coordinates(edge))[:-1]
    return tuple((north, east) for north, east in ring.tolist())


def _middle_plane(points: Points2D) -> _Plane:
    """Around the mean of the points as directions from the Earth's centre."""
    north, east = np.radians(points).T
    directions = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    x, y, z = directions.mean(axis=1).tolist()
    return _Plane(math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))


def _fine(line: Points) -> Points2D:
    """The line with a point every twentieth of a degree at least: its edges then bend by under 2 m."""
    found = [np.array(line[:1])]
    for one, other in pairwise(line):
        pieces = math.ceil(max(abs(other[0] - one[0]), abs(other[1] - one[1])) / _FINEST_STEP_DEG) or 1
        found.append(np.linspace(one, other, pieces + 1)[1:])
    return np.concatenate(found)


def _closed(ring: Points) -> Points:
    return (*ring, ring[0])


def _flat(polygon: Polygon) -> BaseGeometry:
    """In degrees, longitude first."""
    return _area(np.array(polygon.ring)[:, ::-1])


def _area(ring: Points2D) -> BaseGeometry:
    """A ring that crosses itself becomes the areas it goes around, one without any extent a point."""
    area = shapely.make_valid(shapely.Polygon(ring))
    return shapely.Point(ring[0]) if area.is_empty else area


def _covers(polygon: Polygon, latitude: float, longitude: float) -> bool:
    area = _flat(polygon)
    return any(shapely.intersects_xy(area, longitude + turn, latitude) for turn in (-360, 0, 360))


def _distance_m(line: Points, latitude: float, longitude: float) -> float:
    return Segments.of([np.array(line, np.float64)]).nearest(latitude, longitude).distance_m


def _halfway(line: Points) -> tuple[float, float]:
    lengths = [geodesic_m(*one, *other) for one, other in pairwise(line)]
    left = sum(lengths) / 2
    for (one, other), length in zip(pairwise(line), lengths, strict=True):
        if left <= length and length > 0:
            share = left / length
            return one[0] + share * (other[0] - one[0]), _wrapped(one[1] + share * (other[1] - one[1]))
        left -= length
    return line[0][0], _wrapped(line[0][1])


def _wrapped(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180
