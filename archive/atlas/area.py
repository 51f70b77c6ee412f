"""Whether a place with its doubt lies in an area: the same question to rows of SQL and to arrays.

A circle of doubt is judged by the rectangle round it (`west`..`north` of its row): at the corners a photo may
count as possible that is not, and as not certain that is; never the other way round. Both ways of asking do
the same arithmetic in the same order, so that no photo is in for one engine and out for the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from django.db.models import Q

from archive.atlas.covering import KeyRanges, fewer, ranges_inside
from archive.catalogue.index import bounds_of
from archive.catalogue.models import IndexRow
from archive.values.morton import SIDE, ranges_of
from archive.values.place import EARTH_RADIUS_M, Box, Place
from archive.values.selection import Sure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Places

TURN = 360.0
FARTHEST = 270.0  # a row's rectangle reaches at most 90 degrees beyond the antimeridian
MOST_RANGES = 32
MOST_LOOKED_UP = 6
MOST_KEYS = SIDE * SIDE // 16  # beyond, reading every row costs less than looking most of them up


class Area(Protocol):
    """What photos are asked to lie in. Rows and places without a location are in no area."""

    def holds_row(self) -> Q:
        """The row's whole rectangle lies inside: it matches for certain."""

    def touches_row(self) -> Q:
        """Some of the row's rectangle lies inside: it may match."""

    def holds_centre(self) -> Q: ...

    def candidates(self, sure: Sure) -> Q | None:
        """Name the few rows that can match, for the database to look up by key; None when they are many."""

    def holds(self, places: Places) -> NDArray[np.bool_]: ...

    def touches(self, places: Places) -> NDArray[np.bool_]: ...

    def has_centre(self, places: Places) -> NDArray[np.bool_]: ...

    def key_ranges(self, metres: float) -> KeyRanges:
        """Return stretches that hold the centre of every touching row of at most this radius, and others."""

    def inner_ranges(self) -> KeyRanges:
        """Return some stretches where every place without doubt lies inside, and every centre."""


def looked_up(area: Area, sure: Sure, reach_m: float) -> Q | None:
    """The candidates of an area.

    A row certain to be inside has its centre inside. One that may touch has its centre within its own radius
    of the area: circles up to `reach_m` are found by keys of the area widened so much, the few wider ones by
    their radius.
    """
    widening = 0.0 if sure is Sure.CERTAINLY else reach_m
    ranges = area.key_ranges(widening)
    if sum(last - first + 1 for first, last in ranges) > MOST_KEYS:
        return None
    keys = in_ranges(fewer(ranges, MOST_LOOKED_UP))
    if sure is Sure.POSSIBLY:
        keys |= Q(radius_m__gt=widening)
    return Q(pk__in=IndexRow.objects.filter(keys).values("pk"))


def in_ranges(ranges: KeyRanges) -> Q:
    found = Q()
    for first, last in ranges:
        found |= Q(key__gte=first, key__lte=last)
    return found


@dataclass(frozen=True)
class Rectangle:
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
    def of_box(cls, box: Box) -> Rectangle:
        return cls(box.west, box.south, box.east, box.north, box.crosses_antimeridian)

    @classmethod
    def of_circle(cls, near: Place) -> Rectangle:
        bounds = bounds_of(near)
        return cls(bounds.west, bounds.south, bounds.east, bounds.north)

    @property
    def is_all_round(self) -> bool:
        return self._east_after(0) - self.west >= TURN

    def _east_after(self, turns: int) -> float:
        return self.east + TURN * (turns + self.crosses)

    def holds_row(self) -> Q:
        found = Q(south__gte=self.south, north__lte=self.north)
        return found & self._turned("west__gte", "east__lte", farthest=FARTHEST)

    def touches_row(self) -> Q:
        found = Q(south__lte=self.north, north__gte=self.south)
        return found & self._turned("east__gte", "west__lte", farthest=FARTHEST)

    def holds_centre(self) -> Q:
        found = Q(latitude__gte=self.south, latitude__lte=self.north)
        return found & self._turned("longitude__gte", "longitude__lte", farthest=180.0)

    def candidates(self, sure: Sure) -> Q | None:
        return looked_up(self, sure, self._reach_m())

    def holds(self, places: Places) -> NDArray[np.bool_]:
        found = (places.south >= self.south) & (places.north <= self.north)
        return found & self._within(places.west, places.east, farthest=FARTHEST)

    def touches(self, places: Places) -> NDArray[np.bool_]:
        found = (places.south <= self.north) & (places.north >= self.south)
        return found & self._within(places.east, places.west, farthest=FARTHEST)

    def has_centre(self, places: Places) -> NDArray[np.bool_]:
        found = (places.latitude >= self.south) & (places.latitude <= self.north)
        return found & self._within(places.longitude, places.longitude, farthest=180.0)

    def key_ranges(self, metres: float) -> KeyRanges:
        return list(_ranges(self._widened(metres)))

    def inner_ranges(self) -> KeyRanges:
        return self._inner

    @cached_property
    def _inner(self) -> KeyRanges:
        return ranges_inside(self.touches, self.holds, MOST_RANGES)

    def _reach_m(self) -> float:
        """Metres; about the height of the area, at least a kilometre."""
        return max(1000.0, math.radians(self.north - self.south) * EARTH_RADIUS_M)

    def _widened(self, metres: float) -> Box:
        """Return a box that holds every place within so many metres of the area."""
        if not metres:
            return self._box()
        height = math.degrees(metres / EARTH_RADIUS_M) + 1e-9
        south, north = max(-90.0, self.south - height), min(90.0, self.north + height)
        # rectangles round circles of one size are the wider in degrees the nearer a pole they lie
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
        for west, east in self._turns(farthest):
            found |= Q(**{from_west: west, to_east: east})
        return found

    def _within(
        self, from_west: NDArray[np.float64], to_east: NDArray[np.float64], *, farthest: float
    ) -> NDArray[np.bool_]:
        if self.is_all_round:
            return ~np.isnan(from_west)
        found = np.zeros(len(from_west), dtype=np.bool_)
        for west, east in self._turns(farthest):
            found |= (from_west >= west) & (to_east <= east)
        return found

    def _turns(self, farthest: float) -> Iterator[tuple[float, float]]:
        for turns in (0, -1, 1):
            west, east = self.west + TURN * turns, self._east_after(turns)
            if west <= farthest and east >= -farthest:
                yield west, east


@lru_cache(maxsize=512)
def _ranges(box: Box) -> tuple[tuple[int, int], ...]:
    return tuple(ranges_of(box, MOST_RANGES))


def _wrapped(longitude: float) -> float:
    if longitude > 180:
        return longitude - TURN
    return longitude + TURN if longitude < -180 else longitude
