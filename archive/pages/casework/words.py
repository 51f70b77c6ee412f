"""Questions, values and claims in the words the forms use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.evidence.sources import spoken_name
from archive.evidence.values import CivilTime, Instant, Text, Value, from_json
from archive.pages.casework.relating import side
from archive.pages.wording import places, times
from archive.values.coordinates import decimal_text
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Corridor, Polygon, Relating, Relation
from archive.values.wording import describe, distance

if TYPE_CHECKING:
    from archive.evidence.models import Claim

QUESTIONS = {
    Facet.CAMERA_PLACE: "Where the camera was",
    Facet.SUBJECT_PLACE: "What place the picture shows",
    Facet.OPERATOR_PLACE: "Where the photographer stood",
    Facet.DIRECTION: "Which way the camera looked",
    Facet.TIME: "When it was taken",
    Facet.AUTHOR: "Who made it",
    Facet.CONTENT: "What it shows",
    Facet.AUTHENTICITY: "Whether it is what it is said to be",
}
HOW = {
    Relating.WITHIN: "within",
    Relating.BEYOND: "more than",
    Relating.ON: "on",
}
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in one line, for a list to tick or a page to confirm."""

    number: int
    question: str
    speaker: str
    value: str
    words: str
    of_series: str


def claim_line(claim: Claim) -> ClaimLine:
    """For insiders: the speaker by name."""
    value = from_json(claim.value)
    return ClaimLine(
        number=claim.pk,
        question=QUESTIONS[Facet(claim.facet)],
        speaker=spoken_name(claim.source, inside=True),
        value=value_words(value) if value is not None else "takes back what was said before",
        words=short(claim.words),
        of_series=claim.series.title if claim.series else "",
    )


def short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1].rstrip() + "…"


def value_words(value: Value) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case Place():
            return f"{decimal_text(value)}, {places.accuracy(value.radius_m)}"
        case Polygon():
            return f"an area drawn on the map ({len(value.ring)} corners)"
        case Corridor():
            return f"within {distance(value.buffer_m)} of a line drawn on the map"
        case Relation():
            return relation_words(value)
        case Direction():
            width = f", {value.width_deg:g}° wide" if value.width_deg is not None else ""
            return f"{places.compass(value.degrees)} ({value.degrees:g}°{width})"
        case CivilTime():
            minutes = value.moment.offset_minutes
            zone = f" {times.offset(minutes)}" if minutes is not None else ""
            return f"{describe(value.moment, value.text)}{zone}"
        case Instant():
            return times.instant(value.at)
        case Text():
            return value.text


def relation_words(value: Relation) -> str:
    """Say it as a person would: "within 2 km of the border of North Korea and China: 7 towns fit"."""
    count = len(value.candidates)
    where = side(value)
    fit = f"{count} town{' fits' if count == 1 else 's fit'}"
    if value.how is Relating.ON:
        near = f" or within {distance(value.distance_m)} of it" if value.distance_m else ""
        return f"on {value.label}{near}{where}: {fit}"
    from_to = "of" if value.how is Relating.WITHIN else "from"
    return f"{HOW[value.how]} {distance(value.distance_m)} {from_to} {value.label}{where}: {fit}"
