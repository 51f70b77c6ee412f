"""A point that photos may look at, and the doubts about direction and width of view to reckon with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

USUAL_REACH_M: Final = 2000.0
FARTHEST_REACH_M: Final = 50_000.0
FARTHEST_LATITUDE: Final = 85.0

COMPASS_DOUBT_DEG: Final = 15.0
"""How far a direction may be off.

Eleven telephones in the hands of twelve people erred by 1.9 to 6.9 degrees on average, in single measurements
by 13 to 25 ("Use of smartphones for determining orientation angles in the field", Lviv Polytechnic National
University, science.lpnu.ua/uk/node/42954). 15 leaves out only such single ones, and leaves room for the
declination of a magnetic direction.
"""
UNKNOWN_WIDTH_DEG: Final = 90.0
"""The widest view to reckon with where a file does not say: a lens of 18 mm on 35 mm film has it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """WGS 84 degrees; photos count that were taken at most `reach_m` metres away.

    Judged on a plane that is true at the point, which near a pole would not do.
    """

    latitude: float
    longitude: float
    reach_m: float = USUAL_REACH_M

    def __post_init__(self) -> None:
        if not abs(self.latitude) <= FARTHEST_LATITUDE:
            raise ValueError(
                f"the latitude comes first and runs from -{FARTHEST_LATITUDE:g} to {FARTHEST_LATITUDE:g}"
            )
        if not -180 <= self.longitude <= 180:
            raise ValueError("the longitude runs from -180 to 180")
        if not 0 < self.reach_m <= FARTHEST_REACH_M:
            raise ValueError(f"the distance is in metres, more than 0 and at most {FARTHEST_REACH_M:g}")
