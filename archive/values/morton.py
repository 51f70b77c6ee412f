"""A place as one integer: the web-mercator quadtree cell of level 26, its x and y bits interleaved (Morton).

x grows eastward from 180° W, y southward from the square map's northern edge (85.0511° N); places nearer a
pole fall into the outermost row. A cell of any coarser level is a prefix of the key, so that grouping and
range scans need one ordinary index. At the equator a level-26 cell is 0.6 m wide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from archive.values.place import Box

LEVELS = 26
SIDE = 1 << LEVELS
EDGE_LATITUDE = math.degrees(math.atan(math.sinh(math.pi)))  # where the square map ends, 85.0511...

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def key_of(latitude: float, longitude: float) -> int:
    """Return the key of a place, 0 <= key < 2**52."""
    return _interleave(_column(longitude), _row(latitude))


def cell_of(key: int, level: int) -> int:
    """Return the number of the key's cell at a level from 0 (the world) to 26."""
    return key >> shift_of(level)


def shift_of(level: int) -> int:
    """Bits to drop from a key for a level."""
    if not 0 <= level <= LEVELS:
        raise ValueError(f"level {level} is not between 0 and {LEVELS}")
    return 2 * (LEVELS - level)


def box_of(cell: int, level: int) -> Box:
    """Return the degrees a cell covers; the outermost rows reach to their pole."""
    step = SIDE >> level
    column, row = _gather(cell) * step, _gather(cell >> 1) * step
    north = 90.0 if row == 0 else _latitude(row)
    south = -90.0 if row + step == SIDE else _latitude(row + step)
    return Box(_longitude(column), south, _longitude(column + step), north)


def ranges_of(box: Box, most: int = 32) -> list[tuple[int, int]]:
    """Return at most `most` key ranges (first, last; ascending, disjoint) that hold every place in the box.

    They may hold more: filter by the coordinates too. The meridians 180 and -180 are one.
    """
    areas = _areas(box)
    quads = [(0, 0, 0)]
    found = [(0, SIDE * SIDE - 1)]
    for level in range(1, LEVELS + 1):
        quads = [quad for parent in quads for quad in _refined(parent, level, areas)]
        merged = _merged(quads)
        if len(merged) > most:
            break
        found = merged
        if all(quad[0] < level for quad in quads):
            break
    return found


@dataclass(frozen=True, slots=True)
class _Area:
    """Columns and rows of level-26 cells, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


def _areas(box: Box) -> list[_Area]:
    top, bottom = _row(box.north), _row(box.south)
    left, right = _column(box.west), _column(box.east)
    if box.crosses_antimeridian:
        return [_Area(left, top, SIDE - 1, bottom), _Area(0, top, right, bottom)]
    areas = [_Area(left, top, right, bottom)]
    if box.west == -180 and right < SIDE - 1:
        areas.append(_Area(SIDE - 1, top, SIDE - 1, bottom))
    if box.east == 180 and left > 0:
        areas.append(_Area(0, top, 0, bottom))
    return areas


def _refined(quad: tuple[int, int, int], level: int, areas: list[_Area]) -> list[tuple[int, int, int]]:
    """Split a quad (level, column, row) of the level above, unless it is wholly wanted; drop what is not."""
    depth, column, row = quad
    if depth < level - 1 or _inside(quad, areas):
        return [quad]
    children = [(level, 2 * column + right, 2 * row + down) for down in (0, 1) for right in (0, 1)]
    return [child for child in children if _touches(child, areas)]


def _span(quad: tuple[int, int, int]) -> _Area:
    level, column, row = quad
    step = SIDE >> level
    return _Area(column * step, row * step, (column + 1) * step - 1, (row + 1) * step - 1)


def _inside(quad: tuple[int, int, int], areas: list[_Area]) -> bool:
    span = _span(quad)
    return any(
        area.left <= span.left
        and span.right <= area.right
        and area.top <= span.top
        and span.bottom <= area.bottom
        for area in areas
    )


def _touches(quad: tuple[int, int, int], areas: list[_Area]) -> bool:
    span = _span(quad)
    return any(
        area.left <= span.right
        and span.left <= area.right
        and area.top <= span.bottom
        and span.top <= area.bottom
        for area in areas
    )


def _merged(quads: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    spans = sorted(_key_range(*quad) for quad in quads)
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        if merged and merged[-1][1] + 1 == first:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _key_range(level: int, column: int, row: int) -> tuple[int, int]:
    shift = shift_of(level)
    cell = _interleave(column, row)
    return cell << shift, ((cell + 1) << shift) - 1


def _column(longitude: float) -> int:
    return min(SIDE - 1, max(0, math.floor((longitude + 180) / 360 * SIDE)))


def _row(latitude: float) -> int:
    clamped = math.radians(max(-EDGE_LATITUDE, min(EDGE_LATITUDE, latitude)))
    down = (1 - math.asinh(math.tan(clamped)) / math.pi) / 2
    return min(SIDE - 1, max(0, math.floor(down * SIDE)))


def _longitude(column: int) -> float:
    return column / SIDE * 360 - 180


def _latitude(row: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / SIDE))))


def _interleave(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _spread(value: int) -> int:
    for shift, mask in _SPREAD:
        value = (value | value << shift) & mask
    return value


def _gather(key: int) -> int:
    value = key & 0x5555555555555555
    for shift, mask in ((1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF)):
        value = (value | value >> shift) & mask
    value = (value | value >> 8) & 0x0000FFFF0000FFFF
    return (value | value >> 16) & 0xFFFFFFFF
