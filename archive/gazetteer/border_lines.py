"""Borders as lines: the edges that the polygons of two countries share.

Coasts are no borders: the edge of the territorial sea adjoins only the open sea. But the data knows no
coast, so where two territorial seas touch, the line goes on across the water (up to 12 nautical miles off
river mouths; across the whole Strait of Dover; along the Northern Limit Line west of Korea).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.border_areas import STEPS, Ring, areas, holders_of, known_country, name_of, rings
from archive.gazetteer.errors import GazetteerError
from archive.gazetteer.zones import zone_finder

Line = NDArray[np.float64]
"""A row for each vertex: latitude, longitude, WGS84 degrees."""

_KEPT = 8


@dataclass(frozen=True, eq=False)
class Border:
    """The lines between `code` and `other`, or between `code` and all its neighbours (`other` None)."""

    code: str
    other: str | None
    lines: tuple[Line, ...]

    @property
    def vertices(self) -> int:
        return sum(len(line) for line in self.lines)


@lru_cache(maxsize=_KEPT)
def border(code: str, other: str | None = None) -> Border:
    """Kept once made. Raises GazetteerError for unknown countries and ones that do not adjoin."""
    one = known_country(code)
    if other is None:
        found = frontier(one)
        if not found:
            raise GazetteerError(f"{name_of(one)} ({one}) adjoins no other country: it has no land border.")
        return Border(one, None, tuple(line for neighbour in sorted(found) for line in found[neighbour]))
    two = known_country(other)
    if one == two:
        raise GazetteerError(f"A border has two sides: give another country beside {one}.")
    lesser, greater = sorted((one, two), key=_vertices_of)
    lines = frontier(lesser).get(greater)
    if lines is None:
        beside = ", ".join(f"{near} ({name_of(near)})" for near in sorted(frontier(one))) or "none"
        raise GazetteerError(
            f"{name_of(one)} ({one}) and {name_of(two)} ({two}) do not adjoin. Neighbours of {one}: {beside}."
        )
    return Border(one, two, lines)


@lru_cache(maxsize=_KEPT)
def frontier(code: str) -> dict[str, tuple[Line, ...]]:
    """The lines of one country by neighbour.

    Where a neighbour holds some of the same ground, both edges of that ground are border.
    """
    polygons = _around(areas().of[code])
    owners = np.array([areas().owner[number] for number in polygons])
    edges = _Edges.of(polygons)
    own = owners[edges.polygon] == code
    mine = edges.where(np.flatnonzero(own))
    common = _in_common(edges, owners, code)
    lines: dict[str, tuple[Line, ...]] = {}
    for neighbour in sorted(set(owners.tolist()) - {"", code}):
        theirs = np.isin(edges.polygon, np.flatnonzero(owners == neighbour))
        shared = mine.where(np.flatnonzero(edges.marks(theirs)[mine.key]))
        held = edges.where(np.array(common.get(neighbour, []), np.int64))
        found = [*shared.runs(), *held.runs()]
        if found:
            lines[neighbour] = tuple(found)
    return lines


def outline(code: str) -> tuple[Line, ...]:
    """Every ring of a country, closed: land borders, ends of its sea, seams between its zones."""
    return tuple(
        _degrees(np.append(ring, ring[:, :1], axis=1))
        for number in areas().of[known_country(code)]
        for ring in rings(number)
    )


def _vertices_of(code: str) -> tuple[int, str]:
    counts = zone_finder().boundaries.nr_vertices
    return int(sum(int(counts[number]) for number in areas().of[code])), code


def _around(own: tuple[int, ...]) -> list[int]:
    """The polygons, the country's own with them, whose boxes touch one of its boxes."""
    boxes = areas().boxes
    near = np.zeros(len(boxes), bool)
    for west, south, east, north in boxes[list(own)]:
        near |= (
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        )
    return [int(number) for number in np.flatnonzero(near)]


@dataclass(frozen=True, eq=False)
class _Edges:
    """Edges of rings in order, ends in steps, and the row of the polygon.

    `key` is the same number for the same two ends, whichever way round.
    """

    key: NDArray[np.int64]
    start: Ring
    end: Ring
    polygon: NDArray[np.int64]

    @classmethod
    def of(cls, polygons: list[int]) -> _Edges:
        found = [(row, ring) for row, number in enumerate(polygons) for ring in rings(number)]
        start = np.concatenate([ring for _, ring in found], axis=1)
        end = np.concatenate([np.roll(ring, -1, axis=1) for _, ring in found], axis=1)
        _, key = np.unique(_mixed(start) + _mixed(end), return_inverse=True)
        rows = np.repeat([row for row, _ in found], [ring.shape[1] for _, ring in found])
        return cls(key, start, end, rows)

    def where(self, wanted: NDArray[np.int64]) -> _Edges:
        return _Edges(self.key[wanted], self.start[:, wanted], self.end[:, wanted], self.polygon[wanted])

    def marks(self, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """By key, whether it is one of the wanted edges'."""
        marked = np.zeros(int(self.key.max()) + 1, bool)
        marked[self.key[wanted]] = True
        return marked

    def runs(self) -> list[Line]:
        """The edges as lines, each edge once, a line as long as each edge begins where the last one ended."""
        _, first = np.unique(self.key, return_index=True)
        once = np.sort(first)
        if not len(once):
            return []
        joined = (self.end[:, once[:-1]] == self.start[:, once[1:]]).all(axis=0)
        pieces = np.split(once, np.flatnonzero(~joined) + 1)
        return [
            _degrees(np.append(self.start[:, piece], self.end[:, piece[-1:]], axis=1)) for piece in pieces
        ]


def _in_common(edges: _Edges, owners: NDArray[np.str_], code: str) -> dict[str, list[int]]:
    """By neighbour, the edges around ground that both it and the country hold.

    Such an edge is no other polygon's, and its middle lies within the country it is not of.
    """
    alone = np.bincount(edges.key)[edges.key] == 1
    alone &= np.isin(edges.polygon, np.flatnonzero(owners != ""))
    rows = np.flatnonzero(alone)
    middles = (edges.start[:, rows] + edges.end[:, rows]) // 2
    near = np.zeros(len(rows), bool)
    for west, south, east, north in areas().boxes[list(areas().of[code])]:
        near |= (west <= middles[0]) & (middles[0] <= east) & (south <= middles[1]) & (middles[1] <= north)
    common: dict[str, list[int]] = defaultdict(list)
    for row, x, y in zip(rows[near].tolist(), *middles[:, near].tolist(), strict=True):
        owner, holders = str(owners[edges.polygon[row]]), holders_of(x, y)
        if owner == code:
            for neighbour in holders - {code}:
                common[neighbour].append(row)
        elif code in holders:
            common[owner].append(row)
    return common


def _mixed(points: Ring) -> NDArray[np.uint64]:
    """64 well-spread bits for each vertex (the finaliser of SplitMix64), so that a sum of two names an edge.

    Among 4 million edges the chance that any two different ones meet is about 5 in 10 million.
    """
    bits = (points[0].astype(np.uint64) << np.uint64(32)) ^ (
        points[1].astype(np.uint64) & np.uint64(0xFFFFFFFF)
    )
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    mixed: NDArray[np.uint64] = bits ^ (bits >> np.uint64(31))
    return mixed


def _degrees(points: Ring) -> Line:
    found: Line = points[::-1].T / STEPS
    return found
