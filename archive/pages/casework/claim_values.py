"""The value of a claim: from the form's fields, and back into them for a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.evidence.claims import PLACE_FACETS, civil_time
from archive.evidence.errors import EvidenceError
from archive.evidence.values import CivilTime, Instant, Text, Value
from archive.pages.casework import relating
from archive.pages.casework.typed import UnreadError, direction, metres, point, points, points_text
from archive.values.coordinates import decimal_text
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Corridor, Polygon, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

SHAPES = [
    ("point", "a point, and how far it may be off"),
    ("area", "an area"),
    ("line", "somewhere along a line"),
    ("relation", "near something that has a name"),
]


def read_value(facet: Facet, fields: Mapping[str, str]) -> Value:
    """Return what was typed for a question. Raises `UnreadError` that names the field."""
    if facet in PLACE_FACETS:
        return _place(fields)
    if facet is Facet.TIME:
        return _time(fields["date"])
    if facet is Facet.DIRECTION:
        return direction(fields["degrees"], fields["north"], fields["view"])
    if not fields["answer"].strip():
        raise UnreadError("answer", "Write what is said, in a few words.")
    return Text(fields["answer"].strip())


def as_fields(value: Value) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind of value
    """Write a value as the form's fields."""
    match value:
        case Place():
            radius = "" if value.radius_m is None else f"{value.radius_m:.10g} m"
            return {"shape": "point", "coordinates": decimal_text(value), "radius": radius}
        case Polygon():
            return {"shape": "area", "area": points_text(value.ring)}
        case Corridor():
            return {"shape": "line", "line": points_text(value.line), "width": f"{value.buffer_m:.10g} m"}
        case Relation():
            return {"shape": "relation", **relating.as_fields(value)}
        case Direction():
            wide = "" if value.width_deg is None else f"{value.width_deg:g}"
            return {"degrees": f"{value.degrees:g}", "north": value.reference or "", "view": wide}
        case CivilTime():
            return {"date": value.text}
        case Instant():
            return {"date": f"{value.at:%Y-%m-%dT%H:%M:%SZ}"}
        case Text():
            return {"answer": value.text}


def _place(fields: Mapping[str, str]) -> Value:
    match fields["shape"]:
        case "area":
            return Polygon(points(fields["area"], "area", least=3))
        case "line":
            line = points(fields["line"], "line", least=2)
            try:
                return Corridor(line, metres(fields["width"], "width"))
            except UnreadError:
                raise
            except ValueError as wrong:
                raise UnreadError("width", f"{wrong}.") from wrong
        case "relation":
            return relating.fits(relating.asked(fields)).relation
        case _:
            return point(fields["coordinates"], fields["radius"])


def _time(text: str) -> CivilTime:
    try:
        return civil_time(text)
    except EvidenceError as wrong:
        raise UnreadError("date", str(wrong)) from wrong
