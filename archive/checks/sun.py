"""How high the sun stood, against how bright the picture was exposed for."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Input, Result
from archive.checks.sun_position import days_since_j2000, sun_at
from archive.values.settled import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts
    from archive.metadata import Reading

DAY_ABOVE: Final = 15.0
NIGHT_BELOW: Final = -6.0  # end of civil twilight
DIM_EV: Final = 6.0
BRIGHT_EV: Final = 10.0
WIDEST: Final = timedelta(days=2)
STEP: Final = timedelta(minutes=5)
WIDEST_RADIUS_M: Final = 300_000.0
METRES_A_DEGREE: Final = 111_200.0  # of a great circle: the sun's height changes no faster
_PLACES: Final = (Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE)


def run(facts: Facts) -> Iterable[Result]:
    when = facts.taken_utc
    if when is None or not facts.place.parts or facts.place.facet not in _PLACES:
        return
    exposure = facts.said("exposure_s", "aperture", "iso", "flash")
    inputs = (*facts.settled_inputs(), *exposure)
    wide = max(part.place.radius_m or 0.0 for part in facts.place.parts)
    if when.width > WIDEST or wide > WIDEST_RADIUS_M:
        told: dict[str, Any] = {"case": "too_wide"}
        yield Result(Outcome.CANNOT_TELL, told, inputs=inputs, readership=facts.settled_readership)
        return
    low, high = _heights(facts)
    ev = ev100(facts.reading)
    outcome, case = _judged(low, high, ev, flash=bool(facts.reading.flash_fired))
    if ev is not None:
        inputs = (*inputs, Input("exposure value at ISO 100", "from the three above", f"{ev:.1f}"))
    yield Result(
        outcome,
        {
            "case": case,
            "low": round(low, 1),
            "high": round(high, 1),
            "ev": None if ev is None else round(ev, 1),
        },
        magnitude=round((low + high) / 2, 2),
        tolerance=round((high - low) / 2, 2),
        unit="°",
        inputs=inputs,
        readership=facts.settled_readership,
    )


def ev100(reading: Reading) -> float | None:
    """Exposure value at ISO 100, log2(N²/t) - log2(ISO/100) (ISO 2720); None when a part of it is missing."""
    if reading.aperture is None or reading.exposure_s is None or reading.iso is None:
        return None
    if min(reading.aperture, reading.exposure_s, reading.iso) <= 0:
        return None
    return math.log2(reading.aperture**2 / reading.exposure_s) - math.log2(reading.iso / 100)


def _heights(facts: Facts) -> tuple[float, float]:
    """Lowest and highest the sun may have stood, over the whole interval and every place in question."""
    when = facts.taken_utc
    if when is None:
        raise ValueError("no interval")
    count = max(2, math.ceil(when.width / STEP) + 1)
    days = np.linspace(days_since_j2000(when.earliest), days_since_j2000(when.latest), count)
    low, high = math.inf, -math.inf
    for part in facts.place.parts:
        heights, _azimuths = sun_at(days, part.place.latitude, part.place.longitude)
        reach = (part.place.radius_m or 0.0) / METRES_A_DEGREE
        low, high = min(low, float(heights.min()) - reach), max(high, float(heights.max()) + reach)
    return low, high


def _judged(low: float, high: float, ev: float | None, *, flash: bool) -> tuple[Outcome, str]:
    day, night = low > 0, high < NIGHT_BELOW
    if not (day or night):
        twilight = low >= NIGHT_BELOW and high <= 0
        return Outcome.CANNOT_TELL, "twilight" if twilight else "either"
    if ev is None:
        return Outcome.CANNOT_TELL, "day_no_exposure" if day else "night_no_exposure"
    if DIM_EV <= ev <= BRIGHT_EV:
        return Outcome.CANNOT_TELL, "middling"
    if night and ev > BRIGHT_EV:
        return (Outcome.CANNOT_TELL, "flash") if flash else (Outcome.DOES_NOT_FIT, "bright_by_night")
    if day and ev < DIM_EV:
        return (Outcome.DOES_NOT_FIT, "dim_by_day") if low > DAY_ABOVE else (Outcome.CANNOT_TELL, "low_sun")
    return Outcome.FITS, "day" if day else "night"


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "too_wide":
        return "Place or date are too wide to say whether it was day or night."
    stood = _stood(facts["low"], facts["high"])
    ev = f"(EV {facts['ev']:g} at ISO 100)" if facts["ev"] is not None else ""
    says = {
        "twilight": "by that it was twilight, in which any exposure fits.",
        "either": "by that it may have been day or night.",
        "day_no_exposure": "by that it was day. The file does not say how it was exposed.",
        "night_no_exposure": "by that it was night. The file does not say how it was exposed.",
        "dim_by_day": f"but the picture is exposed as for a dark room or the night {ev}.",
        "bright_by_night": f"but the picture is exposed as for daylight {ev}.",
        "flash": f"by that it was night; the bright exposure {ev} may come from the flash.",
        "middling": f"the exposure {ev} fits shade and lamplight alike, so it does not tell.",
        "low_sun": f"the exposure {ev} is a dim one, as under so low a sun it may be.",
        "day": f"and the picture is exposed as by day {ev}.",
        "night": f"and the picture is exposed as by night {ev}.",
    }[facts["case"]]
    return f"At this place and time the sun stood {stood}; {says}"


def _stood(low: float, high: float) -> str:
    if abs(high - low) < 2:
        height = (low + high) / 2
        return f"{abs(height):.0f}° {'above' if height >= 0 else 'below'} the horizon"
    return f"between {low:.0f}° and {high:.0f}° (negative is below the horizon)"


CHECK: Final = Check(
    code="sun",
    version=1,
    title="Sun against exposure",
    rule="From place and date follows how high the sun stood; from aperture, exposure time and ISO how "
    "bright it was. Exposed as for the night under a sun 15° up, or as for daylight with the sun 6° below "
    "the horizon, does not fit.",
    help="Day and night are hard to confuse, so this finds clocks that are hours off and places on the other "
    "side of the world. It says nothing about a difference of an hour or two.",
    innocent=(
        "it was taken indoors, or in deep shade",
        "a dark filter, a long exposure on purpose, or a flash",
        "the clock was on another time zone than the place’s",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=words,
)
