"""A measured shadow against the date: all times at which the sun stood as the shadow says.

    answer = windows(Measurement.from_json(evidence.measurement), facts.taken_utc)

`windows` is pure; the check puts it to every shadow measured on a photo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archive.checks import shadow_words
from archive.checks.check import Check, Reliability
from archive.checks.facts import Facts, MeasuredShadow
from archive.checks.models import Outcome
from archive.checks.results import Input, Result, narrowest
from archive.checks.shadow_geometry import Sunlight, sunlight
from archive.checks.shadow_measurement import Measurement, MeasurementError, View
from archive.checks.shadow_windows import (
    MOST_YEARS,
    ShadowWindows,
    YearWindows,
    fits_within,
    heights_within,
    windows_of,
    years_of,
)
from archive.gazetteer import zone_at
from archive.values.moment import Interval
from archive.values.place import Place

__all__ = ["CHECK", "Measurement", "MeasurementError", "ShadowAnswer", "View", "windows"]

TYPICAL_YEAR: Final = 2025
"""Shown where no date is settled: the sun's year is the same within a day and a few minutes."""
WIDEST_HEIGHT_DEG: Final = 40.0
"""A height of the sun less certain than this tells nothing worth drawing."""


@dataclass(frozen=True, slots=True)
class ShadowAnswer:
    """`windows` covers whole years, each window saying whether it lies within the time in question.

    `assumptions` are sentences; all of them must hold. `light` and `windows` are None where nothing could be
    measured. `facts` is what the sentence is made of, as a finding keeps it.
    """

    outcome: Outcome
    sentence: str
    assumptions: tuple[str, ...]
    light: Sunlight | None
    windows: ShadowWindows | None
    facts: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome.value,
            "outcome_words": str(self.outcome.label),
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "height": self.facts.get("height"),
            "azimuth": self.facts.get("azimuth"),
            "windows": self.windows.to_json() if self.windows else None,
        }


def windows(measurement: Measurement, interval: Interval | None) -> ShadowAnswer:
    """Return all windows of every year the interval (UTC) touches, and whether one of them lies within it.

    Without an interval the windows of one typical year are given, and nothing can be told of the date.
    """
    place, lacking = measurement.place, _lacking(measurement)
    if lacking or place is None:
        return _cannot(measurement, lacking)
    light = sunlight(measurement)
    if light is None:
        return _cannot(measurement, "no_camera")
    if light.height.high - light.height.low > WIDEST_HEIGHT_DEG:
        return _cannot(measurement, "too_wide", light)
    zone = zone_at(place.latitude, place.longitude)
    years = range(TYPICAL_YEAR, TYPICAL_YEAR + 1) if interval is None else years_of(interval, zone)
    if len(years) > MOST_YEARS:
        return _cannot(measurement, "too_long", light)
    found = windows_of(light, place, years=years, zone=zone, interval=interval)
    outcome, compared = _compared(light, place, interval, found)
    return _answer(measurement, outcome, _measured(light) | _told(found, interval) | compared, light, found)


def _lacking(measurement: Measurement) -> str:
    """Say why nothing can be told, as a case that has words; empty when all is there."""
    if measurement.view is View.STRAIGHT_DOWN:
        return "straight_down"
    if not measurement.level_ground:
        return "not_level"
    if measurement.place is None:
        return "no_place"
    return "" if measurement.aspect is not None else "no_size"


def _compared(
    light: Sunlight, place: Place, interval: Interval | None, found: ShadowWindows
) -> tuple[Outcome, dict[str, Any]]:
    if not any(each.windows for each in found.years):
        return Outcome.CANNOT_TELL if interval is None else Outcome.DOES_NOT_FIT, {"case": "never"}
    if interval is None:
        return Outcome.CANNOT_TELL, {"case": "undated"}
    heights = heights_within(place, interval)
    stood = [round(heights.low, 1), round(heights.high, 1)] if heights else None
    if fits_within(light, place, interval, found):
        return Outcome.FITS, {"case": "fits", "heights": stood}
    return Outcome.DOES_NOT_FIT, {"case": "not_then", "heights": stood}


