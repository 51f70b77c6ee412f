"""A pole, its shadow and a camera, computed the other way round: from the world into the picture."""

from __future__ import annotations

import math

from archive.checks.shadow_measurement import Measurement, Point, View
from archive.values.place import Place

SINUIJU = Place(40.1, 124.4, 500.0)
ASPECT = 1.5


def seen(
    *,
    height: float,
    azimuth: float,
    looks: float = 30.0,
    pitch: float = 25.0,
    field: float = 50.0,
    place: Place | None = SINUIJU,
    **stated,
) -> Measurement:
    """What is measured of a 3 m pole 14 m before a camera 10 m up that looks to a bearing, in degrees."""
    foot = (2.0, 14.0 if pitch > 15 else 30.0, 0.0)
    way = math.radians(azimuth + 180 - looks)
    length = 3.0 / math.tan(math.radians(height))
    tip = (foot[0] + length * math.sin(way), foot[1] + length * math.cos(way), 0.0)
    points = [_pictured(each, pitch, field) for each in (foot, (foot[0], foot[1], 3.0), foot, tip)]
    stated = {
        "north_deg": (-looks) % 360,
        "pitch_deg": pitch,
        "fov_deg": field,
        "aspect": ASPECT,
        "level_ground": True,
        "view": View.OBLIQUE,
    } | stated
    return Measurement(*points, place=place, **stated)


def _pictured(point: tuple[float, float, float], pitch: float, field: float) -> Point:
    right, forward, up = point[0], point[1], point[2] - 10.0
    sine, cosine = math.sin(math.radians(pitch)), math.cos(math.radians(pitch))
    depth, rise = forward * cosine - up * sine, forward * sine + up * cosine
    focal = 0.5 / math.tan(math.radians(field) / 2)
    return Point(0.5 + right / depth * focal / ASPECT, 0.5 - rise / depth * focal)
