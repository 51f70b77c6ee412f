"""An area drawn by hand, or the rim of a circle: corners joined by straight lines of latitude and longitude.

The lines are those of RFC 7946 (GeoJSON, section 3.1.1): latitude and longitude change evenly from corner to
corner. That is neither the straight line of a web map nor the great circle; the map draws long sides bent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from archive.values.place import EARTH_RADIUS_M, Place

FEWEST, MOST = 3, 64
WIDEST_CIRCLE_M = 2_000_000.0
SMALLEST_CIRCLE_M = 1.0

Corner = tuple[float, float]
"""Latitude and longitude, degrees."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line that does not meet itself; the last corner joins the first and is not repeated.

    Longitudes begin between -180 and 180 and may run on past 180, so that the ring stays whole.
    """

    corners: tuple[Corner, ...]

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.corners) <= MOST:
            raise ValueError(f"an area has {FEWEST} to {MOST} corners, not {len(self.corners)}")
        if not all(
            -90 <= latitude <= 90 and math.isfinite(longitude) for latitude, longitude in self.corners
        ):
            raise ValueError("the latitude of a corner comes first and runs from -90 to 90")
        if not -180 <= self.west < 180:
            raise ValueError(f"the western end of an area lies between -180 and 180, not at {self.west}")
        if self.east - self.west > 360:
            raise ValueError("an area is at most once round the earth")
        if self._meets_itself():
            raise ValueError("the outline crosses itself: draw it so that its sides do not meet")

    @property
    def west(self) -> float:
        return min(longitude for _, longitude in self.corners)

    @property
    def east(self) -> float:
        return max(longitude for _, longitude in self.corners)

    @property
    def south(self) -> float:
        return min(latitude for latitude, _ in self.corners)

    @property
    def north(self) -> float:
        return max(latitude for latitude, _ in self.corners)

    def sides(self) -> list[tuple[Corner, Corner]]:
        return list(zip(self.corners, self.corners[1:] + self.corners[:1], strict=True))

    def _meets_itself(self) -> bool:
        sides = self.sides()
        last = len(sides) - 1
        for (at, one), (other_at, other) in combinations(enumerate(sides), 2):
            if other_at - at == 1 or (at == 0 and other_at == last):
                before, behind = (one, other) if other_at - at == 1 else (other, one)
                if _turns_back(before[0], before[1], behind[1]):
                    return True
            elif _meet(one, other):
                return True
        return False


@lru_cache(maxsize=256)
def ring_round(circle: Place) -> Ring | None:
    """Return a ring of 64 corners round a circle, at most 0.4 % wider than it and nowhere narrower.

    None where a ring would not do: below a metre, from 2,000 km, and so near a pole that the circle's picture
    in latitude and longitude is not round. The corners stand on the tangents of the circle; since a side is
    no great circle they stand a little farther out, by twice how far such a side strays (its length squared
    times the tangent of the latitude, over eight).
    """
    radius = circle.radius_m or 0.0
    if not SMALLEST_CIRCLE_M <= radius < WIDEST_CIRCLE_M:
        return None
    angle = radius / EARTH_RADIUS_M
    latitude = math.radians(circle.latitude)
    polar = abs(latitude) + angle
    if polar >= math.radians(89) or angle * math.tan(polar) > 1:
        return None
    half = math.pi / MOST
    reach = angle * (1 + angle * math.tan(polar) * half * half) / math.cos(half)
    corners = [_from(latitude, circle.longitude, reach, 2 * half * number) for number in range(MOST)]
    turn = 360.0 if min(longitude for _, longitude in corners) < -180 else 0.0
    return Ring(tuple((north, east + turn) for north, east in corners))


def _from(latitude: float, longitude: float, distance: float, bearing: float) -> Corner:
    """Go a distance along a great circle: radians, but for the longitude and what is returned."""
    there = math.asin(
        math.sin(latitude) * math.cos(distance) + math.cos(latitude) * math.sin(distance) * math.cos(bearing)
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(distance) * math.cos(latitude),
        math.cos(distance) - math.sin(latitude) * math.sin(there),
    )
    return math.degrees(there), longitude + math.degrees(east)


def _side_of(start: Corner, end: Corner, point: Corner) -> float:
    """Positive to the left of the line from start to end as drawn with east to the right, 0 on it."""
    (y0, x0), (y1, x1), (y, x) = start, end, point
    return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)


def _turns_back(before: Corner, corner: Corner, behind: Corner) -> bool:
    if _side_of(before, corner, behind) != 0:
        return False
    ahead = (corner[0] - before[0]) * (behind[0] - corner[0]) + (corner[1] - before[1]) * (
        behind[1] - corner[1]
    )
    return ahead <= 0


def _meet(one: tuple[Corner, Corner], other: tuple[Corner, Corner]) -> bool:
    first, second = _side_of(*one, other[0]), _side_of(*one, other[1])
    third, fourth = _side_of(*other, one[0]), _side_of(*other, one[1])
    if first == second == third == fourth == 0:
        return all(
            max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
            <= min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
            for axis in (0, 1)
        )
    return first * second <= 0 and third * fourth <= 0
