"""Countries and borders from full-resolution polygons, and what lies how far: the front of `border_*`.

Polygons: timezone-boundary-builder, © OpenStreetMap contributors, ODbL, as installed with timezonefinder;
towns: GeoNames. Whoever shows a result names both (`ATTRIBUTION`). Measured on release 2026c: opening the
polygons 0.2 s; the borders of North Korea 0.1 s, of India 1.5 s, of China 5 s, of Russia, the longest, 6 s
(250 MB at the peak, 13 MB kept). Borders stay in the process, the last 8; a distance then takes 0.3 ms.
"""

from __future__ import annotations

from functools import cache

from archive.gazetteer.border_areas import Country, country_at
from archive.gazetteer.border_distance import BORDER_ERROR_M, Nearest, geodesic_m
from archive.gazetteer.border_lines import Border, border
from archive.gazetteer.border_names import Geometry, NamedGeometry, named_geometry, segments_of_border
from archive.gazetteer.border_towns import Fitting, FittingTown, estimated_radius_m, towns_fitting
from archive.gazetteer.errors import require_point
from archive.gazetteer.zones import zone_finder

ATTRIBUTION = (
    "Borders © OpenStreetMap contributors (ODbL), by timezone-boundary-builder; towns: GeoNames (CC BY 4.0)"
)

__all__ = [
    "ATTRIBUTION",
    "BORDER_ERROR_M",
    "Border",
    "Country",
    "Fitting",
    "FittingTown",
    "Geometry",
    "NamedGeometry",
    "Nearest",
    "border",
    "country_at",
    "dataset",
    "distance_to_border_m",
    "estimated_radius_m",
    "geodesic_m",
    "named_geometry",
    "nearest_border_point",
    "towns_fitting",
]


def nearest_border_point(latitude: float, longitude: float, code: str, other: str | None = None) -> Nearest:
    """The point of the border that is nearest by the ellipsoid; BORDER_ERROR_M says how sure the line is.

    Raises NoSuchPointError, and GazetteerError when there is no such border.
    """
    require_point(latitude, longitude)
    made = border(code, other)
    return segments_of_border(made.code, made.other).nearest(latitude, longitude)


def distance_to_border_m(latitude: float, longitude: float, code: str, other: str | None = None) -> float:
    """Geodesic metres (WGS84) to the nearest point of the border, from either side. Raises as above."""
    return nearest_border_point(latitude, longitude, code, other).distance_m


@cache
def dataset() -> str:
    """What the answers were drawn from, to be kept beside them."""
    release = zone_finder().data_version
    return f"GeoNames (towns of 1,000 people or more); timezone-boundary-builder {release} (OpenStreetMap)"
