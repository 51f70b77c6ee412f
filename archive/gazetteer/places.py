"""Towns by place and by name."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.errors import require_point
from archive.gazetteer.folding import fold
from archive.gazetteer.table import STEPS_PER_DEGREE, Table, table

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG); distances are on this sphere, up to 0.5 % off the ellipsoid's."""

_HALF_ROUND_KM = math.pi * EARTH_RADIUS_KM + 1
_FIRST_REACH_KM = 50.0


@dataclass(frozen=True, slots=True)
class Named:
    """A town: its name as GeoNames writes it, WGS84 degrees, and how far it is if that was asked."""

    name: str
    country_code: str
    country: str
    latitude: float
    longitude: float
    population: int
    distance_km: float | None = None


def places_near(latitude: float, longitude: float, within_km: float = 25, limit: int = 3) -> list[Named]:
    """Towns within the distance, nearest first, of equally near ones the greater.

    Raises NoSuchPointError.
    """
    require_point(latitude, longitude)
    towns = table()
    rows, distances = _within(towns, latitude, longitude, within_km)
    order = np.lexsort((rows, -towns.population[rows], distances))[: max(limit, 0)]
    return [_named(towns, int(rows[n]), float(distances[n])) for n in order]


def nearest(latitude: float, longitude: float) -> Named | None:
    """The nearest town of all, however far; None only of an empty table. Raises NoSuchPointError."""
    reach = _FIRST_REACH_KM
    while not (found := places_near(latitude, longitude, reach, 1)) and reach < _HALF_ROUND_KM:
        reach = min(reach * 3, _HALF_ROUND_KM)
    return found[0] if found else None


def find(words: str, limit: int = 10) -> list[Named]:
    """Towns one of whose names begins with the words: those called just so first, then by population.

    Case, accents and punctuation do not count. Towns of 100,000 people or more are found by their other
    names and scripts too ("서울", "Wien"). Nothing else is understood: no country after a comma, no
    coordinates.
    """
    folded = fold(words)
    if not folded:
        return []
    towns = table()
    exact, rows = (_rows_called(towns, folded, whole=whole) for whole in (True, False))
    order = np.lexsort((rows, -towns.population[rows], ~np.isin(rows, exact)))[: max(limit, 0)]
    return [_named(towns, int(row), None) for row in rows[order]]


def _rows_called(towns: Table, folded: str, *, whole: bool) -> NDArray[np.int32]:
    by_name = towns.names.matching(folded, whole=whole)
    by_alias = towns.aliases.matching(folded, whole=whole)
    names = np.arange(by_name.start, by_name.stop, dtype=np.int32)
    return np.unique(np.concatenate([names, towns.alias_place[by_alias.start : by_alias.stop]]))


def town_of_row(row: int) -> Named:
    """The town of a row of the table."""
    return _named(table(), row, None)


def country_name(code: str) -> str | None:
    """English name by ISO 3166-1 alpha-2 code; None for a code that GeoNames does not know."""
    return table().countries.get(code.upper())


def distance_km(
    latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Great-circle distances by the haversine formula: good at small distances, across 180° and at poles."""
    here, there = math.radians(latitude), np.radians(latitudes)
    half_north = np.sin((there - here) / 2)
    half_east = np.sin(np.radians(longitudes - longitude) / 2)
    square = half_north**2 + math.cos(here) * np.cos(there) * half_east**2
    found: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(square), 1.0))
    return found


def _within(
    towns: Table, latitude: float, longitude: float, within_km: float
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Rows and distances within reach: by band of latitude, which holds at any longitude, then exactly."""
    reach = math.degrees(max(within_km, 0.0) / EARTH_RADIUS_KM) + 1 / STEPS_PER_DEGREE
    south, north = ((latitude + way * reach) * STEPS_PER_DEGREE for way in (-1, 1))
    first, last = np.searchsorted(towns.latitudes, [south, north])
    rows = towns.northward[first:last]
    distances = distance_km(
        latitude, longitude, towns.latitude[rows] / STEPS_PER_DEGREE, towns.longitude[rows] / STEPS_PER_DEGREE
    )
    near = distances <= within_km
    return rows[near], distances[near]


def _named(towns: Table, row: int, distance: float | None) -> Named:
    code = towns.codes[towns.country[row]]
    return Named(
        name=towns.names[row],
        country_code=code,
        country=towns.countries[code],
        latitude=float(towns.latitude[row]) / STEPS_PER_DEGREE,
        longitude=float(towns.longitude[row]) / STEPS_PER_DEGREE,
        population=int(towns.population[row]),
        distance_km=distance,
    )
