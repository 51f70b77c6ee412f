"""What the archive currently stands behind for one photo: one answer per question, each with its doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.shapes import Points


class Status(StrEnum):
    """How far a question is settled; never a judgement on the photo as a whole."""

    UNKNOWN = "unknown"
    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in_review"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNDETERMINABLE = "undeterminable"


STATUS_CODES = {status: code for code, status in enumerate(Status)}
"""The index stores a status as a small integer; the order is part of the stored data, so append only."""


class Facet(StrEnum):
    """The question a claim answers."""

    CAMERA_PLACE = "camera_place"
    SUBJECT_PLACE = "subject_place"
    OPERATOR_PLACE = "operator_place"
    DIRECTION = "direction"
    TIME = "time"
    AUTHOR = "author"
    CONTENT = "content"
    AUTHENTICITY = "authenticity"


class Basis(StrEnum):
    """Who stands behind a settled value."""

    FILE = "file"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One of the places that stand at the same level.

    `place` is the circle round it; `name` and `outline` ((latitude, longitude) points) say more where it is a
    named candidate or an area.
    """

    place: Place
    claim: int
    basis: Basis
    name: str = ""
    outline: Points = ()


@dataclass(frozen=True, slots=True)
class SettledPlace:
    """`facet` says which question the places answer; no parts means unknown."""

    status: Status = Status.UNKNOWN
    facet: Facet | None = None
    parts: tuple[PlacePart, ...] = ()
    zone: str | None = None
    direction: Direction | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status.value,
            "facet": self.facet.value if self.facet else None,
            "parts": [
                {
                    "latitude": part.place.latitude,
                    "longitude": part.place.longitude,
                    "radius_m": part.place.radius_m,
                    "claim": part.claim,
                    "basis": part.basis.value,
                    **({"name": part.name} if part.name else {}),
                    **({"outline": [list(point) for point in part.outline]} if part.outline else {}),
                }
                for part in self.parts
            ],
            "zone": self.zone,
            "direction": None
            if self.direction is None
            else {
                "degrees": self.direction.degrees,
                "reference": self.direction.reference,
                "width_deg": self.direction.width_deg,
            },
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> SettledPlace:
        if not stored:
            return cls()
        return cls(
            status=Status(stored["status"]),
            facet=Facet(stored["facet"]) if stored["facet"] else None,
            parts=tuple(
                PlacePart(
                    Place(part["latitude"], part["longitude"], part["radius_m"]),
                    part["claim"],
                    Basis(part["basis"]),
                    part.get("name", ""),
                    tuple((latitude, longitude) for latitude, longitude in part.get("outline", ())),
                )
                for part in stored["parts"]
            ),
            zone=stored["zone"],
            direction=Direction(**stored["direction"]) if stored["direction"] else None,
        )


@dataclass(frozen=True, slots=True)
class SettledTime:
    """`moment` is local civil time with its doubt; `text` is EDTF; the UTC bounds are ISO 8601.

    `not_after` is the instant (ISO 8601) of the first known appearance, which bounds the date from above
    whatever anybody says; `cut` tells that it made the latest bound.
    """

    status: Status = Status.UNKNOWN
    moment: Moment | None = None
    text: str = ""
    earliest_utc: str | None = None
    latest_utc: str | None = None
    zone_assumed: str | None = None
    claim: int | None = None
    basis: Basis | None = None
    parts: int = 0
    not_after: str | None = None
    cut: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status.value,
            "earliest": self.moment.earliest.isoformat() if self.moment else None,
            "latest": self.moment.latest.isoformat() if self.moment else None,
            "offset_minutes": self.moment.offset_minutes if self.moment else None,
            "text": self.text,
            "earliest_utc": self.earliest_utc,
            "latest_utc": self.latest_utc,
            "zone_assumed": self.zone_assumed,
            "claim": self.claim,
            "basis": self.basis.value if self.basis else None,
            "parts": self.parts,
            "not_after": self.not_after,
            "cut": self.cut,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> SettledTime:
        if not stored:
            return cls()
        moment = None
        if stored["earliest"]:
            moment = Moment(
                datetime.fromisoformat(stored["earliest"]),
                datetime.fromisoformat(stored["latest"]),
                stored["offset_minutes"],
            )
        return cls(
            status=Status(stored["status"]),
            moment=moment,
            text=stored["text"],
            earliest_utc=stored["earliest_utc"],
            latest_utc=stored["latest_utc"],
            zone_assumed=stored["zone_assumed"],
            claim=stored["claim"],
            basis=Basis(stored["basis"]) if stored["basis"] else None,
            parts=stored["parts"],
            not_after=stored.get("not_after"),
            cut=stored.get("cut", False),
        )
