"""Geometries that have a name: a border, a country, a town; and how far a point is from each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from archive.gazetteer.border_areas import STEPS, holders_of, known_country, name_of
from archive.gazetteer.border_distance import Nearest, Segments, geodesic_m
from archive.gazetteer.border_lines import border, outline
from archive.gazetteer.errors import GazetteerError, require_point
from archive.gazetteer.folding import fold
from archive.gazetteer.places import Named, find, places_near

_FORMS = "border:KP, border:KP-CN, country:KP or town:Dandong@40.129,124.394"
_TOWN = re.compile(r"\s*(?P<name>[^@]+?)\s*(?:@\s*(?P<north>[-+]?[\d.]+)\s*,\s*(?P<east>[-+]?[\d.]+)\s*)?")
_SAME_TOWN_KM = 5.0
_MOST_NAMESAKES = 200


class Geometry(StrEnum):
    BORDER = "border"
    COUNTRY = "country"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class NamedGeometry:
    """`of` in its one spelling ("border:KP-CN"), `label` for people ("the border of X and Y")."""

    of: str
    label: str
    kind: Geometry
    codes: tuple[str, ...]
    town: Named | None = None

    def nearest(self, latitude: float, longitude: float) -> Nearest:
        """The geometry's nearest point to a point, and the geodesic distance in metres (0 within a country).

        The sea within 12 nautical miles counts as the country's. A town is its centre. Raises
        NoSuchPointError.
        """
        require_point(latitude, longitude)
        if self.town is not None:
            north, east = self.town.latitude, self.town.longitude
            return Nearest(north, east, geodesic_m(latitude, longitude, north, east))
        if self.kind is Geometry.COUNTRY:
            if self.codes[0] in holders_of(round(longitude * STEPS), round(latitude * STEPS)):
                return Nearest(latitude, longitude, 0.0)
            return segments_of_outline(self.codes[0]).nearest(latitude, longitude)
        return segments_of_border(*self.codes).nearest(latitude, longitude)


@lru_cache(maxsize=256)
def named_geometry(of: str) -> NamedGeometry:
    """Read a name of a geometry; a border is looked up at once, so that one that is not there is told here.

    Raises GazetteerError, which says what to write instead.
    """
    kind, _, rest = of.strip().partition(":")
    match kind.strip().lower():
        case Geometry.BORDER:
            return _border(rest)
        case Geometry.COUNTRY:
            code = known_country(rest)
            return NamedGeometry(f"country:{code}", name_of(code), Geometry.COUNTRY, (code,))
        case Geometry.TOWN:
            return _town(rest)
        case _:
            raise GazetteerError(f"{of!r} names no geometry: write {_FORMS}.")


@lru_cache(maxsize=8)
def segments_of_border(code: str, other: str | None = None) -> Segments:
    return Segments.of(border(code, other).lines)


@lru_cache(maxsize=4)
def segments_of_outline(code: str) -> Segments:
    return Segments.of(outline(code))


def _border(rest: str) -> NamedGeometry:
    codes = tuple(known_country(code) for code in rest.split("-"))
    if len(codes) > 2:
        raise GazetteerError("A border lies between two countries: write border:KP-CN, or border:KP for all.")
    border(*codes)
    return NamedGeometry(
        f"border:{'-'.join(codes)}",
        f"the border of {' and '.join(name_of(code) for code in codes)}",
        Geometry.BORDER,
        codes,
    )


def _town(rest: str) -> NamedGeometry:
    found = _TOWN.fullmatch(rest)
    if found is None:
        raise GazetteerError(f"{rest!r} names no town: write town:Dandong@40.129,124.394.")
    town = _one_town(found["name"], _point(found["north"], found["east"]))
    return NamedGeometry(
        f"town:{town.name}@{town.latitude:.4f},{town.longitude:.4f}",
        f"{town.name}, {town.country}",
        Geometry.TOWN,
        (town.country_code,),
        town,
    )


def _point(north: str | None, east: str | None) -> tuple[float, float] | None:
    if north is None or east is None:
        return None
    try:
        return float(north), float(east)
    except ValueError:
        raise GazetteerError(f"{north},{east} is no point: write town:Dandong@40.129,124.394.") from None


def _one_town(name: str, near: tuple[float, float] | None) -> Named:
    if near is None:
        towns = [town for town in find(name, _MOST_NAMESAKES) if fold(town.name) == fold(name)] or find(
            name, 2
        )
    else:
        around = places_near(*near, _SAME_TOWN_KM, _MOST_NAMESAKES)
        towns = [town for town in around if fold(town.name) == fold(name)][:1]
    if not towns:
        raise GazetteerError(
            f"GeoNames has no town of 1,000 people called {name!r}"
            + (" there: check the name and the point." if near else ": check the spelling.")
        )
    if len(towns) > 1:
        some = "; ".join(
            f"town:{town.name}@{town.latitude},{town.longitude} ({town.country})" for town in towns[:5]
        )
        raise GazetteerError(f"{len(towns)} towns or more are called {name!r}: say which, as in {some}.")
    return replace(towns[0], distance_km=None)
