"""Whether photos look at a point, by where they were taken, which way, and how wide a view they have.

Angles are compared in whole millionths of a degree, since databases and processors differ in the last digits
of an arc; distances need only additions, products and a root, which all of them do alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q

from archive.atlas.area import Rectangle, looked_up
from archive.atlas.covering import MARGIN
from archive.atlas.judged import Judged, Parameters
from archive.values.place import EARTH_RADIUS_M
from archive.values.sight import COMPASS_DOUBT_DEG, UNKNOWN_WIDTH_DEG, Sight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Places
    from archive.atlas.covering import KeyRanges
    from archive.values.selection import Sure

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

PER_DEGREE_M = math.radians(1) * EARTH_RADIUS_M
IN_DEGREES = 180.0 / math.pi
ALL_ROUND_DEG = 360.0
MILLIONTHS = 1e6

_COLUMNS = ("key", "latitude", "longitude", "radius_m", "direction", "width_deg")
_DOUBT = "COALESCE({radius_m}, 0.0)"


@dataclass(frozen=True)
class Sighting:
    """Photos look at the point for certain when their view, known, holds it whatever compass and place err.

    They may when it can. A view all round holds every point near enough; without a direction a photo looks at
    nothing. It is drawn where the camera stood, so that every centre is inside.
    """

    sight: Sight

    def holds_row(self) -> Q:
        distance, numbers = self._distance()
        over, over_numbers = self._over(distance, numbers, "{width_deg}", (), "+")
        text = (
            "({key} IS NOT NULL AND {direction} IS NOT NULL AND {width_deg} IS NOT NULL"
            f" AND {distance} + {_DOUBT} <= %s"
            f" AND ({{width_deg}} >= %s OR (({distance}) > {_DOUBT} AND {over} <= 0)))"
        )
        return Q(
            Judged(
                text,
                (*numbers, self.sight.reach_m, ALL_ROUND_DEG, *numbers, *over_numbers),
                _COLUMNS,
            )
        )

    def touches_row(self) -> Q:
        distance, numbers = self._distance()
        over, over_numbers = self._over(
            distance, numbers, "COALESCE({width_deg}, %s)", (UNKNOWN_WIDTH_DEG,), "-"
        )
        text = (
            "({key} IS NOT NULL AND {direction} IS NOT NULL"
            f" AND {distance} - {_DOUBT} <= %s"
            f" AND (({distance}) <= {_DOUBT} OR {over} <= 0))"
        )
        return Q(Judged(text, (*numbers, self.sight.reach_m, *numbers, *over_numbers), _COLUMNS))

    def holds_centre(self) -> Q:
        return Q(key__isnull=False)

    def reaches_row(self) -> Q:
        """The camera may have stood near enough to see the point, whichever way it looked."""
        distance, numbers = self._distance()
        text = f"({{key}} IS NOT NULL AND {distance} - {_DOUBT} <= %s)"
        return Q(Judged(text, (*numbers, self.sight.reach_m), _COLUMNS[:4]))

    def candidates(self, sure: Sure) -> Q | None:
        return looked_up(self, sure, max(1000.0, self.sight.reach_m))

    def holds(self, places: Places) -> Truths:
        with np.errstate(invalid="ignore"):
            distance, angle, doubt = self._measured(places)
            spread = _spread(distance, doubt)
            over = angle + spread - places.width_deg * 0.5 + COMPASS_DOUBT_DEG
            seen = (distance > doubt) & (_millionths(over) <= 0)
            near = distance + doubt <= self.sight.reach_m
            known = ~np.isnan(places.direction)
            return near & known & ((places.width_deg >= ALL_ROUND_DEG) | seen)

    def touches(self, places: Places) -> Truths:
        with np.errstate(invalid="ignore"):
            distance, angle, doubt = self._measured(places)
            width = np.where(np.isnan(places.width_deg), UNKNOWN_WIDTH_DEG, places.width_deg)
            over = angle - _spread(distance, doubt) - width * 0.5 - COMPASS_DOUBT_DEG
            near = distance - doubt <= self.sight.reach_m
            known = ~np.isnan(places.direction)
            return near & known & ((distance <= doubt) | (_millionths(over) <= 0))

    def has_centre(self, places: Places) -> Truths:
        return ~np.isnan(places.latitude)

    def reaches(self, places: Places) -> Truths:
        distance, _, doubt = self._measured(places)
        return distance - doubt <= self.sight.reach_m

    def key_ranges(self, metres: float) -> KeyRanges:
        reach = self.sight.reach_m + metres
        high, wide = reach / PER_DEGREE_M + MARGIN, reach / self._per_degree_east_m + MARGIN
        latitude, longitude = self.sight.latitude, self.sight.longitude
        around = Rectangle(
            longitude - min(180.0, wide),
            max(-90.0, latitude - high),
            longitude + min(180.0, wide),
            min(90.0, latitude + high),
        )
        return around.key_ranges(0.0)

    def inner_ranges(self) -> KeyRanges:
        return []  # wherever it stands, it depends on where the camera looked

    @property
    def _per_degree_east_m(self) -> float:
        return PER_DEGREE_M * math.cos(math.radians(self.sight.latitude))

    def _measured(self, places: Places) -> tuple[Numbers, Numbers, Numbers]:
        """Return distance to the point (m), its angle to the middle of the view (degrees) and doubt (m)."""
        step = self.sight.longitude - places.longitude
        step = np.where(step > 180, step - 360, np.where(step < -180, step + 360, step))
        east, north = step * self._per_degree_east_m, (self.sight.latitude - places.latitude) * PER_DEGREE_M
        distance = np.sqrt(east * east + north * north)
        turn = np.abs(np.arctan2(east, north) * IN_DEGREES - places.direction)
        doubt = np.where(np.isnan(places.radius_m), 0.0, places.radius_m)
        return distance, np.where(turn <= 180, turn, np.abs(turn - 360)), doubt

    def _plane(self) -> tuple[str, str, Parameters, Parameters]:
        """East and north of the camera to the point, metres, and their numbers."""
        step = "(%s - {longitude})"
        turned = (
            f"CASE WHEN {step} > 180 THEN {step} - 360 WHEN {step} < -180 THEN {step} + 360 ELSE {step} END"
        )
        east = f"(({turned}) * %s)"
        north = "((%s - {latitude}) * %s)"
        return (
            east,
            north,
            (*((self.sight.longitude,) * 5), self._per_degree_east_m),
            (self.sight.latitude, PER_DEGREE_M),
        )

    def _distance(self) -> tuple[str, Parameters]:
        east, north, of_east, of_north = self._plane()
        return f"SQRT({east} * {east} + {north} * {north})", (*of_east, *of_east, *of_north, *of_north)

    def _over(
        self, distance: str, numbers: Parameters, width: str, of_width: Parameters, sign: str
    ) -> tuple[str, Parameters]:
        """By how many millionths of a degree the point lies outside the view, doubts added or taken off."""
        east, north, of_east, of_north = self._plane()
        turn, of_turn = (
            f"ABS(ATAN2({east}, {north}) * %s - {{direction}})",
            (*of_east, *of_north, IN_DEGREES),
        )
        angle = f"CASE WHEN {turn} <= 180 THEN {turn} ELSE ABS({turn} - 360) END"
        spread = f"CASE WHEN {_DOUBT} < {distance} THEN ASIN({_DOUBT} / {distance}) * %s ELSE 90.0 END"
        text = f"FLOOR((({angle}) {sign} ({spread}) - {width} * 0.5 {sign} %s) * %s + 0.5)"
        return text, (
            *of_turn * 3,
            *numbers,
            *numbers,
            IN_DEGREES,
            *of_width,
            COMPASS_DOUBT_DEG,
            MILLIONTHS,
        )


def _spread(distance: Numbers, doubt: Numbers) -> Numbers:
    """How far the point's bearing may turn with the camera's place, degrees."""
    apart = doubt < distance
    ratio = np.divide(doubt, distance, out=np.ones_like(distance), where=apart)
    return np.where(apart, np.arcsin(ratio) * IN_DEGREES, 90.0)


def _millionths(degrees: Numbers) -> Numbers:
    found: Numbers = np.floor(degrees * MILLIONTHS + 0.5)
    return found
