"""What one file says about the photograph in it. Frozen; travels as JSON between processes."""

from __future__ import annotations

import dataclasses
import enum
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place


class MetadataError(Exception):
    """No Reading could be made of a file."""


class Refused(MetadataError):  # noqa: N818 - the file is refused, nothing went wrong
    """The file is not one the archive takes. `reason` says why and what to do instead."""

    def __init__(self, code: str, reason: str, format_name: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.format_name = format_name


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the file says, as it says it: `raw` is the text before any reading of ours."""

    fact: str
    tag: str
    raw: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that could not be taken at its word. `fact` names the value it cost, if one."""

    code: str
    tag: str
    message: str
    fact: str | None = None


class Standing(enum.Enum):
    """Why a value is there or not."""

    STATED = "stated"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Drone:
    """Degrees clockwise from north as written (may be negative), degrees above the horizon, metres."""

    gimbal_yaw_deg: float | None = None
    gimbal_pitch_deg: float | None = None
    flight_yaw_deg: float | None = None
    relative_altitude_m: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts of one file, each None or empty when it has none; `standing` tells absent from unreadable.

    `width` and `height` are pixels as displayed, `orientation` the EXIF tag 1..8. `taken` is the wall clock
    of DateTimeOriginal; its offset is the stated one, else the one GPS time implies (`offset_basis` "stated"
    or "gps"). `taken_offset` and `taken_subsec` are as written. `gps_time_utc` is aware. Lengths are
    millimetres, `exposure_s` seconds, `aperture` the f-number.
    """

    sha256: str
    byte_count: int
    format: str
    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    place: Place | None = None
    altitude_m: float | None = None
    direction: Direction | None = None
    gps_time_utc: datetime | None = None
    taken: Moment | None = None
    taken_subsec: str | None = None
    taken_offset: str | None = None
    offset_basis: str | None = None
    make: str | None = None
    model: str | None = None
    serial: str | None = None
    software: str | None = None
    lens: str | None = None
    focal_length_mm: float | None = None
    focal_length_35mm: float | None = None
    exposure_s: float | None = None
    aperture: float | None = None
    iso: int | None = None
    flash_fired: bool | None = None
    title: str | None = None
    caption: str | None = None
    creator: str | None = None
    credit: str | None = None
    rights: str | None = None
    identifier: str | None = None
    source_type: str | None = None
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    drone: Drone | None = None
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_asked: tuple[str, ...] = ()

    def standing(self, fact: str) -> Standing:
        """Say whether a field was stated, left out, written unreadably, or never looked for."""
        if fact in self.not_asked:
            return Standing.NOT_ASKED
        if getattr(self, fact) not in (None, ()):
            return Standing.STATED
        if any(problem.fact == fact for problem in self.problems):
            return Standing.UNREADABLE
        return Standing.ABSENT

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), default=datetime.isoformat, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """Inverse of `to_json`. Raises ValueError, TypeError or KeyError on anything else."""
        fields: dict[str, Any] = json.loads(text)
        for name, kind in (("place", Place), ("direction", Direction), ("drone", Drone)):
            if fields[name] is not None:
                fields[name] = kind(**fields[name])
        if fields["taken"] is not None:
            taken = fields["taken"]
            fields["taken"] = Moment(
                datetime.fromisoformat(taken["earliest"]),
                datetime.fromisoformat(taken["latest"]),
                taken["offset_minutes"],
            )
        if fields["gps_time_utc"] is not None:
            fields["gps_time_utc"] = datetime.fromisoformat(fields["gps_time_utc"])
        fields["statements"] = tuple(Statement(**entry) for entry in fields["statements"])
        fields["problems"] = tuple(Problem(**entry) for entry in fields["problems"])
        for name in ("keywords", "people", "not_asked"):
            fields[name] = tuple(fields[name])
        return cls(**fields)
