"""From four points in a picture to how high the sun stood and from which side it shone.

A pinhole camera without roll, `pitch` below the horizon, looks at an upright object on a level plane. A ray
through the picture meets the plane where foot, shadow and its tip are; the ray through the top passes above
the foot, and the height at which it does is the object's. The camera's height above the plane cancels out of
the ratio of shadow to object, so it need not be known. What nobody stated (pitch, angle of view) is taken
from a range of assumptions, what somebody stated may be off a little, and so may every point: the answer is
an interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from archive.checks.shadow_measurement import Measurement, Point

CLICK_ERROR: Final = 0.004
"""How far a point may be set beside what it means, in parts of the picture's height."""
STANDING_ERROR_DEG: Final = 2.0
"""What slight slope, a slight lean of the object and the width of the sun itself may add."""
NORTH_ERROR_DEG: Final = 5.0
"""How far a stated north may be off."""
PITCH_ERROR_DEG: Final = 2.0
FIELD_ERROR: Final = 0.05
"""How far a stated tilt may be off, and a stated angle of view as a part of itself."""
ASSUMED_PITCHES: Final = (10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 55.0, 60.0)
ASSUMED_FIELDS: Final = (30.0, 45.0, 60.0, 75.0)
_DIRECTIONS: Final = tuple((math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8))
_KILOMETRES_PER_DEGREE: Final = 111.2  # of a great circle
_LEAST_RATIO_WITH_A_SIDE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Span:
    """Degrees from `low` to `high`; a span of directions runs clockwise and `high` may exceed 360."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"{self.low} to {self.high} is no span")


@dataclass(frozen=True, slots=True)
class Sunlight:
    """`ratio` is shadow to object, lowest and highest; `azimuth` is None when no side can be told."""

    ratio: tuple[float, float]
    height: Span
    azimuth: Span | None


@dataclass(frozen=True, slots=True)
class _Cast:
    """One reading of the points: shadow divided by object, and the shadow's way clockwise from up."""

    ratio: float
    way: float


def sunlight(measurement: Measurement) -> Sunlight | None:
    """Return where the sun stood, or None when no camera as stated or assumed can have seen the points so.

    The measurement is oblique and has a place and an aspect.
    """
    ratios: list[float] = []
    ways: list[tuple[float, float]] = []
    for pitch in _pitches(measurement.pitch_deg):
        for field in _fields(measurement.fov_deg):
            camera = _Camera(measurement, pitch, field)
            cast = camera.cast({})
            if cast is None:
                continue
            spread, turn = camera.doubt(cast)
            ratios += [cast.ratio * math.exp(-spread), cast.ratio * math.exp(spread)]
            ways.append((cast.way, turn))
    if not ratios:
        return None
    place = measurement.place
    adrift = ((place.radius_m or 0.0) / 1000 / _KILOMETRES_PER_DEGREE) if place else 0.0
    low, high = min(ratios), max(ratios)
    give = STANDING_ERROR_DEG + adrift
    height = Span(
        max(0.0, math.degrees(math.atan2(1, high)) - give), min(90.0, math.degrees(math.atan2(1, low)) + give)
    )
    return Sunlight((low, high), height, _azimuth(measurement.north_deg, ways, low, adrift, height))


def _pitches(stated: float | None) -> tuple[float, ...]:
    if stated is None:
        return ASSUMED_PITCHES
    return stated, stated - PITCH_ERROR_DEG, min(90.0, stated + PITCH_ERROR_DEG)


def _fields(stated: float | None) -> tuple[float, ...]:
    if stated is None:
        return ASSUMED_FIELDS
    return stated, stated * (1 - FIELD_ERROR), stated * (1 + FIELD_ERROR)


def _azimuth(
    north: float | None, ways: list[tuple[float, float]], least_ratio: float, adrift: float, height: Span
) -> Span | None:
    """The sun shines from the side opposite to where the shadow falls."""
    if north is None or least_ratio < _LEAST_RATIO_WITH_A_SIDE:
        return None
    middle = ways[0][0]
    give = NORTH_ERROR_DEG + adrift / max(0.1, math.cos(math.radians(min(height.high, 89.0))))
    low = min(_turn(way - middle) - turn for way, turn in ways) - give
    high = max(_turn(way - middle) + turn for way, turn in ways) + give
    if high - low >= 360:
        return None
    start = (middle + 180 - north + low) % 360
    return Span(start, start + high - low)


def _turn(degrees: float) -> float:
    """The same turn as -180..180."""
    return (degrees + 180) % 360 - 180


class _Camera:
    """One camera that may have taken the picture."""

    def __init__(self, measurement: Measurement, pitch: float, field: float) -> None:
        self._measurement = measurement
        self._aspect = measurement.aspect or 1.0
        self._sine, self._cosine = math.sin(math.radians(pitch)), math.cos(math.radians(pitch))
        self._focal = 0.5 / math.tan(math.radians(field) / 2)

    def cast(self, moved: dict[str, tuple[float, float]]) -> _Cast | None:
        """Measure with some points moved by parts of the picture's height; None where that is impossible."""
        rays = {
            name: self._ray(getattr(self._measurement, name), moved.get(name, (0.0, 0.0)))
            for name in ("base", "top", "shadow_base", "shadow_tip")
        }
        if any(rays[name][2] > -1e-6 for name in ("base", "shadow_base", "shadow_tip")):
            return None  # at or above the horizon, where no ground is
        foot, start, tip = (_on_ground(rays[name]) for name in ("base", "shadow_base", "shadow_tip"))
        right, forward, up = rays["top"]
        level = math.hypot(right, forward)
        height = 1 + up * math.hypot(*foot) / level if level > 1e-9 else 0.0
        if height <= 1e-6:
            return None
        across, along = tip[0] - start[0], tip[1] - start[1]
        return _Cast(
            max(1e-6, math.hypot(across, along) / height), math.degrees(math.atan2(across, along)) % 360
        )

    def doubt(self, cast: _Cast) -> tuple[float, float]:
        """Return how far clicks beside the points change the logarithm of the ratio, and the way in degrees.

        Errors of the four points are independent: the largest effect of each, squared and summed.
        """
        spread = turn = 0.0
        for name in ("base", "top", "shadow_base", "shadow_tip"):
            tried = [self.cast({name: (x * CLICK_ERROR, y * CLICK_ERROR)}) for x, y in _DIRECTIONS]
            others = [other for other in tried if other is not None]
            spread += max((abs(math.log(other.ratio / cast.ratio)) for other in others), default=0.0) ** 2
            turn += max((abs(_turn(other.way - cast.way)) for other in others), default=0.0) ** 2
        return math.sqrt(spread), min(180.0, math.sqrt(turn))

    def _ray(self, point: Point, moved: tuple[float, float]) -> tuple[float, float, float]:
        """Right, level forward and up of the ray through a point of the picture."""
        right = (point.x - 0.5) * self._aspect + moved[0]
        rise = 0.5 - point.y + moved[1]
        return (
            right,
            self._focal * self._cosine + rise * self._sine,
            rise * self._cosine - self._focal * self._sine,
        )


def _on_ground(ray: tuple[float, float, float]) -> tuple[float, float]:
    """Where a ray meets the plane one camera height below: right and forward."""
    right, forward, up = ray
    return right / -up, forward / -up
