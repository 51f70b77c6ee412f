"""Absolute less relative altitude is the height of the take-off: the same all through one flight."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from archive.checks import flights
from archive.checks.check import Check, Reliability, Scope
from archive.checks.models import Outcome
from archive.checks.results import Result, narrowest
from archive.values.place import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts
    from archive.checks.flights import Neighbour

TOLERANCE_M: Final = 10.0
LONGEST_GAP: Final = timedelta(minutes=15)
"""Between two frames of one flight: landing, changing the battery and rising again takes about as long."""

FURTHEST_M: Final = 10_000.0


def run(facts: Facts) -> Iterable[Result]:
    own = flights.base_m(facts.reading)
    if own is None:
        return
    pairs = [
        (abs(own - base), base, one)
        for one in flights.neighbours(facts)
        if _is_same_flight(facts, one) and (base := flights.base_m(one.frame.reading)) is not None
    ]
    inputs = flights.height_inputs(facts.reading, "this frame")
    told: dict[str, Any] = {"base_m": round(own, 1), "neighbours": flights.names(facts)}
    if not pairs:
        yield Result(Outcome.CANNOT_TELL, {**told, "case": "alone"}, inputs=inputs)
        return
    apart, base, one = max(pairs, key=lambda pair: pair[0])
    told |= {"case": "pair", "other_base_m": round(base, 1), "side": one.called, "apart_m": round(apart, 1)}
    yield Result(
        Outcome.FITS if apart <= TOLERANCE_M else Outcome.DOES_NOT_FIT,
        told,
        magnitude=round(apart, 2),
        tolerance=TOLERANCE_M,
        unit="m",
        inputs=(*inputs, *flights.height_inputs(one.frame.reading, f"frame {one.called}")),
        other=one.frame.photo,
        readership=narrowest(facts.settled_readership, one.frame.readership),
    )


def _is_same_flight(facts: Facts, one: Neighbour) -> bool:
    """Near in time and place; without a serial number these may still be two drones of one model."""
    here, when, frame = facts.camera, facts.taken_utc, one.frame
    if here is None or when is None:
        return False
    first, second = (frame.taken, when) if one.is_before else (when, frame.taken)
    return second.latest - first.earliest <= LONGEST_GAP and distance_m(here, frame.place) <= FURTHEST_M


def words(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "alone":
        return (
            f"By its two altitudes the drone took off at {facts['base_m']:g} m. No other frame of the same "
            "flight is here to compare it with."
        )
    pair = (
        f"By its two altitudes the drone took off at {facts['base_m']:g} m, by those of the frame "
        f"{facts['side']} it at {facts['other_base_m']:g} m"
    )
    if outcome == Outcome.FITS:
        return f"{pair}: one flight from one spot, as it should be."
    return f"{pair}, {facts['apart_m']:g} m apart, though the frames are minutes from each other."


CHECK: Final = Check(
    code="flight_altitude",
    version=1,
    title="Altitudes within one flight",
    rule="A drone writes its altitude and its height above the take-off. Their difference is the altitude of "
    "the take-off, which stays the same (within 10 m) through one flight of one device.",
    help="Whoever changes places or heights by hand seldom changes both numbers alike. The altitude itself "
    "may be wrong by tens of metres without harm: only the difference within a flight counts.",
    innocent=(
        "the barometer drifted with weather or warmth",
        "the drone landed and took off again elsewhere between the frames",
        "two drones of one model flew at the same time",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=words,
    scope=Scope.DEVICE,
)
