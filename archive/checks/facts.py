"""What checks are given of one photo: frozen, gathered once, no database behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.checks.results import Input
from archive.metadata import Reading
from archive.values.moment import Interval
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet, SettledPlace, SettledTime
from archive.values.shapes import Relation


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The earliest known appearance: the picture existed by `by` (UTC); `text` is the date as recorded."""

    by: datetime
    text: str
    where: str
    readership: Readership


@dataclass(frozen=True, slots=True)
class StatedDistance:
    """Somebody says that a place lies so far from something named."""

    claim: int
    facet: Facet
    relation: Relation
    words: str
    readership: Readership


@dataclass(frozen=True, slots=True)
class MeasuredShadow:
    """A shadow somebody measured in the picture, as `checks.shadow_measurement` writes it; not yet read."""

    evidence: int
    measurement: Any
    text: str
    readership: Readership


@dataclass(frozen=True, slots=True)
class StatedPoint:
    """Somebody, or the file, says where the camera was or what the picture shows, as a point and radius."""

    claim: int
    facet: Facet
    place: Place
    readership: Readership


@dataclass(frozen=True, slots=True)
class Copy:
    """Another photo with the same bytes, or one that looks the same: then how many of 64 bits differ, twice.

    `inside` says that it is in the same collection; `first_seen` is known of those alone.
    """

    photo: int
    same_bytes: bool
    bits: int
    confirming_bits: int
    inside: bool
    first_seen: FirstSeen | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A neighbour in the order of one device: what is needed to compare two frames."""

    photo: int
    public_id: str
    place: Place
    taken: Interval
    reading: Reading
    readership: Readership


@dataclass(frozen=True, slots=True)
class Facts:
    """One photo as its checks see it.

    `reading` is what the primary file and its sidecars say; `place` and `time` what is settled.
    `outsiders_are_told_other` says that the public gets another place or date than these: a result that
    rests on them is then for members. `original` is the file in the vault (untrusted bytes: look at them
    in a quarantine only). `device` is keyed, empty without make and model; `device_is_one` says that a serial
    number tells it from others of its model. `before` and `after` are its neighbours in the device's order.
    `platforms` are those on which the picture was seen published.
    """

    photo: int
    public_id: str
    collection: int
    reading: Reading
    file_name: str
    received_at: datetime
    place: SettledPlace
    time: SettledTime
    original: Path
    outsiders_are_told_other: bool = False
    has_sidecar: bool = False
    first_seen: FirstSeen | None = None
    platforms: tuple[str, ...] = ()
    distances: tuple[StatedDistance, ...] = ()
    points: tuple[StatedPoint, ...] = ()
    shadows: tuple[MeasuredShadow, ...] = ()
    copies: tuple[Copy, ...] = ()
    device: str = ""
    device_is_one: bool = False
    before: Frame | None = None
    after: Frame | None = None

    @property
    def settled_readership(self) -> Readership:
        return Readership.MEMBERS if self.outsiders_are_told_other else Readership.PUBLIC

    @property
    def camera(self) -> Place | None:
        """Where the camera was, if that is one place."""
        return camera_place(self.place)

    @property
    def taken_utc(self) -> Interval | None:
        return taken_utc(self.time)

    def said(self, *names: str) -> tuple[Input, ...]:
        """Return what the file says under these names of facts, with tag and raw text."""
        return tuple(
            Input(name=s.fact.replace("_", " "), tag=s.tag, raw=s.raw)
            for name in names
            for s in self.reading.statements
            if s.fact == name
        )

    def settled_inputs(self) -> tuple[Input, ...]:
        """Return the settled place and time as inputs."""
        found = []
        if self.camera is not None:
            here = self.camera
            doubt = "" if here.radius_m is None else f" ± {here.radius_m:g} m"
            found.append(
                Input("place", "current best answer", f"{here.latitude:.6f}, {here.longitude:.6f}{doubt}")
            )
        if self.time.earliest_utc is not None:
            bounds = " to ".join(dict.fromkeys(filter(None, (self.time.earliest_utc, self.time.latest_utc))))
            found.append(Input("date", "current best answer", bounds))
        return tuple(found)


def camera_place(settled: SettledPlace) -> Place | None:
    if settled.facet is not Facet.CAMERA_PLACE or len(settled.parts) != 1:
        return None
    return settled.parts[0].place


def taken_utc(settled: SettledTime) -> Interval | None:
    if settled.earliest_utc is None or settled.latest_utc is None:
        return None
    return Interval(datetime.fromisoformat(settled.earliest_utc), datetime.fromisoformat(settled.latest_utc))
