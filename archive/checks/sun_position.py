"""Where the sun stands, for many instants at once.

Formulas: Meeus, Astronomical Algorithms, 2nd ed., chapters 25 (lower accuracy) and 28 (equation of time), as
NOAA's solar calculator uses them; refraction by Sæmundsson, Sky and Telescope 72 (1986) 70. Within 0.1° of
truth from 1800 to 2200, which is a tenth of what a shadow can be measured to.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)


def days_since_j2000(instant: datetime) -> float:
    return (instant - J2000) / DAY


def declination_and_equation(days: Numbers) -> tuple[Numbers, Numbers]:
    """Return the sun's declination in radians and the equation of time in minutes.

    `days` counts from J2000.0 in universal time; the equation is apparent minus mean solar time.
    """
    century = days / 36525.0
    longitude = np.radians(280.46646 + century * (36000.76983 + century * 0.0003032))
    anomaly = np.radians(357.52911 + century * (35999.05029 - century * 0.0001537))
    eccentricity = 0.016708634 - century * (0.000042037 + century * 0.0000001267)
    node = np.radians(125.04 - 1934.136 * century)
    centre = (
        np.sin(anomaly) * (1.914602 - century * (0.004817 + century * 0.000014))
        + np.sin(2 * anomaly) * (0.019993 - century * 0.000101)
        + np.sin(3 * anomaly) * 0.000289
    )
    apparent = longitude + np.radians(centre - 0.00569 - 0.00478 * np.sin(node))
    obliquity = np.radians(23.439291 - century * 0.0130042 + 0.00256 * np.cos(node))
    declination = np.arcsin(np.sin(obliquity) * np.sin(apparent))
    half = np.tan(obliquity / 2) ** 2
    equation = (
        half * np.sin(2 * longitude)
        - 2 * eccentricity * np.sin(anomaly)
        + 4 * eccentricity * half * np.sin(anomaly) * np.cos(2 * longitude)
        - 0.5 * half**2 * np.sin(4 * longitude)
        - 1.25 * eccentricity**2 * np.sin(2 * anomaly)
    )
    return declination, 4 * np.degrees(equation)


def sine_of_height(declination: Numbers, hour_angle: Numbers, latitude: float) -> Numbers:
    """Return the sine of the height without refraction; radians that broadcast, latitude in degrees."""
    north = np.radians(latitude)
    sine: Numbers = np.sin(north) * np.sin(declination) + np.cos(north) * np.cos(declination) * np.cos(
        hour_angle
    )
    return sine


def azimuth_seen(declination: Numbers, hour_angle: Numbers, latitude: float) -> Numbers:
    """Return degrees clockwise from true north; radians that broadcast, latitude in degrees."""
    north = np.radians(latitude)
    azimuth: Numbers = np.degrees(
        np.arctan2(
            -np.cos(declination) * np.sin(hour_angle),
            np.sin(declination) * np.cos(north) - np.cos(declination) * np.sin(north) * np.cos(hour_angle),
        )
    )
    return azimuth % 360.0


def sun_at(days: Numbers, latitude: float, longitude: float) -> tuple[Numbers, Numbers]:
    """Return the sun's height and azimuth in degrees at one place, at days since J2000.0 (universal time)."""
    declination, equation = declination_and_equation(days)
    turned = (days % 1.0) * 360.0 + longitude + equation / 4.0  # J2000.0 is a noon
    hour_angle = np.radians(turned)
    sine = sine_of_height(declination, hour_angle, latitude)
    height = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    return height + _refraction(height), azimuth_seen(declination, hour_angle, latitude)


def without_refraction(height: float) -> float:
    """Return where the sun would be seen without air, degrees, for one seen above the horizon.

    Formula of Bennett, Journal of Navigation 35 (1982) 255.
    """
    return height - max(0.0, 1.0 / math.tan(math.radians(height + 7.31 / (height + 4.4)))) / 60.0


def _refraction(height: Numbers) -> Numbers:
    """Degrees by which the air lifts the sun; none once it is well below the horizon."""
    raised = np.maximum(height, -1.0)
    lift = 1.02 / np.tan(np.radians(raised + 10.3 / (raised + 5.11))) / 60.0
    return np.where(height > -1.0, np.maximum(lift, 0.0), 0.0)
