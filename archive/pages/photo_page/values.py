"""Values of claims in words, and who an answer rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.evidence.values import CivilTime, Instant, Text, Value
from archive.evidence.vocabulary import Method, SourceKind
from archive.pages.wording import places, times
from archive.pages.wording.answers import Voice
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Corridor, Polygon, Relating, Relation
from archive.values.wording import describe, distance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.evidence.case import Heard

_RELATED = {Relating.WITHIN: "within {} of", Relating.BEYOND: "more than {} from", Relating.ON: "on"}


def said(value: Value | None) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None:
            return "takes back what was said before"
        case Place():
            return f"{places.decimal(value)} · {places.accuracy(value.radius_m)}"
        case Direction():
            return places.looking(value)
        case CivilTime():
            minutes = value.moment.offset_minutes
            zone = f" {times.offset(minutes)}" if minutes is not None else ""
            return f"{describe(value.moment, value.text)}{zone}"
        case Instant():
            return f"{times.instant(value.at)}, by satellites"
        case Text():
            return value.text
        case Relation():
            return f"{_RELATED[value.how].format(distance(value.distance_m))} {value.label}"
        case Polygon():
            return "an area drawn on the map"
        case Corridor():
            return f"within {distance(value.buffer_m)} of a line drawn on the map"


def voice(standing: Sequence[Heard]) -> Voice:
    """Name who an answer rests on, from the claims that answer."""
    if not standing:
        return Voice.NOBODY
    first = standing[0]
    if first.source_kind != SourceKind.FILE:
        return Voice.PERSON
    if isinstance(first.value, Instant):
        return Voice.SATELLITES
    tags = first.tag.split(", ")  # a sidecar may repeat what the camera wrote
    if first.facet is not Facet.TIME and any(tag.startswith("GPS ") for tag in tags):
        return Voice.GPS
    if first.facet is Facet.TIME and any(tag.startswith(("EXIF ", "Image ")) for tag in tags):
        return Voice.CLOCK
    return Voice.XMP if first.method == Method.XMP else Voice.FILE
