"""Whether a place with its doubt lies in an area: conditions on index rows.

A circle is judged by the rectangle round it (`west`..`north` of its row), and so is `near`: at the corners a
photo may count as possible that is not, and as not certain that is; never the other way round.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

from archive.catalogue.index import bounds_of
from archive.catalogue.models import IndexRow
from archive.values.morton import SIDE, ranges_of
from archive.values.place import EARTH_RADIUS_M, Box, Place
from archive.values.selection import Sure

TURN = 360.0
FARTHEST = 270.0  # a row's rectangle reaches at most 90 degrees beyond the antimeridian
MOST_RANGES = 6
MOST_KEYS = SIDE * SIDE // 16  # beyond, reading every row costs less than looking most of them up


@dataclass(frozen=True, slots=True)
class Area:
    """Degrees. With `crosses` the eastern side lies one turn further on than `east` says.

    Turns are added to whole numbers of turns before they meet a coordinate, so that a place exactly on the
    edge is compared with the very number that was asked for.
    """

    west: float
    south: float
    east: float
    north: float
    crosses: bool = False

    @classmethod
    def of_box(cls, box: Box) -> Area:
        return cls(box.west, box.south, box.east, box.north, box.crosses_antimeridian)

    @classmethod
    def of_circle(cls, near: Place) -> Area:
        bounds = bounds_of(near)
        return cls(bounds.west, bounds.south, bounds.east, bounds.north)

    @property
    def is_all_round(self) -> bool:
        return self._east_after(0) - self.west >= TURN

    def _east_after(self, turns: int) -> float:
        return self.east + TURN * (turns + self.crosses)

    def holds_row(self) -> Q:
        """The row's whole rectangle lies inside."""
        found = Q(south__gte=self.south, north__lte=self.north)
        return found & self._turned("west__gte", "east__lte", farthest=FARTHEST)

    def touches_row(self) -> Q:
        found = Q(south__lte=self.north, north__gte=self.south)
        return found & self._turned("east__gte", "west__lte", farthest=FARTHEST)

    def holds_centre(self) -> Q:
        found = Q(latitude__gte=self.south, latitude__lte=self.north)
        return found & self._turned("longitude__gte", "longitude__lte", farthest=180.0)

    def candidates(self, sure: Sure) -> Q | None:
        """Name the few rows that can match, for the database to look up by key; None when they are many.

        A row certain to be inside has its centre inside. One that may touch has its centre within its own
        radius of the area: circles up to the area's own size are found by keys of the area widened so much,
        the few wider ones by their radius.
        """
        widening = 0.0 if sure is Sure.CERTAINLY else self._reach_m()
        ranges = ranges_of(self._widened(widening), MOST_RANGES)
        if sum(last - first + 1 for first, last in ranges) > MOST_KEYS:
            return None
        keys = Q()
        for first, last in ranges:
            keys |= Q(key__gte=first, key__lte=last)
        if sure is Sure.POSSIBLY:
            keys |= Q(radius_m__gt=widening)
        return Q(pk__in=IndexRow.objects.filter(keys).values("pk"))

    def _reach_m(self) -> float:
        """Metres; about the height of the area, at least a kilometre."""
        return max(1000.0, math.radians(self.north - self.south) * EARTH_RADIUS_M)

    def _widened(self, metres: float) -> Box:
        """Return a box that holds every place within so many metres of the area."""
        if not metres:
            return self._box()
        height = math.degrees(metres / EARTH_RADIUS_M) + 1e-9
        south, north = max(-90.0, self.south - height), min(90.0, self.north + height)
        farthest = bounds_of(Place(max(abs(south), abs(north)), 0.0, metres))
        width = farthest.east + 1e-9
        if self.is_all_round or width >= 180 or self._east_after(0) - self.west + 2 * width >= TURN:
            return Box(-180, south, 180, north)
        return Box(_wrapped(self.west - width), south, _wrapped(self.east + width), north)

    def _box(self) -> Box:
        if self.is_all_round:
            return Box(-180, self.south, 180, self.north)
        return Box(_wrapped(self.west), self.south, _wrapped(self.east), self.north)

    def _turned(self, from_west: str, to_east: str, *, farthest: float) -> Q:
        """Compare with the area as it is and one turn to either side, where a row can lie there."""
        if self.is_all_round:
            return Q(key__isnull=False)
        found = Q()
        for turns in (0, -1, 1):
            west, east = self.west + TURN * turns, self._east_after(turns)
            if west <= farthest and east >= -farthest:
                found |= Q(**{from_west: west, to_east: east})
        return found


def _wrapped(longitude: float) -> float:
    if longitude > 180:
        return longitude - TURN
    return longitude + TURN if longitude < -180 else longitude
