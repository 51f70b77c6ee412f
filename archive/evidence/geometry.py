from __future__ import annotations

from dataclasses import dataclass

from archive.values.place import Place, distance_m
from archive.values.shapes import Corridor, Points, Polygon, Relation, Shape


@dataclass(frozen=True, slots=True)
class Part:
    place: Place
    name: str = ""
    outline: Points = ()


def parts_of(shape: Shape) -> tuple[Part, ...]:
    match shape:
        case Place():
            return (Part(shape),)
        case Relation():
            return tuple(Part(one.place, one.name) for one in shape.candidates)
        case Polygon():
            points = shape.ring
        case Corridor():
            points = shape.line
    lat = sum(p[0] for p in points) / len(points)
    lon = sum(p[1] for p in points) / len(points)
    centre = Place(lat, lon)
    return (Part(Place(lat, lon, max(distance_m(centre, Place(*p)) for p in points)), "", points),)


def same_place(one: Shape, other: Shape) -> bool:
    return all(
        any(
            distance_m(a.place, b.place) <= max(a.place.radius_m or 0, b.place.radius_m or 0, 50)
            for b in parts_of(other)
        )
        for a in parts_of(one)
    )