def _cannot(measurement: Measurement, case: str, light: Sunlight | None = None) -> ShadowAnswer:
    facts: dict[str, Any] = {"case": case}
    if light is not None:
        facts |= _measured(light) | {"most_years": MOST_YEARS}
    return _answer(measurement, Outcome.CANNOT_TELL, facts, light, None)


def _answer(
    measurement: Measurement,
    outcome: Outcome,
    facts: dict[str, Any],
    light: Sunlight | None,
    found: ShadowWindows | None,
) -> ShadowAnswer:
    return ShadowAnswer(
        outcome, shadow_words.words(facts), shadow_words.assumptions(measurement), light, found, facts
    )


def _measured(light: Sunlight) -> dict[str, Any]:
    return {
        "ratio": [round(bound, 3) for bound in light.ratio],
        "height": [round(light.height.low, 1), round(light.height.high, 1)],
        "azimuth": [round(light.azimuth.low, 1), round(light.azimuth.high, 1)] if light.azimuth else None,
    }


def _told(found: ShadowWindows, interval: Interval | None) -> dict[str, Any]:
    """The windows of the year that has most of them within the time, as an example of all."""
    shown = max(found.years, key=lambda each: len(_within(each)))
    fitting = [each.year for each in found.years if _within(each)] or [shown.year]
    return {
        "clock": found.clock,
        "years": [fitting[0], fitting[-1]],
        "shown_year": shown.year,
        "count": sum(len(_within(each)) for each in found.years) if interval else None,
        "windows": [
            {
                "half": window.half.value,
                "first": window.first.isoformat(),
                "last": window.last.isoformat(),
                "clock": list(window.clock),
            }
            for window in _within(shown)
        ],
    }


def _within(each: YearWindows) -> list[Any]:
    return sorted((window for window in each.windows if window.within), key=lambda window: window.first)


def run(facts: Facts) -> Iterable[Result]:
    for shadow in facts.shadows:
        yield _result(facts, shadow)


def _result(facts: Facts, shadow: MeasuredShadow) -> Result:
    given = (Input("measured shadow", "evidence", shadow.text), *facts.settled_inputs())
    readership = narrowest(shadow.readership, facts.settled_readership)
    try:
        measurement = Measurement.from_json(shadow.measurement, aspect=_aspect(facts))
    except MeasurementError as error:
        told = {"case": "unusable", "why": str(error), "evidence": shadow.evidence}
        return Result(Outcome.COULD_NOT_CHECK, told, inputs=given[:1], readership=readership)
    answer = windows(measurement, facts.taken_utc)
    magnitude = tolerance = None
    if answer.light is not None:
        height = answer.light.height
        magnitude, tolerance = (height.low + height.high) / 2, (height.high - height.low) / 2
    return Result(
        answer.outcome,
        {**answer.facts, "evidence": shadow.evidence},
        magnitude=None if magnitude is None else round(magnitude, 1),
        tolerance=None if tolerance is None else round(tolerance, 1),
        unit="° above the horizon" if magnitude is not None else "",
        inputs=given,
        readership=readership,
    )


def _aspect(facts: Facts) -> float | None:
    width, height = facts.reading.width, facts.reading.height
    return width / height if width and height else None


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    return shadow_words.words(facts)


CHECK: Final = Check(
    code="shadow",
    version=1,
    title="Does the shadow fit the date?",
    rule="The length of a shadow beside the upright object that throws it says how high the sun stood. That "
    "is compared with the sun at the stated place, at every moment the date allows.",
    help="The sun stands at a given height twice a day on most days of the year; where north is stated too, "
    "usually two windows a year are left. A shadow can rule a date out, or narrow it, but many dates always "
    "share the same shadow.",
    innocent=(
        "the ground slopes, or the object leans",
        "the tip of the shadow is not the shadow of the point marked as top",
        "the camera's tilt or angle of view is not as stated, or the picture was cropped",
    ),
    reliability=Reliability.MEDIUM,
    run=run,
    words=words,
)
