"""Where the camera looked, and whether what it is said to show lies there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from archive.checks import optics
from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Input, Result, narrowest
from archive.values.place import distance_m
from archive.values.settled import Facet
from archive.values.wording import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts, StatedPoint
    from archive.checks.optics import View

COMPASS_DEG: Final = 20.0
DECLINATION_DEG: Final = 20.0  # magnetic north is off by more only near the poles
WIDE_DEG: Final = 75.0  # taken where the focal length is not stated
STRAIGHT_DOWN_DEG: Final = -80.0
LEAST_PITCH_DEG: Final = -1.0
_POINTS: Final = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip


def run(facts: Facts) -> Iterable[Result]:
    reading = facts.reading
    inputs = facts.said(
        "direction_deg", "direction_ref", "GimbalYawDegree", "GimbalPitchDegree", "focal_length_35mm"
    )
    if any(problem.code == "gimbal_unknown" for problem in reading.problems):
        yield Result(Outcome.CANNOT_TELL, {"case": "gimbal_unknown"}, inputs=inputs)
        return
    direction = reading.direction
    if direction is None:
        return
    view = optics.view_of(reading.focal_length_35mm, reading.width, reading.height)
    told = _told(facts, view)
    gimbal = reading.drone.gimbal_yaw_deg if reading.drone else None
    if gimbal is not None and (apart := optics.turn(gimbal, direction.degrees)) > _tolerance(facts):
        told |= {"case": "two_directions", "gimbal": round(gimbal % 360, 1), "apart": round(apart, 1)}
        yield Result(Outcome.DOES_NOT_FIT, told, apart, _tolerance(facts), "°", inputs)
        return
    subjects = [point for point in facts.points if point.facet is Facet.SUBJECT_PLACE]
    if facts.camera is None or not subjects:
        yield Result(Outcome.CANNOT_TELL, {**told, "case": "alone"}, inputs=inputs)
    else:
        for subject in subjects:
            yield _towards(facts, subject, told, view, inputs)


def _told(facts: Facts, view: View | None) -> dict[str, Any]:
    direction, drone = facts.reading.direction, facts.reading.drone
    told: dict[str, Any] = {
        "degrees": round(direction.degrees, 1) if direction else None,
        "reference": direction.reference if direction else None,
        "width_deg": round(view.across, 1) if view else None,
        "pitch_deg": drone.gimbal_pitch_deg if drone else None,
        "height_m": drone.relative_altitude_m if drone else None,
    }
    if view and drone and drone.gimbal_pitch_deg is not None and (drone.relative_altitude_m or 0) > 0:
        seen = optics.footprint(drone.relative_altitude_m or 0.0, drone.gimbal_pitch_deg, view.down)
        edges = {"near_m": seen.near, "middle_m": seen.middle, "far_m": seen.far}
        told |= {name: None if metres is None else round(metres) for name, metres in edges.items()}
    return told


def _tolerance(facts: Facts) -> float:
    direction = facts.reading.direction
    magnetic = direction is not None and direction.reference == "M"
    return COMPASS_DEG + (DECLINATION_DEG if magnetic else 0.0)


def _towards(
    facts: Facts, subject: StatedPoint, told: dict[str, Any], view: View | None, inputs: tuple[Input, ...]
) -> Result:
    """Compare the course to a stated subject with the middle of the picture."""
    camera, direction = facts.camera, facts.reading.direction
    if camera is None or direction is None:
        raise ValueError("nothing to compare")
    here = Input(
        "subject", f"claim {subject.claim}", f"{subject.place.latitude:.6f}, {subject.place.longitude:.6f}"
    )
    readership = narrowest(facts.settled_readership, subject.readership)
    inputs = (*inputs, *facts.settled_inputs()[:1], here)
    metres = distance_m(camera, subject.place)
    doubt = (camera.radius_m or 0.0) + (subject.place.radius_m or 0.0)
    told = {**told, "metres": round(metres), "claim": subject.claim}
    if metres <= doubt or (told["pitch_deg"] is not None and told["pitch_deg"] <= STRAIGHT_DOWN_DEG):
        return Result(Outcome.CANNOT_TELL, {**told, "case": "too_near"}, inputs=inputs, readership=readership)
    course = optics.bearing(camera, subject.place)
    beside = optics.turn(course, direction.degrees)
    half = (view.across if view else WIDE_DEG) / 2
    allowed = half + _tolerance(facts) + math.degrees(math.asin(min(1.0, doubt / metres)))
    outcome = Outcome.FITS if beside <= allowed else Outcome.DOES_NOT_FIT
    told |= {"case": "subject", "course": round(course, 1), "beside": round(beside, 1)}
    return Result(outcome, told, round(beside, 1), round(allowed, 1), "°", inputs, readership=readership)


def words(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "gimbal_unknown":
        return "All angles of the drone’s camera are written as zero: they were not measured."
    looked = _looked(facts)
    if facts["case"] == "two_directions":
        return (
            f"{looked}, but its mount pointed {_compass(facts['gimbal'])}: {facts['apart']:g}° apart. One "
            "of the two is not where the camera looked."
        )
    if facts["case"] == "subject":
        lies = f"what it is said to show lies {_compass(facts['course'])}, {distance(facts['metres'])} away"
        return f"{looked}; {lies}, {'in' if outcome == Outcome.FITS else 'outside'} the view."
    if facts["case"] == "too_near":
        return f"{looked}; what it is said to show is too near, or straight below, for a direction to tell."
    return f"{looked}. Nobody has said where that lies which it shows, so there is nothing to compare."


def _looked(facts: Mapping[str, Any]) -> str:
    north = {"T": ", by true north", "M": ", by magnetic north"}.get(facts["reference"] or "", "")
    width = "" if facts["width_deg"] is None else f", taking in {facts['width_deg']:.0f}°"
    tilt = "" if facts["pitch_deg"] is None else _tilted(facts)
    return f"The camera looked {_compass(facts['degrees'])}{north}{width}{tilt}"


def _tilted(facts: Mapping[str, Any]) -> str:
    if facts["pitch_deg"] <= STRAIGHT_DOWN_DEG:
        return ", straight down"
    if facts["pitch_deg"] > LEAST_PITCH_DEG:
        return ", level or upwards"
    down = f", {-facts['pitch_deg']:.0f}° downwards"
    middle = facts.get("middle_m")
    return (
        down
        if middle is None
        else f"{down}: the middle of the picture is {distance(middle)} off on level ground"
    )


def _compass(degrees: float) -> str:
    return f"{_POINTS[round(degrees / 45) % 8]} ({degrees:g}°)"


CHECK: Final = Check(
    code="view",
    version=1,
    title="Direction of view",
    rule="The direction in the file, with the lens’s angle of view, against the course to the place the "
    "picture is said to show; for a drone also against that of its camera mount (not of its flight).",
    help="The direction says which way to look on the map. With a drone’s tilt and height it also says how "
    "far off the middle of the picture lies, if the ground is level.",
    innocent=(
        "compasses in telephones are off by 20° and more near metal",
        "magnetic north is not true north",
        "the direction was kept from the frame before",
    ),
    reliability=Reliability.MEDIUM,
    run=run,
    words=words,
)
