"""Geodesic distances from points to lines, on the WGS84 ellipsoid (Karney 2013, by geographiclib)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

from archive.gazetteer.border_lines import Line

BORDER_ERROR_M = 50.0
"""How far a line of the data may lie from the border it maps, in metres: an assumption, not a measurement.

OpenStreetMap states no accuracy. Borders there are traced from aerial pictures, which are themselves some
metres to some tens of metres off, or taken from treaties; in a river the line may stand for the middle, the
bed or a bank, and the river moves. The grid (1.1 cm) and the way of measuring (under 1 m) add nothing to
it.
"""

_SEMI_MAJOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_IN_A_BALL = 64
_LONGEST_M = 5_000.0
"""Longer edges are cut: a chord of 5 km lies at most half a metre under the ground."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest point of a line, WGS84 degrees, and how far it is, metres along the ellipsoid."""

    latitude: float
    longitude: float
    distance_m: float


@dataclass(frozen=True, eq=False)
class Segments:
    """Short straight pieces of lines: start and end in degrees, and as vectors from the Earth's centre.

    Every 64 of one line in a row have a ball around them (`firsts`, `middles`, `reaches`), so that a search
    opens few of them.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    vectors: NDArray[np.float64]
    steps: NDArray[np.float64]
    firsts: NDArray[np.int64]
    middles: NDArray[np.float64]
    reaches: NDArray[np.float64]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Segments:
        fine = [_cut(line) for line in lines]
        start = np.concatenate([line[:-1] for line in fine])
        end = np.concatenate([line[1:] for line in fine])
        vectors, ends = earth_vectors(start), earth_vectors(end)
        offsets = np.cumsum([0, *(len(line) - 1 for line in fine)])
        firsts = np.concatenate(
            [np.arange(one, next_one, _IN_A_BALL) for one, next_one in pairwise(offsets.tolist())]
        )
        low = np.minimum.reduceat(np.minimum(vectors, ends), firsts)
        high = np.maximum.reduceat(np.maximum(vectors, ends), firsts)
        reaches = np.linalg.norm(high - low, axis=1) / 2
        return cls(start, end, vectors, ends - vectors, firsts, (low + high) / 2, reaches)

    def nearest(self, latitude: float, longitude: float) -> Nearest:
        """About 0.2 ms. An edge is straight in latitude and longitude, as the data means it."""
        here = earth_vectors(np.array([[latitude, longitude]]))[0]
        away = np.linalg.norm(self.middles - here, axis=1)
        balls = np.flatnonzero(away - self.reaches <= (away + self.reaches).min())
        rows = (self.firsts[balls, None] + np.arange(_IN_A_BALL)).ravel()
        rows = rows[rows < len(self.start)]
        vectors, steps = here - self.vectors[rows], self.steps[rows]
        squares = np.maximum(np.einsum("ij,ij->i", steps, steps), 1e-12)
        along = np.clip(np.einsum("ij,ij->i", vectors, steps) / squares, 0, 1)
        gaps = vectors - along[:, None] * steps
        best = int(np.argmin(np.einsum("ij,ij->i", gaps, gaps)))
        first, last = self.start[rows[best]], self.end[rows[best]]
        north, east = (first + along[best] * (last - first)).tolist()
        return Nearest(north, east, geodesic_m(latitude, longitude, north, east))

    def near(self, points: NDArray[np.float64], metres: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which points (latitude, longitude) may lie within so many metres; none that does is left out."""
        vectors = earth_vectors(points)
        found = np.zeros(len(points), bool)
        if not len(points):
            return found
        northward = np.argsort(vectors[:, 2])
        bands = self.reaches + metres.max()
        south = np.searchsorted(vectors[northward, 2], self.middles[:, 2] - bands)
        north = np.searchsorted(vectors[northward, 2], self.middles[:, 2] + bands, side="right")
        for first, last, middle, reach in zip(south, north, self.middles, self.reaches, strict=True):
            rows = northward[first:last]
            found[rows] |= np.linalg.norm(vectors[rows] - middle, axis=1) <= reach + metres[rows]
        return found


def geodesic_m(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    return float(Geodesic.WGS84.Inverse(lat_a, lon_a, lat_b, lon_b, Geodesic.DISTANCE)["s12"])


def earth_vectors(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres from the Earth's centre of (latitude, longitude) on the ellipsoid: no seam at 180°."""
    north, east = np.radians(points).T
    eccentricity = _FLATTENING * (2 - _FLATTENING)
    normal = _SEMI_MAJOR_M / np.sqrt(1 - eccentricity * np.sin(north) ** 2)
    return np.stack(
        [
            normal * np.cos(north) * np.cos(east),
            normal * np.cos(north) * np.sin(east),
            normal * (1 - eccentricity) * np.sin(north),
        ],
        axis=1,
    )


def _cut(line: Line) -> Line:
    """The line with vertices at most 5 km apart, new ones evenly between the old."""
    vectors = earth_vectors(line)
    pieces = np.maximum(1, np.ceil(np.linalg.norm(np.diff(vectors, axis=0), axis=1) / _LONGEST_M)).astype(int)
    at = np.concatenate([[0.0], *(row + np.arange(1, n + 1) / n for row, n in enumerate(pieces))])
    rows = np.arange(len(line))
    return np.stack([np.interp(at, rows, line[:, 0]), np.interp(at, rows, line[:, 1])], axis=1)
