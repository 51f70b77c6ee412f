"""The value of a claim, and how it is stored. A claim without a value has been withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet

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


Value = Place | Direction | CivilTime | Instant


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as far as settling cares: who (file or person), about what, which value."""

    claim: int
    facet: Facet
    basis: Basis
    value: Value | None
    supersedes: int | None = None


def to_json(value: Value | None) -> dict[str, Any] | None:
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


def from_json(stored: dict[str, Any] | None) -> Value | None:
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
        case kind:
            raise ValueError(f"a claim holds a value of unknown kind {kind!r}")
