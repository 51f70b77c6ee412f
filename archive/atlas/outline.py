"""Whether places lie in a ring of straight sides: a drawn area, or the rim of a circle.

A centre lies inside when a line from it eastward crosses an odd number of sides. A rectangle lies inside when
its centre does and no side touches it; it is touched when its centre lies inside or a side touches it. A side
touches a rectangle when the boxes round both overlap and the rectangle's corners do not all lie on one hand
of the side's line (the separating axes of a segment and a rectangle; S. Gottschalk, M. C. Lin, D. Manocha,
"OBBTree", SIGGRAPH 1996, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q

from archive.atlas.area import FARTHEST, MOST_RANGES, TURN, looked_up
from archive.atlas.covering import KeyRanges, ranges_inside, ranges_touched
from archive.atlas.judged import Judged, Parameters
from archive.values.place import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Places
    from archive.values.ring import Ring
    from archive.values.selection import Sure

    Truths = NDArray[np.bool_]

AT_ONCE = 1 << 18  # sides times places: what stays in a processor's cache
MOST_SPARED = 16  # stretches of keys that spare the arithmetic in SQL
# Sides stand in a table of their own: written out one after the other they would take SQLite half a second to
# prepare, which looks among all numbers of a statement for equal ones.
_CROSSED = (
    "((SELECT COUNT(*) FROM {sides} AS side"
    " WHERE {{latitude}} >= side.column1 AND {{latitude}} < side.column2"
    " AND side.column3 * {{longitude}} + side.column4 * {{latitude}} + side.column5 < 0) & 1) = 1"
)
_TOUCHED = (
    "EXISTS (SELECT 1 FROM {sides} AS side"
    " WHERE {{west}} <= side.column1 AND {{east}} >= side.column2"
    " AND {{south}} <= side.column3 AND {{north}} >= side.column4"
    " AND ABS(side.column5 * ({{west}} + {{east}}) + side.column6 * ({{south}} + {{north}}) + side.column7)"
    " <= side.column8 * ({{east}} - {{west}}) + side.column9 * ({{north}} - {{south}}))"
)
_RECTANGLE = ("west", "south", "east", "north")


@dataclass(frozen=True)
class Sides:
    """The sides of a ring, one turn or none to the side of where it is; degrees.

    `a * longitude + b * latitude + c` is negative to the west of a side (`low` <= latitude < `high`).
    """

    west: float
    south: float
    east: float
    north: float
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    c: NDArray[np.float64]

    @classmethod
    def of(cls, ring: Ring, turns: int) -> Sides:
        ends = np.array(ring.sides(), dtype=np.float64)
        ends[:, :, 1] += TURN * turns
        upward = ends[:, 0, 0] <= ends[:, 1, 0]
        (y0, x0), (y1, x1) = (np.where(upward, ends[:, at].T, ends[:, 1 - at].T) for at in (0, 1))
        a, b = y1 - y0, x0 - x1
        return cls(
            west=ring.west + TURN * turns,
            south=ring.south,
            east=ring.east + TURN * turns,
            north=ring.north,
            low=y0,
            high=y1,
            left=np.minimum(x0, x1),
            right=np.maximum(x0, x1),
            a=a,
            b=b,
            c=-(a * x0 + b * y0),
        )

    def around(self, latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> Truths:
        """Which places lie inside. Sides that are level with none of them are passed over."""
        beside = (self.low <= latitude.max(initial=-90)) & (self.high > latitude.min(initial=90))
        low, high, a, b, c = (column[beside] for column in (self.low, self.high, self.a, self.b, self.c))
        y, x = latitude[:, None], longitude[:, None]
        west_of = (y >= low) & (y < high) & (a * x + b * y + c < 0)
        odd: Truths = np.count_nonzero(west_of, axis=1) % 2 == 1
        return odd

    def touching(self, places: Places) -> Truths:
        """Which rectangles a side touches. Only sides are tried that come near the box round all of them."""
        near = (self.right >= places.west.min(initial=FARTHEST)) & (
            self.left <= places.east.max(initial=-FARTHEST)
        )
        near &= (self.high >= places.south.min(initial=90)) & (self.low <= places.north.max(initial=-90))
        low, high, left, right = (side[near] for side in (self.low, self.high, self.left, self.right))
        a, b, c = self.a[near], self.b[near], self.c[near]
        west, south = places.west[:, None], places.south[:, None]
        east, north = places.east[:, None], places.north[:, None]
        beside = (west <= right) & (east >= left) & (south <= high) & (north >= low)
        apart = np.abs(a * (west + east) + b * (south + north) + 2 * c)
        reach = np.abs(a) * (east - west) + np.abs(b) * (north - south)
        found: Truths = np.any(beside & (apart <= reach), axis=1)
        return found

    def around_in_sql(self) -> tuple[str, Parameters]:
        standing = [(low, high, a, b, c) for low, high, _, _, a, b, c in self._numbers() if low < high]
        sides, numbers = _table(standing)
        text = (
            "({latitude} >= %s AND {latitude} <= %s AND {longitude} >= %s AND {longitude} <= %s"
            f" AND {_CROSSED.format(sides=sides)})"
        )
        return text, (self.south, self.north, self.west, self.east, *numbers)

    def touching_in_sql(self) -> tuple[str, Parameters]:
        sides, numbers = _table(
            [
                (right, left, high, low, a, b, 2 * c, abs(a), abs(b))
                for low, high, left, right, a, b, c in self._numbers()
            ]
        )
        text = (
            "({west} <= %s AND {east} >= %s AND {south} <= %s AND {north} >= %s"
            f" AND {_TOUCHED.format(sides=sides)})"
        )
        return text, (self.east, self.west, self.north, self.south, *numbers)

    def _numbers(self) -> list[tuple[float, ...]]:
        columns = (self.low, self.high, self.left, self.right, self.a, self.b, self.c)
        return list(zip(*(column.tolist() for column in columns), strict=True))


def _table(rows: Sequence[Parameters]) -> tuple[str, Parameters]:
    """Return rows of numbers as a table whose columns both databases call column1, column2 and so on."""
    # the first row makes them floating point for PostgreSQL, which would otherwise reckon in decimals
    first = ", ".join("CAST(%s AS DOUBLE PRECISION)" for _ in rows[0])
    others = ", ".join("%s" for _ in rows[0])
    table = ", ".join([f"({first})", *(f"({others})" for _ in rows[1:])])
    return f"(VALUES {table})", tuple(number for row in rows for number in row)


@dataclass(frozen=True)
class Outline:
    """An area bounded by a ring; it is looked for where it is and a turn to either side."""

    ring: Ring

    def holds_row(self) -> Q:
        """The row's whole rectangle lies inside one turn of the ring."""
        spared, keys = self._spared()
        found: list[tuple[str, Parameters]] = []
        for sides in self._turns:
            (around, first), (touching, second) = sides.around_in_sql(), sides.touching_in_sql()
            found.append((f"({around} AND NOT {touching})", (*first, *second)))
        # a point within the squares that lie inside needs no more arithmetic
        plain = f"(COALESCE({{radius_m}}, 0) = 0 AND {spared})"
        return self._judged(plain, keys, found, ("key", "radius_m", "latitude", "longitude", *_RECTANGLE))

    def touches_row(self) -> Q:
        spared, keys = self._spared()
        found = [sides.around_in_sql() for sides in self._turns]
        found += [sides.touching_in_sql() for sides in self._turns]
        return self._judged(spared, keys, found, ("key", "latitude", "longitude", *_RECTANGLE))

    def holds_centre(self) -> Q:
        spared, keys = self._spared()
        found = [sides.around_in_sql() for sides in self._turns]
        return self._judged(spared, keys, found, ("key", "latitude", "longitude"))

    def candidates(self, sure: Sure) -> Q | None:
        height = np.radians(self.ring.north - self.ring.south) * EARTH_RADIUS_M
        return looked_up(self, sure, max(1000.0, float(height)))

    def holds(self, places: Places) -> Truths:
        found = np.zeros(len(places.latitude), dtype=np.bool_)
        for sides in self._turns:
            for at in self._near(sides, places):
                part = places.at(at)
                found[at] |= sides.around(part.latitude, part.longitude) & ~sides.touching(part)
        return found

    def touches(self, places: Places) -> Truths:
        found = np.zeros(len(places.latitude), dtype=np.bool_)
        for sides in self._turns:
            for at in self._near(sides, places):
                part = places.at(at)
                found[at] |= sides.around(part.latitude, part.longitude) | sides.touching(part)
        return found

    def has_centre(self, places: Places) -> Truths:
        found = np.zeros(len(places.latitude), dtype=np.bool_)
        for sides in self._turns:
            for at in self._near(sides, places):
                found[at] |= sides.around(places.latitude[at], places.longitude[at])
        return found

    def key_ranges(self, metres: float) -> KeyRanges:
        return _touched(self.ring, metres)

    def inner_ranges(self) -> KeyRanges:
        return _inside(self.ring)

    @cached_property
    def _turns(self) -> tuple[Sides, ...]:
        turns = (0, -1, 1)
        return tuple(
            Sides.of(self.ring, turn)
            for turn in turns
            if self.ring.west + TURN * turn <= FARTHEST and self.ring.east + TURN * turn >= -FARTHEST
        )

    @staticmethod
    def _near(sides: Sides, places: Places) -> list[NDArray[np.intp]]:
        """The positions of rectangles that overlap the ring's box, a bounded number at a time."""
        there = np.flatnonzero(
            (places.west <= sides.east)
            & (places.east >= sides.west)
            & (places.south <= sides.north)
            & (places.north >= sides.south)
        )
        step = max(1, AT_ONCE // len(sides.a))
        return [there[begin : begin + step] for begin in range(0, len(there), step)]

    def _spared(self) -> tuple[str, Parameters]:
        """A condition on keys that surely lie inside, "FALSE" where there are none."""
        ranges = sorted(self.inner_ranges(), key=lambda stretch: stretch[0] - stretch[1])[:MOST_SPARED]
        if not ranges:
            return "FALSE", ()
        text = " OR ".join("{key} BETWEEN %s AND %s" for _ in ranges)
        return f"({text})", tuple(end for stretch in ranges for end in stretch)

    @staticmethod
    def _judged(
        spared: str, keys: Parameters, found: list[tuple[str, Parameters]], columns: tuple[str, ...]
    ) -> Q:
        text = " OR ".join([spared, *(part for part, _ in found)])
        numbers = tuple(number for _, part in found for number in part)
        return Q(Judged(f"({{key}} IS NOT NULL AND ({text}))", keys + numbers, columns))


@lru_cache(maxsize=128)
def _inside(ring: Ring) -> KeyRanges:
    outline = Outline(ring)
    return ranges_inside(outline.touches, outline.holds, MOST_RANGES)


@lru_cache(maxsize=512)
def _touched(ring: Ring, metres: float) -> KeyRanges:
    outline = Outline(ring)
    return ranges_touched(outline.touches, outline.holds, metres, MOST_RANGES)
