"""Countries as the polygons of their time zones (timezone-boundary-builder, from OpenStreetMap, ODbL).

A country is the union of its zones; `zone.tab` of the tz database says whose each zone is. Polygons reach
out to the end of the territorial sea; beyond it lie the zones `Etc/*`, which are nobody's. What was
measured on release 2026c:

* neighbours share their vertices exactly (1e-7 degree): of 4.09 million edges 98.9 % belong to two or three
  zones, and the rest are edges of ground that two zones both hold, or of seams in the oceans;
* of 147,283 GeoNames towns `country_at` puts 108 in another country than GeoNames does: 62 in Kosovo, which
  has no zone of its own and counts as Serbia here, the rest by rivers, on islands and in ground disputed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.errors import GazetteerError, require_point
from archive.gazetteer.places import country_name, places_near
from archive.gazetteer.zones import zone_finder

STEPS = 10_000_000
"""The data's own grid: steps to a degree (1.1 cm)."""

Ring = NDArray[np.int64]
"""Vertices of a ring in order, row 0 longitude and row 1 latitude in steps; the last joins the first."""

_NEAR_A_TOWN_KM = 50.0


@dataclass(frozen=True, slots=True)
class Country:
    """`also`: other countries whose polygons hold the same point: ground in dispute or held in common."""

    code: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Areas:
    """Which polygon is whose. Boxes are west, south, east, north in steps, a row for each polygon."""

    owner: tuple[str, ...]
    """Country code of each polygon; "" for the open sea."""
    boxes: NDArray[np.int64]
    of: dict[str, tuple[int, ...]]


@cache
def areas() -> Areas:
    """Read at first use (about 20 ms beyond opening the zones)."""
    finder = zone_finder()
    whose = _countries_of_zones()
    outlines = finder.boundaries
    boxes = np.stack([outlines.xmin, outlines.ymin, outlines.xmax, outlines.ymax], axis=1).astype(np.int64)
    owner = tuple(
        _owner(finder.zone_name_from_boundary_id(number), whose, box) for number, box in enumerate(boxes)
    )
    polygons = defaultdict(list)
    for number, code in enumerate(owner):
        if code:
            polygons[code].append(number)
    return Areas(owner, boxes, {code: tuple(numbers) for code, numbers in polygons.items()})


def country_at(latitude: float, longitude: float) -> Country | None:
    """The country whose polygon holds the point (about 0.1 ms); None beyond 12 nautical miles at sea.

    Where several hold it, the country is the one that GeoNames gives to the nearest town within 50 km, else
    the first by code; the others are told in `also`. Raises NoSuchPointError.
    """
    require_point(latitude, longitude)
    codes = sorted(holders_of(round(longitude * STEPS), round(latitude * STEPS)))
    if not codes:
        return None
    towns = places_near(latitude, longitude, _NEAR_A_TOWN_KM, 20) if len(codes) > 1 else []
    first = next((town.country_code for town in towns if town.country_code in codes), codes[0])
    return Country(first, name_of(first), tuple(code for code in codes if code != first))


def holders_of(x: int, y: int) -> set[str]:
    """Codes of the countries that hold a point given in steps."""
    boxes = areas().boxes
    around = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
    finder = zone_finder()
    return {
        owner
        for number in np.flatnonzero(around)
        if (owner := areas().owner[number]) and finder.inside_of_polygon(number, x, y)
    }


def rings(polygon: int) -> list[Ring]:
    """Outline and holes of a polygon."""
    finder = zone_finder()
    return [ring.astype(np.int64) for ring in (finder.coords_of(polygon), *finder._holes_of_poly(polygon))]  # noqa: SLF001 -- the public call turns every vertex into a Python float first


def known_country(code: str) -> str:
    """The code in upper case. Raises GazetteerError for one that has no polygons."""
    upper = code.strip().upper()
    if upper not in areas().of:
        raise GazetteerError(
            f"No borders are known for {code!r}: give the two letters of ISO 3166 (KP, CN). "
            "Kosovo (XK) has no time zone of its own in the data and is drawn as part of RS."
        )
    return upper


def name_of(code: str) -> str:
    return country_name(code) or code


def _owner(zone: str, whose: dict[str, str], box: NDArray[np.int64]) -> str:
    """Northern Vietnam kept Bangkok's clocks until 1975: it is drawn in Bangkok's zone, as polygons apart."""
    west, south = box[:2] / STEPS
    if zone == "Asia/Bangkok" and west > 102 and south > 16.9:
        return "VN"
    return whose.get(zone, "")


def _countries_of_zones() -> dict[str, str]:
    """`zone.tab` of the package tzdata: code, coordinates, zone, comment, by tabs."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {zone: code for code, _, zone, *_ in rows}
