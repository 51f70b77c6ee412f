"""The camera's clock against the satellites': on which zone it stood, and how far off it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from archive.checks import clock_gps_words
from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Result
from archive.checks.zones import QUARTER_S, neighbours_on, offset_at, periods_of
from archive.gazetteer import zone_at
from archive.values.moment import EASTMOST_MINUTES, WESTMOST_MINUTES, Moment, shown_in_utc, utc_interval
from archive.values.place import Place
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts

GPS_CYCLE_S: Final = 1024 * 7 * 86_400
"""A receiver counts weeks in ten bits (IS-GPS-200, 20.3.3.3.1.1): after 1,024 it begins again."""

DAY_S: Final = 86_400
CLEAN_S: Final = 60.0  # a difference this near to a quarter of an hour is that of a zone
TOLERANCE_S: Final = QUARTER_S / 2
MOST_PERIODS: Final = 2


@dataclass(frozen=True, slots=True)
class _Where:
    """The place of the file's own GPS, else the settled one; its zone is None at sea."""

    place: Place | None
    zone: str | None
    readership: Readership


def run(facts: Facts) -> Iterable[Result]:
    reading = facts.reading
    inputs = facts.said("taken_local", "taken_offset", "gps_time_utc")
    moment, instant = reading.taken, reading.gps_time_utc
    if instant is None:
        tried = any(s.fact == "gps_time_utc" for s in reading.statements)
        stated = _stated(facts)
        if moment is not None and stated is not None and _where(facts).zone is not None:
            yield _stated_only(facts, moment, stated)
        elif tried:
            yield Result(Outcome.CANNOT_TELL, {"case": "no_gps_time"}, inputs=inputs)
        return
    if moment is None or moment.earliest != moment.latest:
        yield Result(Outcome.CANNOT_TELL, {"case": "no_clock"}, inputs=inputs)
        return
    yield _compared(facts, moment.earliest, instant)


def _compared(facts: Facts, clock: datetime, instant: datetime) -> Result:
    where = _where(facts)
    difference = (shown_in_utc(clock) - instant.replace(microsecond=0)).total_seconds()
    quarter = round(difference / QUARTER_S) * QUARTER_S // 60
    told: dict[str, Any] = {
        "difference_s": difference,
        "quarter": quarter,
        "remainder_s": difference - quarter * 60,
        "zone": where.zone,
        "here": offset_at(where.zone, instant) if where.zone else None,
        "stated": _stated(facts),
    }
    outcome, case = _judged(told)
    told["case"] = case
    magnitude = difference
    if case == "rollover":
        told["weeks"] = 1024 * round(difference / GPS_CYCLE_S)
    elif case == "days":
        told["days"] = _days_off(told)
    elif case in ("local", "as_stated"):
        against = told["here"] if case == "local" else told["stated"]
        magnitude = told["error_s"] = difference - against * 60
    elif case in ("not_as_stated", "other_zone", "some_zone"):
        told["matches"] = _matches(quarter, instant, where)
    if case != "rollover" and abs(told["remainder_s"]) <= CLEAN_S:
        told["only_then"] = _only_then(where.zone, quarter)
    return Result(
        outcome,
        told,
        magnitude=magnitude,
        tolerance=TOLERANCE_S,
        unit="s",
        inputs=facts.said("taken_local", "taken_offset", "gps_time_utc"),
        readership=where.readership,
    )


def _judged(told: Mapping[str, Any]) -> tuple[Outcome, str]:
    """Say which of the cases a difference is; the first that holds."""
    difference, here, stated = told["difference_s"], told["here"], told["stated"]
    turns = round(difference / GPS_CYCLE_S)
    clean = abs(told["remainder_s"]) <= CLEAN_S
    cases = (
        (
            turns >= 1 and abs(difference - turns * GPS_CYCLE_S) <= DAY_S,
            Outcome.DOES_NOT_FIT,
            "rollover",
        ),
        (_days_off(told) != 0, Outcome.DOES_NOT_FIT, "days"),
        (
            not WESTMOST_MINUTES <= told["quarter"] <= EASTMOST_MINUTES,
            Outcome.DOES_NOT_FIT,
            "beyond",
        ),
        (
            stated is not None and abs(difference - stated * 60) > TOLERANCE_S,
            Outcome.DOES_NOT_FIT,
            "not_as_stated",
        ),
        (here is not None and abs(difference - here * 60) <= TOLERANCE_S, Outcome.FITS, "local"),
        (stated is not None, Outcome.FITS, "as_stated"),
        (difference == 0, Outcome.CANNOT_TELL, "copied"),
        (not clean and here is None, Outcome.CANNOT_TELL, "no_zone"),
        (not clean, Outcome.DOES_NOT_FIT, "no_zone"),
        (here is None, Outcome.FITS, "some_zone"),
    )
    return next(
        ((outcome, case) for holds, outcome, case in cases if holds), (Outcome.DOES_NOT_FIT, "other_zone")
    )


