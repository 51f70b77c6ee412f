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
ROOM_X, ROOM_Y = 68, 26
"""Pixels that a town's name keeps free of lesser ones."""


def towns(cities: Iterable[dict[str, Any]], capitals: set[tuple[str, str]]) -> list[Label]:
    """Each town once, with the first zoom at which no greater one claims its room (greedy, by importance)."""
    ranked = sorted(
        ((_is_capital(city, capitals), city) for city in cities),
        key=lambda pair: -(pair[1]["population"] * (4 if pair[0] else 1) + (2e5 if pair[0] else 0)),
    )
    places = project(np.array([[city["longitude"], city["latitude"]] for _, city in ranked]))
    zooms = np.full(len(ranked), DEEPEST)
    for zoom in range(2, DEEPEST):
        scale = 256 << zoom
        floor = FEWEST_PEOPLE[min(zoom, len(FEWEST_PEOPLE) - 1)]
        taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for n, ((capital, city), place) in enumerate(zip(ranked, places, strict=True)):
            px, py = place[0] * scale, place[1] * scale
            cell = (int(px // ROOM_X), int(py // ROOM_Y))
            if zooms[n] == DEEPEST:
                if city["population"] * (10 if capital else 1) < floor or _crowded(px, py, cell, taken):
                    continue
                zooms[n] = zoom
            taken.setdefault(cell, []).append((px, py))
    return [
        Label(float(x), float(y), int(capital), float(zoom), _step(city["population"]), city["name"])
        for (capital, city), (x, y), zoom in zip(ranked, places, zooms, strict=True)
    ]


def _crowded(
    x: float, y: float, cell: tuple[int, int], taken: dict[tuple[int, int], list[tuple[float, float]]]
) -> bool:
    return any(
        abs(x - ox) < ROOM_X and abs(y - oy) < ROOM_Y
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for ox, oy in taken.get((cell[0] + dx, cell[1] + dy), ())
    )


def _is_capital(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    return (city["countrycode"], city["name"]) in capitals and city["population"] > 0


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
