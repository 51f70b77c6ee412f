"""The value of a claim, and how it is stored. A claim without a value has been withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.evidence.vocabulary import Judgement
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet
from archive.values.shapes import Candidate, Corridor, Points, Polygon, Relating, Relation, Shape

FOREVER_AGO = datetime(1, 1, 1)  # noqa: DTZ001 - civil time
FAR_AHEAD = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - civil time


@dataclass(frozen=True, slots=True)
class CivilTime:
    """A clock or calendar as written; `text` is EDTF."""

    moment: Moment
    text: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A UTC instant, as satellites give it; where it was on the local calendar depends on the place."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in words: who made the picture, what it shows, whether it is what it is said to be."""

    text: str


Value = Shape | Direction | CivilTime | Instant | Text


@dataclass(frozen=True, slots=True)
class Judged:
    """The latest verdict of one reviewer on a claim."""

    verdict: int
    reviewer: int
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as far as settling cares: who (file or person), about what, which value, which verdicts.

    `source` numbers who speaks; `independent` is false for the archive's own members, whose entry is the
    archive's voice. `bases` are the claims it rests on. `elsewhere` marks one that does not speak of this
    photo, as a claim on another photo that one here rests on: it answers nothing, but supersedes and founds.
    """

    claim: int
    facet: Facet
    basis: Basis
    value: Value | None
    supersedes: int | None = None
    source: int = 0
    independent: bool = True
    bases: tuple[int, ...] = ()
    verdicts: tuple[Judged, ...] = ()
    elsewhere: bool = False


def to_json(value: Value | None) -> dict[str, Any] | None:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None:
            return None
        case Place():
            return {
                "kind": "point",
                "latitude": value.latitude,
                "longitude": value.longitude,
                "radius_m": value.radius_m,
            }
        case Direction():
            return {
                "kind": "direction",
                "degrees": value.degrees,
                "reference": value.reference,
                "width_deg": value.width_deg,
            }
        case CivilTime():
            return {
                "kind": "civil",
                "earliest": value.moment.earliest.isoformat(),
                "latest": value.moment.latest.isoformat(),
                "offset_minutes": value.moment.offset_minutes,
                "text": value.text,
            }
        case Instant():
            return {"kind": "instant", "at": value.at.isoformat()}
        case Text():
            return {"kind": "text", "text": value.text}
        case Polygon():
            return {"kind": "polygon", "ring": [list(point) for point in value.ring]}
        case Corridor():
            return {
                "kind": "corridor",
                "line": [list(point) for point in value.line],
                "buffer_m": value.buffer_m,
            }
        case Relation():
            return {
                "kind": "relation",
                "how": value.how.value,
                "distance_m": value.distance_m,
                "of": value.of,
                "label": value.label,
                "dataset": value.dataset,
                "candidates": [
                    {
                        "name": candidate.name,
                        "latitude": candidate.place.latitude,
                        "longitude": candidate.place.longitude,
                        "radius_m": candidate.place.radius_m,
                        "distance_m": candidate.distance_m,
                    }
                    for candidate in value.candidates
                ],
            }


def from_json(stored: dict[str, Any] | None) -> Value | None:  # noqa: PLR0911 - one for each kind of value
    if stored is None:
        return None
    fields = {name: field for name, field in stored.items() if name != "kind"}
    match stored["kind"]:
        case "point":
            return Place(**fields)
        case "direction":
            return Direction(**fields)
        case "civil":
            moment = Moment(
                datetime.fromisoformat(fields["earliest"]),
                datetime.fromisoformat(fields["latest"]),
                fields["offset_minutes"],
            )
            return CivilTime(moment, fields["text"])
        case "instant":
            return Instant(datetime.fromisoformat(fields["at"]))
        case "text":
            return Text(fields["text"])
        case "polygon":
            return Polygon(_points(fields["ring"]))
        case "corridor":
            return Corridor(_points(fields["line"]), fields["buffer_m"])
        case "relation":
            return _relation(fields)
        case kind:
            raise ValueError(f"a claim holds a value of unknown kind {kind!r}")


def _points(stored: list[list[float]]) -> Points:
    return tuple((latitude, longitude) for latitude, longitude in stored)


def _relation(fields: dict[str, Any]) -> Relation:
    candidates = tuple(
        Candidate(one["name"], Place(one["latitude"], one["longitude"], one["radius_m"]), one["distance_m"])
        for one in fields["candidates"]
    )
    return Relation(
        how=Relating(fields["how"]),
        distance_m=fields["distance_m"],
        of=fields["of"],
        label=fields["label"],
        candidates=candidates,
        dataset=fields["dataset"],
    )
