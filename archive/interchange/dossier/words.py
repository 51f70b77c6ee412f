"""Values, levels and instants in plain words, as a report prints them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from archive.custody.chain import Kind
from archive.evidence.rules import Level, Out
from archive.evidence.values import CivilTime, Instant, Text, Value
from archive.values.direction import Direction
from archive.values.edtf_syntax import MONTHS
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet, SettledPlace, SettledTime, Status
from archive.values.shapes import Corridor, Polygon, Relating, Relation
from archive.values.wording import describe, distance

QUESTIONS: Final[Mapping[Facet, str]] = {
    Facet.CAMERA_PLACE: "Where was the camera?",
    Facet.SUBJECT_PLACE: "What place does the picture show?",
    Facet.OPERATOR_PLACE: "Where was the person who took it?",
    Facet.DIRECTION: "Which way did the camera look?",
    Facet.TIME: "When was it taken?",
    Facet.AUTHOR: "Who took it?",
    Facet.CONTENT: "What does it show?",
    Facet.AUTHENTICITY: "Is it what it is said to be?",
}
STATUSES: Final[Mapping[Status, str]] = {
    Status.UNKNOWN: "not known",
    Status.UNREVIEWED: "nobody has reviewed it",
    Status.IN_REVIEW: "being reviewed",
    Status.CORROBORATED: "corroborated: independent sources or two reviewers agree",
    Status.CONFIRMED: "confirmed by reviewers",
    Status.DISPUTED: "disputed",
    Status.UNDETERMINABLE: "cannot be determined from what there is",
}
LEVELS: Final[Mapping[Level, str]] = {
    Level.DOUBTFUL: "judged doubtful",
    Level.POSSIBLE: "judged possible",
    Level.FILE: "said by the file, not reviewed",
    Level.PERSON: "said by a person, not reviewed",
    Level.CORROBORATED: "independent sources agree",
    Level.PROBABLE: "judged probable",
    Level.CONFIRMED: "judged confirmed",
}
OUTS: Final[Mapping[Out, str]] = {
    Out.SUPERSEDED: "does not count: a later claim replaced it",
    Out.WITHDRAWN: "does not count: it was withdrawn",
    Out.REFUTED: "does not count: reviewers refuted it",
    Out.UNFOUNDED: "does not count: what it rests on does not count",
}
EVENTS: Final[Mapping[str, str]] = {
    Kind.RECEIVED: "received",
    Kind.FILE_ADDED: "further file received",
    Kind.FIELD_CHANGED: "text changed",
    Kind.CLAIM_MADE: "claim made",
    Kind.CLAIM_EXCEPTED: "taken out of a claim on its series",
    Kind.SOURCE_RECORDED: "source recorded",
    Kind.SERIES_CHANGED: "series changed",
    Kind.APPEARANCE_RECORDED: "appearance recorded",
    Kind.EVIDENCE_RECORDED: "evidence recorded",
    Kind.FALSIFIER_RECORDED: "what would change the answer, recorded",
    Kind.VERDICT_GIVEN: "verdict given",
    Kind.ATTACHMENT_KEPT: "document kept",
    Kind.EXPORTED: "report taken out",
    Kind.SELECTION_FROZEN: "list frozen for citation",
    Kind.SELECTION_WITHDRAWN: "frozen list withdrawn",
    Kind.ERASED: "personal text erased",
    Kind.REMOVED: "removed",
}
READERS: Final[Mapping[Readership, str]] = {
    Readership.PUBLIC: "",
    Readership.MEMBERS: "for members of the collection",
    Readership.REVIEWERS: "for reviewers and curators",
}
_HOW: Final = {Relating.WITHIN: "within", Relating.BEYOND: "more than", Relating.ON: "on"}


def value(said: Value | None) -> str:  # noqa: PLR0911 - one for each kind of value
    match said:
        case None:
            return "withdrawn"
        case Place():
            return f"{point(said.latitude, said.longitude)}, {_accuracy(said.radius_m)}"
        case Polygon():
            latitude, longitude = said.ring[0]
            return f"an area with {len(said.ring)} corners, the first at {point(latitude, longitude)}"
        case Corridor():
            ends = f"{point(*said.line[0])} to {point(*said.line[-1])}"
            return f"along a line from {ends}, {distance(said.buffer_m)} to either side"
        case Relation():
            return _relation(said)
        case Direction():
            north = {"T": "true north", "M": "magnetic north", None: "a north not stated"}[said.reference]
            width = f", {said.width_deg:g}° wide" if said.width_deg else ""
            return f"{said.degrees:g}° from {north}{width}"
        case CivilTime():
            return describe(said.moment, said.text)
        case Instant():
            return instant(said.at)
        case Text():
            return said.text


def short(said: Value) -> str:
    """Like `value`, without the places that fit: the claims under it name them."""
    if isinstance(said, Relation):
        return f"{_how(said)}: {_count(said)}"
    return value(said)


def point(latitude: float, longitude: float) -> str:
    return f"{round(latitude, 6) + 0.0:.6f}, {round(longitude, 6) + 0.0:.6f}"  # no minus before nothing


def instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def minute(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}, {there:%H:%M} UTC"


def where(place: SettledPlace) -> str:
    """Say the settled place, all its parts, and how far it is settled."""
    status = STATUSES[place.status]
    if not place.parts:
        return f"Not known ({status})." if place.status is not Status.UNKNOWN else "Nobody has said where."
    said = [
        part.name or f"{point(part.place.latitude, part.place.longitude)}, {_accuracy(part.place.radius_m)}"
        for part in place.parts
    ]
    whose = {Facet.SUBJECT_PLACE: "Place shown", Facet.CAMERA_PLACE: "Camera"}.get(
        place.facet or Facet.CAMERA_PLACE, "Place"
    )
    several = f"{len(said)} places stand side by side: " if len(said) > 1 else ""
    return f"{whose}: {several}{'; '.join(said)} ({status})."


def when(time: SettledTime) -> str:
    """Say the settled local date, the UTC bounds, and how far it is settled."""
    if time.moment is None:
        return "Nobody has said when."
    bounds = ""
    if time.earliest_utc and time.latest_utc:
        bounds = f"; between {_stored(time.earliest_utc)} and {_stored(time.latest_utc)}"
    after = (
        f"; not after {_stored(time.not_after)}, when it was first seen published" if time.not_after else ""
    )
    return f"{describe(time.moment, time.text)} ({STATUSES[time.status]}{bounds}{after})."


def size(byte_count: int) -> str:
    return f"{byte_count:,} bytes"


def _stored(text: str) -> str:
    return instant(datetime.fromisoformat(text))


def _accuracy(radius_m: float | None) -> str:
    return "accuracy not stated" if radius_m is None else f"±{distance(radius_m)}"


def _relation(said: Relation) -> str:
    if not said.candidates:
        return _how(said)
    named = ", ".join(f"{one.name} ({distance(one.distance_m)})" for one in said.candidates)
    return f"{_how(said)}; {_count(said)}: {named}"


def _count(said: Relation) -> str:
    count = len(said.candidates)
    return "1 place fits" if count == 1 else f"{count} places fit"


def _how(said: Relation) -> str:
    if said.how is Relating.ON:
        return f"on {said.label}"
    joint = "of" if said.how is Relating.WITHIN else "from"
    return f"{_HOW[said.how]} {distance(said.distance_m)} {joint} {said.label}"
