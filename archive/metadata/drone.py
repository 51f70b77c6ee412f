"""What DJI drones write into XMP: where the camera hung, how high above the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.metadata.numbers import number
from archive.metadata.reading import Drone

if TYPE_CHECKING:
    from archive.metadata.witnesses import Witnesses

GIMBAL = ("drone-dji:GimbalYawDegree", "drone-dji:GimbalPitchDegree", "drone-dji:GimbalRollDegree")
FLIGHT_YAW, RELATIVE = "drone-dji:FlightYawDegree", "drone-dji:RelativeAltitude"
NOTED = (*GIMBAL, FLIGHT_YAW, "drone-dji:FlightPitchDegree", "drone-dji:FlightRollDegree", RELATIVE)
MOST_DEGREES = 720.0


def drone(witnesses: Witnesses) -> Drone | None:
    """Return None when no drone speaks. A gimbal of all zeros was not measured, so it is not known."""
    for packet in witnesses.xmp:
        said = {path: text for path in NOTED if (text := packet.first(path)) is not None}
        if not said:
            continue
        for path, text in said.items():
            witnesses.notes.say(path.removeprefix("drone-dji:"), packet.tag(path), text)
        angles = [_angle(said.get(path)) for path in GIMBAL]
        if any(path in said for path in GIMBAL) and not any(angles):
            witnesses.notes.doubt(
                "gimbal_unknown",
                packet.tag(GIMBAL[0]),
                "All angles of the gimbal are zero or unreadable: it was not measured.",
                "drone",
            )
            angles = [None, None, None]
        return Drone(
            gimbal_yaw_deg=angles[0],
            gimbal_pitch_deg=angles[1],
            flight_yaw_deg=_angle(said.get(FLIGHT_YAW)),
            relative_altitude_m=number(said.get(RELATIVE)),
        )
    return None


def _angle(text: str | None) -> float | None:
    value = number(text)
    return value if value is not None and abs(value) <= MOST_DEGREES else None
