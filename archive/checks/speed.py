"""How fast the camera must have moved between one frame and the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from archive.checks import flights, spelling
from archive.checks.check import Check, Reliability, Scope
from archive.checks.models import Outcome
from archive.checks.results import Input, Result, narrowest
from archive.values.place import distance_m
from archive.values.wording import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts
    from archive.checks.flights import Neighbour
    from archive.values.place import Place

LIMIT_MPS: Final = 300.0
"""Faster than a passenger jet in a strong tail wind (250 m/s cruising, 50 m/s of jet stream)."""

MULTIROTOR_MPS: Final = 25.0
IN_FLIGHT_S: Final = 1800.0  # longer than a battery lasts: between flights a drone travels by car or airliner
LONGEST_S: Final = 86_400.0  # in a day an airliner gets anywhere
UNSTATED_RADIUS_M: Final = 30.0
KMH: Final = 3.6


class _Move(NamedTuple):
    speed: float
    limit: float
    metres: float
    seconds: float
    neighbour: Neighbour


def run(facts: Facts) -> Iterable[Result]:
    moves = [move for one in flights.neighbours(facts) if (move := _move(facts, one)) is not None]
    if not moves:
        return
    fastest = max(moves, key=lambda move: move.speed / move.limit)
    limit = fastest.limit
    told: dict[str, Any] = {
        "neighbours": flights.names(facts),
        "other": fastest.neighbour.frame.public_id,
        "side": fastest.neighbour.called,
        "speed_kmh": round(fastest.speed * KMH),
        "limit_kmh": round(limit * KMH),
        "metres": round(fastest.metres),
        "seconds": round(fastest.seconds),
        "in_flight": limit == MULTIROTOR_MPS,
        "one_device": facts.device_is_one,
    }
    outcome = Outcome.FITS
    if fastest.speed > limit:
        outcome = Outcome.DOES_NOT_FIT if facts.device_is_one else Outcome.CANNOT_TELL
    frame = fastest.neighbour.frame
    there = f"{frame.place.latitude:.6f}, {frame.place.longitude:.6f}; {frame.taken.earliest.isoformat()}"
    yield Result(
        outcome,
        told,
        magnitude=round(fastest.speed, 2),
        tolerance=limit,
        unit="m/s",
        inputs=(*facts.settled_inputs(), Input(f"frame {fastest.neighbour.called}", frame.public_id, there)),
        other=frame.photo,
        readership=narrowest(facts.settled_readership, frame.readership),
    )


def _move(facts: Facts, neighbour: Neighbour) -> _Move | None:
    """Return the least the camera must have moved in the longest time there may have been between them."""
    here, when, frame = facts.camera, facts.taken_utc, neighbour.frame
    if here is None or when is None:
        return None
    metres = max(0.0, distance_m(here, frame.place) - _doubt_m(here) - _doubt_m(frame.place))
    first, second = (frame.taken, when) if neighbour.is_before else (when, frame.taken)
    longest = second.latest - first.earliest
    clocks = _by_the_clock(facts, neighbour)
    if clocks is not None:
        longest = max(longest, clocks)
    seconds = max(1.0, longest.total_seconds() + 1.0)  # clocks show whole seconds
    if seconds > LONGEST_S:
        return None
    in_flight = flights.is_multirotor(facts.reading) and seconds <= IN_FLIGHT_S
    limit = MULTIROTOR_MPS if in_flight else LIMIT_MPS
    return _Move(metres / seconds, limit, metres, seconds, neighbour)


def _by_the_clock(facts: Facts, neighbour: Neighbour) -> timedelta | None:
    """Time between two frames by the bare clock: it may not have been set anew where a zone changed."""
    one, other = facts.reading.taken, neighbour.frame.reading.taken
    if one is None or other is None:
        return None
    if facts.reading.offset_basis == neighbour.frame.reading.offset_basis == "stated":
        return None
    return abs(one.latest - other.earliest)


def _doubt_m(place: Place) -> float:
    return UNSTATED_RADIUS_M if place.radius_m is None else place.radius_m


def words(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    apart = f"{distance(facts['metres'])} in {spelling.span(facts['seconds'])}"
    if facts["metres"] == 0:
        apart = spelling.span(facts["seconds"])
        return (
            f"The frame {facts['side']} this one is {apart} apart and as near as the two places are accurate."
        )
    between = f"Between this frame and the one {facts['side']} it lie at least {apart}"
    if outcome == Outcome.FITS:
        return f"{between}, {facts['speed_kmh']:,} km/h: a camera can move like that."
    craft = "A drone of this kind does" if facts["in_flight"] else "An airliner does"
    fast = f"{between}: {facts['speed_kmh']:,} km/h. {craft} not reach {facts['limit_kmh']:,} km/h."
    if facts["one_device"]:
        return f"{fast} One of the two places or dates is not right."
    return f"{fast} The files name no serial number, so these may be two cameras of one model."


CHECK: Final = Check(
    code="speed",
    version=1,
    title="Speed between frames",
    rule="The distance between this frame and its neighbours from the same device, less the accuracy of both "
    "places, over the longest time there may have been between them: more than 1,080 km/h, or 90 km/h "
    "within one flight of a drone with rotors, does not fit.",
    help="One camera cannot be in two places at once. Which of the two frames is off this does not tell: "
    "compare each with its other neighbour.",
    innocent=(
        "the receiver kept the place of an earlier fix",
        "the clock was set to another time zone between the frames",
        "two cameras share a serial number, or several people a pool of cameras",
    ),
    reliability=Reliability.MEDIUM,
    run=run,
    words=words,
    scope=Scope.DEVICE,
)
