"""Which stretches of Morton keys an area takes in, found by dividing the map into ever smaller squares."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archive.atlas.columns.rows import Places
from archive.values.morton import EDGE_LATITUDE, LEVELS
from archive.values.place import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Degrees = NDArray[np.float64]
    Judge = Callable[[Places], NDArray[np.bool_]]

MARGIN = 1e-9  # degrees; a tenth of a millimetre, far beyond what rounding does to a coordinate
MOST_SQUARES = 256
KeyRanges = list[tuple[int, int]]
"""First and last Morton key of each stretch; ascending, apart."""


def ranges_inside(touches: Judge, holds: Judge, most: int) -> KeyRanges:
    """Return at most so many stretches of keys whose squares an area holds whole, the longest of them."""
    inside: Numbers = np.empty((0, 2), dtype=np.int64)
    squares = np.zeros(1, dtype=np.int64)
    for level in range(LEVELS + 1):
        rectangles = _rectangles(squares, level, MARGIN)
        touched = np.flatnonzero(touches(rectangles))
        squares, rectangles = squares[touched], rectangles.at(touched)
        held = holds(rectangles)
        inside = np.concatenate([inside, _keys(squares[held], level)])
        squares = squares[~held]
        if not 0 < len(squares) <= MOST_SQUARES:
            break
        squares = _children(squares)
    longest = sorted(_merged(inside), key=lambda stretch: stretch[0] - stretch[1])
    return sorted(longest[:most])


def ranges_touched(touches: Judge, holds: Judge, metres: float, most: int) -> KeyRanges:
    """Return at most so many stretches that hold every centre whose circle, of so many metres, may touch."""
    whole: Numbers = np.empty((0, 2), dtype=np.int64)
    squares = np.zeros(1, dtype=np.int64)
    found: KeyRanges = []
    for level in range(LEVELS + 1):
        squares = squares[touches(_widened(_rectangles(squares, level, MARGIN), metres))]
        found = _merged(np.concatenate([whole, _keys(squares, level)]))
        if not 0 < len(squares) <= MOST_SQUARES or len(found) > 2 * most:
            break
        held = holds(_rectangles(squares, level, MARGIN))
        whole = np.concatenate([whole, _keys(squares[held], level)])
        squares = _children(squares[~held])
    return fewer(found, most)


def fewer(ranges: KeyRanges, most: int) -> KeyRanges:
    """Join neighbours over the narrowest gaps until there are at most so many."""
    if len(ranges) <= most:
        return ranges
    gaps = sorted(range(1, len(ranges)), key=lambda at: ranges[at][0] - ranges[at - 1][1])
    kept = [0, *sorted(gaps[len(ranges) - most :]), len(ranges)]
    return [(ranges[begin][0], ranges[end - 1][1]) for begin, end in pairwise(kept)]


def _children(squares: Numbers) -> Numbers:
    return (squares[:, None] * 4 + np.arange(4)).ravel()


def _keys(squares: Numbers, level: int) -> Numbers:
    shift = 2 * (LEVELS - level)
    return np.stack([squares << shift, ((squares + 1) << shift) - 1], axis=1)


def _merged(stretches: Numbers) -> list[tuple[int, int]]:
    if not len(stretches):
        return []
    stretches = stretches[np.argsort(stretches[:, 0])]
    begins = np.concatenate([[True], stretches[1:, 0] > stretches[:-1, 1] + 1])
    firsts = stretches[begins, 0]
    lasts = stretches[np.concatenate([begins[1:], [True]]), 1]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _rectangles(squares: Numbers, level: int, margin: float) -> Places:
    """The degrees of squares, a little widened; the outermost rows reach to their pole."""
    side = 1 << level
    column, row = _gathered(squares), _gathered(squares >> 1)
    west, east = column / side * 360 - 180 - margin, (column + 1) / side * 360 - 180 + margin
    north = np.where(row == 0, 90.0, np.minimum(90.0, _latitude(row / side) + margin))
    south = np.where(row + 1 == side, -90.0, np.maximum(-90.0, _latitude((row + 1) / side) - margin))
    return _places(west, south, east, north)


def _widened(rectangles: Places, metres: float) -> Places:
    """Rectangles that hold the rectangle round every circle whose centre lies in the given ones."""
    if not metres:
        return rectangles
    angle = metres / EARTH_RADIUS_M
    height = np.degrees(angle)
    south, north = rectangles.south - height, rectangles.north + height
    polar = np.minimum(89.999999, np.maximum(np.abs(rectangles.south), np.abs(rectangles.north)))
    ratio = np.minimum(1.0, np.sin(min(angle, np.pi / 2)) / np.cos(np.radians(polar)))
    width = np.where((south <= -90) | (north >= 90), 360.0, np.degrees(np.arcsin(ratio)))
    west, east = rectangles.west - width, rectangles.east + width
    all_round = east - west >= 360
    return _places(
        np.where(all_round, -180.0, west),
        np.maximum(-90.0, south),
        np.where(all_round, 180.0, east),
        np.minimum(90.0, north),
    )


def _places(west: Degrees, south: Degrees, east: Degrees, north: Degrees) -> Places:
    """Rectangles as places: the middle for the centre, nothing known of directions."""
    unknown = np.full(len(west), np.nan)
    return Places(
        latitude=(south + north) * 0.5,
        longitude=np.clip((west + east) * 0.5, -180, 180),
        radius_m=unknown,
        west=west,
        south=south,
        east=east,
        north=north,
        direction=unknown,
        width_deg=unknown,
    )


def _latitude(down: Degrees) -> Degrees:
    found: Degrees = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * down))))
    return np.clip(found, -EDGE_LATITUDE, EDGE_LATITUDE)


def _gathered(keys: Numbers) -> Numbers:
    """Every second bit of a key, together."""
    value = keys & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):
        value = (value | value >> shift) & mask
    return value