def _days_off(told: Mapping[str, Any]) -> int:
    """Whole days between clock and GPS when the time of day is the place's own; 0 when it is not."""
    if told["here"] is None:
        return 0
    beside = told["difference_s"] - told["here"] * 60
    days = round(beside / DAY_S)
    return days if abs(beside - days * DAY_S) <= TOLERANCE_S else 0


def _stated_only(facts: Facts, moment: Moment, stated: int) -> Result:
    """Compare the offset the file states with the zone at the place: no satellite's time is needed."""
    where = _where(facts)
    instant = utc_interval(Moment(moment.earliest, moment.latest, stated)).earliest
    here = offset_at(where.zone or "", instant)
    told: dict[str, Any] = {"zone": where.zone, "here": here, "stated": stated, "quarter": stated}
    told["only_then"] = _only_then(where.zone, stated)
    inputs = facts.said("taken_local", "taken_offset")
    if here is None or here == stated:
        outcome = Outcome.CANNOT_TELL if here is None else Outcome.FITS
        return Result(outcome, {**told, "case": "stated_local"}, inputs=inputs, readership=where.readership)
    told |= {"case": "stated_other", "matches": _matches(stated, instant, where)}
    return Result(
        Outcome.DOES_NOT_FIT,
        told,
        magnitude=float(stated - here),
        unit="min",
        inputs=inputs,
        readership=where.readership,
    )


def _matches(minutes: int, instant: datetime, where: _Where) -> list[str]:
    """Return countries near the place whose clocks showed the offset; UTC itself is nobody's."""
    return list(neighbours_on(minutes, instant, where.place)) if minutes else []


def _where(facts: Facts) -> _Where:
    own = facts.reading.place
    if own is not None and not (own.latitude == 0 and own.longitude == 0):
        zone = zone_at(own.latitude, own.longitude)
        return _Where(own, None if zone is None or zone.startswith("Etc/") else zone, Readership.PUBLIC)
    zone = facts.place.zone
    if zone is not None and zone.startswith("Etc/"):
        zone = None
    place = facts.place.parts[0].place if facts.place.parts else None
    return _Where(place, zone, facts.settled_readership)


def _stated(facts: Facts) -> int | None:
    taken = facts.reading.taken
    return taken.offset_minutes if taken is not None and facts.reading.offset_basis == "stated" else None


def _only_then(zone: str | None, minutes: int) -> list[list[str | None]]:
    """Return when the zone kept this offset, if that was for a while only: it then dates the clock."""
    if zone is None:
        return []
    periods = periods_of(zone, minutes)
    if not 1 <= len(periods) <= MOST_PERIODS or any(period.last is None for period in periods):
        return []
    return [
        [period.first.isoformat() if period.first else None, period.last.isoformat() if period.last else None]
        for period in periods
    ]


CHECK: Final = Check(
    code="clock_gps",
    version=1,
    title="Camera clock against GPS time",
    rule="The clock minus GPS time (always UTC) is the time zone the camera was set to. It is compared with "
    "the zone the file states and with the zone at the place; what is left beyond whole quarters of an hour "
    "is the clock’s error.",
    help="Satellites give the exact time everywhere. A clock on another zone than the place’s tells where "
    "the camera was last set, which may be where its owner came from. It does not tell where the picture was "
    "taken.",
    innocent=(
        "the camera was left on home time on a journey, or on summer time",
        "the receiver kept the time of an earlier fix",
        "a drone takes its zone from the controller or telephone it is flown with",
        "an old receiver’s week counter began again (GPS week roll-over)",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=clock_gps_words.words,
)
