"""What the frames of one device have in common: pairs of neighbours, kinds of craft, heights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archive.checks.results import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.checks.facts import Facts, Frame
    from archive.metadata import Reading

ABSOLUTE_TAG: Final = "AbsoluteAltitude"
RELATIVE_FACT: Final = "RelativeAltitude"
MULTIROTOR_MAKES: Final = ("dji", "autel", "skydio", "yuneec", "parrot")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A frame next to the photo, on which side it stands, and how a sentence calls it."""

    frame: Frame
    is_before: bool

    @property
    def called(self) -> str:
        return "before" if self.is_before else "after"


def neighbours(facts: Facts) -> Iterator[Neighbour]:
    if facts.before is not None:
        yield Neighbour(facts.before, is_before=True)
    if facts.after is not None:
        yield Neighbour(facts.after, is_before=False)


def names(facts: Facts) -> list[str]:
    """Return the neighbours' public ids, kept with a finding to find them when the order changes."""
    return [one.frame.public_id for one in neighbours(facts)]


def is_multirotor(reading: Reading) -> bool:
    if reading.drone is not None:
        return True
    return (reading.make or "").casefold().startswith(MULTIROTOR_MAKES)


def base_m(reading: Reading) -> float | None:
    """Height of the take-off above the drone's zero level, metres: absolute minus relative altitude."""
    if reading.drone is None or reading.drone.relative_altitude_m is None:
        return None
    absolute = _absolute_m(reading)
    return None if absolute is None else absolute - reading.drone.relative_altitude_m


def height_inputs(reading: Reading, name: str) -> tuple[Input, ...]:
    return tuple(
        Input(f"{name}: {what}", s.tag, s.raw)
        for s in reading.statements
        for what in [_height_name(s.fact, s.tag)]
        if what
    )


def _absolute_m(reading: Reading) -> float | None:
    """The drone's own number before the GPS tag's, which some models round or take from elsewhere."""
    for statement in reading.statements:
        if statement.fact == "altitude_m" and statement.tag.endswith(ABSOLUTE_TAG):
            try:
                return float(statement.raw)
            except ValueError:
                break
    return reading.altitude_m


def _height_name(fact: str, tag: str) -> str:
    if fact == RELATIVE_FACT:
        return "height above take-off"
    return "altitude" if fact == "altitude_m" and tag.endswith(ABSOLUTE_TAG) else ""
