"""Whether places lie in boxes and rings and look at points, once more: by fractions, no code of the engines.

Only the rectangle round a circle of doubt is taken over, since it is stored with the row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

Box = tuple[float, float, float, float]  # west, south, east, north; west > east crosses the antimeridian
Ring = tuple[tuple[float, float], ...]  # latitude, longitude of the corners

METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
COMPASS_DOUBT = 15


@dataclass(frozen=True)
class Spot:
    lat: float
    lon: float
    radius: float | None
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Look:
    """Degrees; what a file says about where the camera looked."""

    direction: float | None = None
    width: float | None = None


@dataclass(frozen=True)
class Areas:
    boxes: tuple[Box, ...] = ()
    rings: tuple[Ring, ...] = ()
    sees: tuple[float, float, float] | None = None

    def __bool__(self) -> bool:
        return bool(self.boxes or self.rings or self.sees)

    def hold(self, spot: Spot, look: Look) -> bool:
        return (
            all(_inside_box(spot, box) for box in self.boxes)
            and all(_inside_ring(spot, ring) for ring in self.rings)
            and (self.sees is None or surely_looks(spot, look, self.sees))
        )

    def touch(self, spot: Spot, look: Look) -> bool:
        return (
            all(_touches_box(spot, box) for box in self.boxes)
            and all(_touches_ring(spot, ring) for ring in self.rings)
            and (self.sees is None or may_look(spot, look, self.sees))
        )

    def have_centre(self, spot: Spot) -> bool:
        boxes = (
            south <= spot.lat <= north and _arc_inside((spot.lon, spot.lon), (west, east))
            for west, south, east, north in self.boxes
        )
        return all(boxes) and all(_centre_in_ring(spot, ring) for ring in self.rings)


def _arc(west: float, east: float) -> tuple[float, float]:
    """Where an arc starts and how far it goes eastward."""
    width = east - west
    return west, width + 360 if width < 0 else width


def _arc_inside(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    (start, width), (from_, room) = _arc(*inner), _arc(*outer)
    return room >= 360 or (start - from_) % 360 + width <= room


def _arcs_touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    (start, width), (from_, room) = _arc(*one), _arc(*other)
    return room >= 360 or width >= 360 or (start - from_) % 360 <= room or (from_ - start) % 360 <= width


def _inside_box(spot: Spot, box: Box) -> bool:
    west, south, east, north = box
    return south <= spot.south and spot.north <= north and _arc_inside((spot.west, spot.east), (west, east))


def _touches_box(spot: Spot, box: Box) -> bool:
    west, south, east, north = box
    return spot.south <= north and spot.north >= south and _arcs_touch((spot.west, spot.east), (west, east))


def _turned(ring: Ring) -> list[list[tuple[Fraction, Fraction]]]:
    """The ring as it is and turned, as x and y."""
    return [
        [(Fraction(lon) + 360 * turn, Fraction(lat)) for lat, lon in ring]
        for turn in (-3, -2, -1, 0, 1, 2, 3)
    ]


def _inside_ring(spot: Spot, ring: Ring) -> bool:
    return any(_surrounds(turned, spot) and not _cuts(turned, spot) for turned in _turned(ring))


def _touches_ring(spot: Spot, ring: Ring) -> bool:
    return any(_surrounds(turned, spot) or _cuts(turned, spot) for turned in _turned(ring))


def _centre_in_ring(spot: Spot, ring: Ring) -> bool:
    return any(_surrounds(turned, spot) for turned in _turned(ring))


def _surrounds(ring: list[tuple[Fraction, Fraction]], spot: Spot) -> bool:
    """Going east from the centre one crosses the outline an odd number of times."""
    x, y = Fraction(spot.lon), Fraction(spot.lat)
    crossings = 0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 <= y < y1) or (y1 <= y < y0):
            crossings += x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return crossings % 2 == 1


def _cuts(ring: list[tuple[Fraction, Fraction]], spot: Spot) -> bool:
    """Some side has a point in the rectangle: cut at each edge in turn, something of it is left."""
    west, east = Fraction(spot.west), Fraction(spot.east)
    south, north = Fraction(spot.south), Fraction(spot.north)
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        begin, end = Fraction(0), Fraction(1)
        for start, step, low, high in ((x0, x1 - x0, west, east), (y0, y1 - y0, south, north)):
            if step == 0:
                if not low <= start <= high:
                    begin, end = Fraction(1), Fraction(0)
                continue
            ends = sorted(((low - start) / step, (high - start) / step))
            begin, end = max(begin, ends[0]), min(end, ends[1])
        if begin <= end:
            return True
    return False


def _course(spot: Spot, sees: tuple[float, float, float]) -> tuple[float, float, float]:
    """Metres to the point, its bearing, and how far the camera may be from its place."""
    lat, lon, _ = sees
    east = (lon - spot.lon + 540) % 360 - 180
    x, y = east * METRES_PER_DEGREE * math.cos(math.radians(lat)), (lat - spot.lat) * METRES_PER_DEGREE
    return math.hypot(x, y), math.degrees(math.atan2(x, y)) % 360, spot.radius or 0.0


def _off(spot: Spot, look: Look, sees: tuple[float, float, float]) -> tuple[float, float]:
    """Degrees between view and point, and how far the point's bearing may turn with the camera's place."""
    distance, bearing, doubt = _course(spot, sees)
    assert look.direction is not None
    turn = (bearing - look.direction) % 360
    return min(turn, 360 - turn), math.degrees(math.asin(min(1.0, doubt / distance))) if distance else 90.0


def surely_looks(spot: Spot, look: Look, sees: tuple[float, float, float]) -> bool:
    distance, _, doubt = _course(spot, sees)
    if look.direction is None or look.width is None or distance + doubt > sees[2]:
        return False
    if look.width >= 360:
        return True
    off, spread = _off(spot, look, sees)
    return distance > doubt and round(off + spread + COMPASS_DOUBT - look.width / 2, 6) <= 0


def may_look(spot: Spot, look: Look, sees: tuple[float, float, float]) -> bool:
    distance, _, doubt = _course(spot, sees)
    if look.direction is None or distance - doubt > sees[2]:
        return False
    off, spread = _off(spot, look, sees)
    half = (look.width if look.width is not None else 90) / 2
    return distance <= doubt or round(off - spread - COMPASS_DOUBT - half, 6) <= 0


def may_be_near(spot: Spot, sees: tuple[float, float, float]) -> bool:
    distance, _, doubt = _course(spot, sees)
    return distance - doubt <= sees[2]
