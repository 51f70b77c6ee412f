"""Which towns fit "within 2 km of the border of X"."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.border_distance import BORDER_ERROR_M, Segments
from archive.gazetteer.border_names import (
    Geometry,
    NamedGeometry,
    named_geometry,
    segments_of_border,
    segments_of_outline,
)
from archive.gazetteer.errors import GazetteerError
from archive.gazetteer.places import Named, town_of_row
from archive.gazetteer.table import STEPS_PER_DEGREE, table
from archive.values.shapes import MOST_CANDIDATES, Relating

PEOPLE_PER_KM2 = 2_000.0
LEAST_RADIUS_M = 500.0
MOST_RADIUS_M = 20_000.0
_MOST_COUNTED = 1_000
"""Towns too many are counted as far as this (0.5 s)."""


@dataclass(frozen=True, slots=True)
class FittingTown:
    """`distance_m` is geodesic, from the town's centre (as GeoNames has it) to the geometry."""

    town: Named
    radius_m: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Fitting:
    """The towns that fit, nearest first, of the number looked at: how far the words narrow it down."""

    geometry: NamedGeometry
    towns: tuple[FittingTown, ...]
    considered: int


def estimated_radius_m(population: int) -> float:
    """How far a town is taken to reach: the circle that its people fill at 2,000 to the square kilometre.

    GeoNames gives a point and a number, no area. The density is our own choice and is low for a built-up
    place, for a radius too great only leaves a town standing that a closer look rules out, while one too
    small would drop the right one. At least 500 m, for the point itself may stand at the station or the
    town hall; at most 20 km.
    """
    return min(max(1000 * math.sqrt(population / (math.pi * PEOPLE_PER_KM2)), LEAST_RADIUS_M), MOST_RADIUS_M)


def towns_fitting(
    how: Relating,
    distance_m: float,
    of: str,
    *,
    inside: str | None = None,
    least_population: int = 1_000,
    town_radius_m: float | None = None,
) -> Fitting:
    """The towns of which some part is so far from the named geometry.

    A town with centre at distance D and radius r spans [D - r, D + r], widened by what the data of the
    geometry may be off (BORDER_ERROR_M): "within d" asks that this meets [0, d], "beyond d" that it reaches
    past d, "on" that it meets [0, max(d, 0)] too. `inside` keeps to towns that GeoNames has in one country.
    `town_radius_m` stands in for the estimate of every town. Raises GazetteerError, also when more
    towns fit than can be kept apart.
    """
    geometry = named_geometry(of)
    rows = _rows(inside, least_population)
    radii = _radii(rows, town_radius_m)
    own = estimated_radius_m(geometry.town.population) if geometry.town and town_radius_m is None else 0.0
    slack = radii + own + BORDER_ERROR_M
    points = _points(rows)
    near = _near(geometry, rows, points, distance_m + slack)
    if how is Relating.BEYOND:
        _require_few(int(len(rows) - near.sum()), how, distance_m, geometry)
    fits: list[tuple[float, int]] = []
    for n in np.flatnonzero(near | (how is Relating.BEYOND)).tolist():
        metres = _distance(geometry, points[n])
        beyond, within = metres + slack[n] > distance_m, metres - slack[n] <= distance_m
        if beyond if how is Relating.BEYOND else within:
            fits.append((metres, n))
        if len(fits) > _MOST_COUNTED:
            break
    _require_few(len(fits), how, distance_m, geometry)
    towns = tuple(
        FittingTown(town_of_row(int(rows[n])), float(radii[n]), metres) for metres, n in sorted(fits)
    )
    return Fitting(geometry, towns, len(rows))


def _require_few(count: int, how: Relating, distance_m: float, geometry: NamedGeometry) -> None:
    if count > MOST_CANDIDATES:
        words = {"within": "within", "beyond": "more than", "on": "on or within"}[how.value]
        number = str(count) if count <= _MOST_COUNTED else f"More than {_MOST_COUNTED}"
        raise GazetteerError(
            f"{number} towns lie {words} {distance_m / 1000:g} km of {geometry.label}, and at most "
            f"{MOST_CANDIDATES} can be kept apart: change the distance, name the country they lie in, "
            "or ask for greater towns."
        )


def _rows(inside: str | None, least_population: int) -> NDArray[np.int64]:
    towns = table()
    wanted = towns.population >= least_population
    if inside is not None:
        code = inside.strip().upper()
        if code not in towns.codes:
            raise GazetteerError(
                f"GeoNames knows no country {inside!r}: give the two letters of ISO 3166 (KP)."
            )
        wanted &= towns.country == towns.codes.index(code)
    return np.flatnonzero(wanted)


def _radii(rows: NDArray[np.int64], town_radius_m: float | None) -> NDArray[np.float64]:
    if town_radius_m is not None:
        return np.full(len(rows), town_radius_m)
    return np.array([estimated_radius_m(int(people)) for people in table().population[rows]], np.float64)


def _points(rows: NDArray[np.int64]) -> NDArray[np.float64]:
    towns = table()
    return np.stack([towns.latitude[rows], towns.longitude[rows]], axis=1) / STEPS_PER_DEGREE


def _near(
    geometry: NamedGeometry,
    rows: NDArray[np.int64],
    points: NDArray[np.float64],
    metres: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Towns that may lie within so many metres; of a country also all that GeoNames has in it."""
    if geometry.town is not None:
        spot = np.array([[geometry.town.latitude, geometry.town.longitude]] * 2)
        return Segments.of([spot]).near(points, metres)
    if geometry.kind is Geometry.BORDER:
        return segments_of_border(*geometry.codes).near(points, metres)
    towns = table()
    there = towns.country[rows] == towns.codes.index(geometry.codes[0])
    _require_few(int(there.sum()), Relating.WITHIN, 0.0, geometry)
    near: NDArray[np.bool_] = there | segments_of_outline(geometry.codes[0]).near(points, metres)
    return near


def _distance(geometry: NamedGeometry, point: NDArray[np.float64]) -> float:
    latitude, longitude = point.tolist()
    return geometry.nearest(latitude, longitude).distance_m
