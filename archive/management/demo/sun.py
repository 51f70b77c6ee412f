"""Where the sun stands, so that the light in a drawing agrees with the time written beside it."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Sun:
    """Azimuth in degrees clockwise from true north, altitude in degrees above the level horizon."""

    azimuth: float
    altitude: float


def sun_at(moment: datetime, latitude: float, longitude: float) -> Sun:
    """Return the sun's direction at an aware moment and a place in degrees, to about a tenth of a degree.

    Low-precision formula of the Astronomical Almanac (mean longitude, two terms of the equation of the
    centre, sidereal time linear in days since J2000.0); refraction is left out.
    """
    days = (moment - _EPOCH).total_seconds() / 86400
    anomaly = math.radians(357.528 + 0.9856003 * days)
    ecliptic = math.radians(
        280.460 + 0.9856474 * days + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly)
    )
    tilt = math.radians(23.439 - 4e-7 * days)
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    sidereal = math.radians((280.46062 + 360.98564737 * days + longitude) % 360)
    hour = sidereal - ascension
    north = math.radians(latitude)
    altitude = math.asin(
        math.sin(north) * math.sin(declination) + math.cos(north) * math.cos(declination) * math.cos(hour)
    )
    azimuth = math.atan2(
        -math.cos(declination) * math.sin(hour),
        math.sin(declination) * math.cos(north) - math.cos(declination) * math.sin(north) * math.cos(hour),
    )
    return Sun(math.degrees(azimuth) % 360, math.degrees(altitude))
