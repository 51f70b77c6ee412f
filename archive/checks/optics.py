"""What a lens takes in, and what of the ground a tilted camera sees; angles in degrees, lengths in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from archive.values.place import Place

FILM_DIAGONAL_MM: Final = math.hypot(36.0, 24.0)
"""The 35 mm equivalent focal length goes by the diagonal (CIPA DCG-001, 2005)."""


@dataclass(frozen=True, slots=True)
class View:
    """Angles of view across and down the picture as displayed."""

    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Footprint:
    """Metres on level ground from the point below the camera to near edge, middle and far edge.

    `far` and `middle` are None where the ray goes above the horizon.
    """

    near: float
    middle: float | None
    far: float | None


def view_of(focal_35mm: float | None, width: int | None, height: int | None) -> View | None:
    """Return the angles of view from the 35 mm equivalent focal length; None when a part is missing."""
    if not focal_35mm or not width or not height:
        return None
    diagonal = math.hypot(width, height)
    across, down = (
        2 * math.degrees(math.atan(FILM_DIAGONAL_MM * side / diagonal / 2 / focal_35mm))
        for side in (width, height)
    )
    return View(across, down)


def footprint(height_m: float, pitch: float, down: float) -> Footprint:
    """Return what a camera `height_m` above level ground sees, tilted by `pitch` (-90 is straight down)."""
    return Footprint(
        near=_reach(height_m, pitch - down / 2) or 0.0,
        middle=_reach(height_m, pitch),
        far=_reach(height_m, pitch + down / 2),
    )


def bearing(start: Place, end: Place) -> float:
    """Initial great-circle course in degrees clockwise from true north."""
    north1, north2 = math.radians(start.latitude), math.radians(end.latitude)
    east = math.radians(end.longitude - start.longitude)
    return (
        math.degrees(
            math.atan2(
                math.sin(east) * math.cos(north2),
                math.cos(north1) * math.sin(north2) - math.sin(north1) * math.cos(north2) * math.cos(east),
            )
        )
        % 360.0
    )


def turn(one: float, other: float) -> float:
    """Return the angle between two directions, 0 to 180."""
    return abs((one - other + 180.0) % 360.0 - 180.0)


def _reach(height_m: float, pitch: float) -> float | None:
    """Ground distance of a ray; negative behind the point below, None less than a degree downwards."""
    return None if pitch > -1.0 else height_m / math.tan(math.radians(-pitch))
