"""Which names the map may write, and from which zoom on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.mapdata.geometry import area, label_point, project
from tools.mapdata.seas import SEAS
from tools.mapdata.tiles import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.mapdata.sources import Country

DEEPEST = 13
FEWEST_PEOPLE = (9e9, 9e9, 4e6, 1.5e6, 4e5, 1e5, 3e4, 8e3, 2e3, 0)
"""Population from which a town may be named, by zoom; the last holds for all zooms beyond."""
ROOM_X, ROOM_Y = 56, 20
"""Pixels around a town within which a lesser one is not named at that zoom."""

NOTABLE = 30
"""How many times the zoom's population makes a town that a greater neighbour does not hide ..."""

DOT = 0.2
"""... unless it is as near as this share of the room: twin towns on two banks of a river both count."""


Spots = dict[tuple[int, int], list[tuple[float, float]]]
"""Pixels by cell of one room's size."""


def towns(cities: Iterable[dict[str, Any]], capitals: set[tuple[str, str]]) -> list[Label]:
    """Each town once, with the first zoom at which no greater one claims its room (greedy, by importance).

    A town that has to wait keeps its lesser neighbours waiting: Hamburg is named before its boroughs.
    """
    ranked = sorted(
        _with_capitals(cities, capitals),
        key=lambda pair: -(pair[1]["population"] * (4 if pair[0] else 1) + (2e5 if pair[0] else 0)),
    )
    places = project(np.array([[city["longitude"], city["latitude"]] for _, city in ranked]))
    zooms = np.full(len(ranked), DEEPEST)
    for zoom in range(2, DEEPEST):
        scale = 256 << zoom
        floor = FEWEST_PEOPLE[min(zoom, len(FEWEST_PEOPLE) - 1)]
        taken: Spots = {}
        waiting: Spots = {}
        for n, ((capital, city), place) in enumerate(zip(ranked, places, strict=True)):
            spot = (place[0] * scale, place[1] * scale)
            if zooms[n] == DEEPEST:
                people = city["population"] * (10 if capital else 1)
                share = DOT if people >= NOTABLE * max(floor, 2000) else 1
                if people < floor or _crowded(spot, 0.5, waiting):
                    continue
                if _crowded(spot, share, taken):
                    _take(spot, waiting)
                    continue
                zooms[n] = zoom
            _take(spot, taken)
    return [
        Label(float(x), float(y), int(capital), float(zoom), _step(city["population"]), city["name"])
        for (capital, city), (x, y), zoom in zip(ranked, places, zooms, strict=True)
    ]


def _cell(spot: tuple[float, float]) -> tuple[int, int]:
    return int(spot[0] // ROOM_X), int(spot[1] // ROOM_Y)


def _take(spot: tuple[float, float], spots: Spots) -> None:
    spots.setdefault(_cell(spot), []).append(spot)


def _crowded(spot: tuple[float, float], share: float, spots: Spots) -> bool:
    column, row = _cell(spot)
    return any(
        abs(spot[0] - x) < ROOM_X * share and abs(spot[1] - y) < ROOM_Y * share
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for x, y in spots.get((column + dx, row + dy), ())
    )


def _with_capitals(
    cities: Iterable[dict[str, Any]], capitals: set[tuple[str, str]]
) -> list[tuple[bool, dict[str, Any]]]:
    """Each city and whether it is its country's capital: the greatest of that name there."""
    cities = list(cities)
    greatest: dict[tuple[str, str], int] = {}
    for city in cities:
        key = (city["countrycode"], city["name"])
        if key in capitals:
            greatest[key] = max(greatest.get(key, 0), city["population"])
    return [
        (greatest.get((city["countrycode"], city["name"])) == city["population"], city) for city in cities
    ]


def _step(population: int) -> int:
    """0 under 2,000 people, then one step for each doubling."""
    return max(0, int(math.log2(max(population, 1) / 1000)))


def country_names(countries: Iterable[Country], names: dict[str, str]) -> list[Label]:
    """Each country's name in the middle of its largest piece; size: 8 × (16 + log2 of that piece's width)."""
    labels = []
    for country in countries:
        ring = max((project(ring) for ring in country.rings), key=area)
        x, y = label_point(ring)
        width = float(np.ptp(ring[:, 0]))
        room = max(width, 2.0**-12)
        first = min(max(math.log2(52 / 256 / room) + 0.2, 1.5), 8.0)
        name = names.get(country.code, country.name)
        if name and country.code != "AQ":
            labels.append(Label(x, y, 2, round(first * 4) / 4, round(8 * (16 + math.log2(room))), name))
    return labels


def sea_names() -> list[Label]:
    degrees = np.array([[longitude, latitude] for _, latitude, longitude, _ in SEAS])
    return [
        Label(float(x), float(y), 3, first, 0, name)
        for (x, y), (name, _, _, first) in zip(project(degrees), SEAS, strict=True)
    ]
