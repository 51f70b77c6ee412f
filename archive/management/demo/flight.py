"""The drone survey: one flight over the farmland, seventy frames a few seconds apart."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from archive.management.demo.aerial import photograph
from archive.management.demo.country import farmland
from archive.management.demo.exif import Tags, encode, write_xmp
from archive.management.demo.finish import print_on_paper
from archive.management.demo.lens import Pose
from archive.management.demo.sky import Weather
from archive.management.demo.sun import sun_at

LATITUDE, LONGITUDE = 46.5712, 4.9243
"""The middle of the drawn country is laid on the plain east of the Saône, near Tournus."""

GROUND_ALTITUDE = 176.4
MODEL = "Demo drone"
_START = datetime(2021, 9, 14, 10, 2, 20, tzinfo=ZoneInfo("Europe/Paris"))
_METRES_PER_DEGREE = 111_132.0


@dataclass(frozen=True)
class Frame:
    """One release of the shutter: its number from 1, pose, moment, and where the position is written."""

    number: int
    title: str
    pose: Pose
    moment: datetime
    flight_yaw: float
    in_xmp_only: bool = False

    @property
    def latitude(self) -> float:
        return LATITUDE + self.pose.y / _METRES_PER_DEGREE

    @property
    def longitude(self) -> float:
        return LONGITUDE + self.pose.x / (_METRES_PER_DEGREE * math.cos(math.radians(LATITUDE)))


def frames() -> tuple[Frame, ...]:
    """Return the flight: six lines of nine straight down, then a circle of sixteen aslant."""
    out: list[Frame] = []
    turn = math.radians(12)
    for line in range(6):
        for place in range(9):
            along = (place - 4) * 62.0 * (1 if line % 2 == 0 else -1)
            across = (line - 2.5) * 92.0
            x = 10 + along * math.sin(turn) + across * math.cos(turn)
            y = 20 + along * math.cos(turn) - across * math.sin(turn)
            yaw = 12.0 if line % 2 == 0 else 192.0
            number = len(out) + 1
            drift = 2.5 * math.sin(number * 1.7)
            out.append(
                Frame(
                    number,
                    f"Survey line {line + 1}, frame {place + 1}",
                    Pose(x, y, 110 + 0.6 * math.sin(number), yaw + drift, -90),
                    _START + timedelta(seconds=6 * number + 14 * line),
                    yaw,
                    in_xmp_only=number % 13 == 0,
                )
            )
    for step in range(16):
        bearing = step * 22.5 + 4
        reach, height = (330.0, 96.0) if step % 2 else (250.0, 120.0)
        x = 100 - reach * math.sin(math.radians(bearing))
        y = 25 - reach * math.cos(math.radians(bearing))
        number = len(out) + 1
        out.append(
            Frame(
                number,
                f"Round the hamlet, looking {_word(bearing)} ({step + 1} of 16)",
                Pose(x, y, height, bearing, -17.0 if step % 2 else -30.0),
                _START + timedelta(seconds=6 * number + 120),
                (bearing - 90) % 360,
                in_xmp_only=number % 13 == 0,
            )
        )
    return tuple(out)


def _word(bearing: float) -> str:
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return names[round(bearing / 45) % 8]


def drone_attributes(frame: Frame) -> dict[str, str]:
    """Return the frame's pose as drones write it: signed yaw, altitudes with a sign."""
    pose = frame.pose
    attributes = {
        "GimbalYawDegree": f"{_signed(pose.yaw):+.2f}",
        "GimbalPitchDegree": f"{pose.pitch:+.2f}",
        "GimbalRollDegree": "+0.00",
        "FlightYawDegree": f"{_signed(frame.flight_yaw):+.2f}",
        "FlightPitchDegree": "-3.10",
        "FlightRollDegree": "+0.40",
        "RelativeAltitude": f"{pose.height:+.2f}",
        "AbsoluteAltitude": f"{pose.height + GROUND_ALTITUDE:+.2f}",
    }
    if frame.in_xmp_only:
        # The second spelling is the one found in real files.
        attributes |= {"GpsLatitude": f"{frame.latitude:.7f}", "GpsLongtitude": f"{frame.longitude:.7f}"}
    return attributes


def _signed(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def draw_frame(frame: Frame) -> bytes:
    """Return the file of a frame."""
    sun = sun_at(frame.moment, LATITUDE, LONGITUDE)
    picture = photograph(farmland(), frame.pose, sun, Weather(0.45), size=(2160, 1440), shape=(560, 840))
    zone = f"{frame.moment:%z}"
    tags = Tags(
        model=MODEL,
        taken=datetime.combine(frame.moment.date(), frame.moment.time()),
        offset=f"{zone[:3]}:{zone[3:]}",
        latitude=None if frame.in_xmp_only else frame.latitude,
        longitude=None if frame.in_xmp_only else frame.longitude,
        altitude=None if frame.in_xmp_only else frame.pose.height + GROUND_ALTITUDE,
        fixed_at=frame.moment,
        copyright="CC0 1.0, generated demo picture",
    )
    packet = write_xmp(
        creator=MODEL, keywords=("generated demo picture", "survey"), drone=drone_attributes(frame)
    )
    return encode(print_on_paper(picture, reach=0.8), "JPEG", tags=tags, xmp=packet, quality=78)
