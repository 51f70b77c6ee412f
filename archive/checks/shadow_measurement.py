"""What was measured of a shadow in a picture, as `Evidence.measurement` holds it.

    {"tool": "shadow",
     "base": [x, y], "top": [x, y],                 foot and top of one upright object
     "shadow_base": [x, y], "shadow_tip": [x, y],   where its shadow begins, and the tip of its top's shadow
     "view": "oblique" | "straight_down",
     "level_ground": true | false,                  whether the ground under the shadow is stated to be level
     "place": {"latitude": .., "longitude": .., "radius_m": .. | null} | null,
     "north_deg": .. | null,
     "pitch_deg": .. | null,
     "fov_deg": .. | null,
     "aspect": .. | null}

Points are fractions of the picture as displayed, x from the left, y from the top, 0..1.
`north_deg` is where true north lies in the picture, degrees clockwise from its upward direction, 0..360: 0
when north is up (a camera looking north), 90 when north is to the right (a camera looking west). Null: not
stated.
`pitch_deg` is how far the camera looks below the level horizon, degrees: 0 level, 90 straight down, down to
-30 for a camera looking up. `fov_deg` is the angle of view from the picture's top to its bottom, 5..150.
`aspect` is the picture's width divided by its height as displayed; without it nothing can be measured, and
whoever records the measurement fills it in. The keys `tool`, the four points, `view` and `level_ground` must
be there; each other one may be left out, which means null. Unknown keys are refused.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from archive.values.place import Place

TOOL: Final = "shadow"
LEAST_LENGTH: Final = 0.002
"""Two points nearer than this part of the picture cannot be told apart by pointing."""
_POINTS: Final = ("base", "top", "shadow_base", "shadow_tip")
_REQUIRED: Final = frozenset({"tool", "view", "level_ground", *_POINTS})
_OPTIONAL: Final = frozenset({"place", "north_deg", "pitch_deg", "fov_deg", "aspect"})


class MeasurementError(ValueError):
    """The measurement cannot be used; the message tells the person who made it what to do."""


class View(StrEnum):
    OBLIQUE = "oblique"
    STRAIGHT_DOWN = "straight_down"


@dataclass(frozen=True, slots=True)
class Point:
    """Fractions of the picture's width from the left and of its height from the top."""

    x: float
    y: float

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1):
            raise MeasurementError("A point lies outside the picture: set it again.")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One upright object and its shadow; see the module for units and for what is null."""

    base: Point
    top: Point
    shadow_base: Point
    shadow_tip: Point
    view: View
    level_ground: bool
    place: Place | None = None
    north_deg: float | None = None
    pitch_deg: float | None = None
    fov_deg: float | None = None
    aspect: float | None = None

    def __post_init__(self) -> None:
        _within(
            self.north_deg, 0, 360, "North is written as 0 to 360 degrees clockwise from the picture's top."
        )
        _within(self.pitch_deg, -30, 90, "The camera's tilt is -30 (up) to 90 degrees (straight down).")
        _within(self.fov_deg, 5, 150, "The angle of view from top to bottom is 5 to 150 degrees.")
        _within(self.aspect, 0.02, 50, "The picture's width divided by its height is 0.02 to 50.")
        if self.view is View.OBLIQUE and _apart(self.base, self.top) < LEAST_LENGTH:
            raise MeasurementError("Foot and top of the object are the same point: set the top again.")

    @classmethod
    def from_json(cls, stored: object, *, aspect: float | None = None) -> Self:
        """Read what a form sent or the database holds; `aspect`, where given, replaces a stated one.

        Raises `MeasurementError` with words for the person who measured.
        """
        if not isinstance(stored, dict) or stored.get("tool") != TOOL:
            raise MeasurementError("This is no measurement of a shadow.")
        if missing := sorted(_REQUIRED - stored.keys()):
            raise MeasurementError(f"Not given: {', '.join(missing)}. Measure again from the start.")
        if unknown := sorted(str(key) for key in stored.keys() - _REQUIRED - _OPTIONAL):
            raise MeasurementError(f"Not known here: {', '.join(unknown)}.")
        if not isinstance(stored["level_ground"], bool):
            raise MeasurementError("Say yes or no: is the ground under the shadow level?")
        try:
            view = View(stored["view"])
        except ValueError:
            raise MeasurementError("Say how the picture looks: obliquely or straight down.") from None
        return cls(
            **{name: _point(stored[name]) for name in _POINTS},
            view=view,
            level_ground=stored["level_ground"],
            place=_place(stored.get("place")),
            north_deg=_number(stored.get("north_deg")),
            pitch_deg=_number(stored.get("pitch_deg")),
            fov_deg=_number(stored.get("fov_deg")),
            aspect=aspect if aspect is not None else _number(stored.get("aspect")),
        )

    def to_json(self) -> dict[str, Any]:
        told = dataclasses.asdict(self)
        for name in _POINTS:
            told[name] = [told[name]["x"], told[name]["y"]]
        return {"tool": TOOL, **told, "view": self.view.value}


def _apart(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _within(value: float | None, low: float, high: float, words: str) -> None:
    if value is not None and not (low <= value <= high):  # also refuses NaN
        raise MeasurementError(words)


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MeasurementError("Write angles as plain numbers of degrees.")
    return float(value)


def _point(value: object) -> Point:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise MeasurementError("A point is missing: set all four.")
    x, y = (_number(part) for part in value)
    if x is None or y is None:
        raise MeasurementError("A point is missing: set all four.")
    return Point(x, y)


def _place(value: object) -> Place | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() - {"latitude", "longitude", "radius_m"}:
        raise MeasurementError("The place is a latitude, a longitude and how far it may be off.")
    latitude, longitude = _number(value.get("latitude")), _number(value.get("longitude"))
    if latitude is None or longitude is None:
        raise MeasurementError("The place needs a latitude and a longitude.")
    try:
        return Place(latitude, longitude, _number(value.get("radius_m")))
    except ValueError as error:
        raise MeasurementError(f"The place cannot be used: {error}.") from error
