"""Bins of the civil calendar: whole numbers for seconds, minutes ... centuries, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from archive.values.edtf import OPEN_END, OPEN_START
from archive.values.moment import from_local_seconds, local_seconds

MOST_BINS = 160
FIRST_SECOND = local_seconds(OPEN_START)
LAST_SECOND = local_seconds(OPEN_END)
HOUR = 3600
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Unit:
    """`slot` numbers the unit that holds a civil second; `start` gives a slot's first second.

    `seconds` is the length of the units that are all alike, 0 for those of the calendar.
    """

    name: str
    seconds: int
    slot: Callable[[int], int]
    start: Callable[[int], datetime]


def _even(name: str, seconds: int) -> Unit:
    return Unit(
        name,
        seconds,
        lambda second: (second - FIRST_SECOND) // seconds,
        lambda slot: from_local_seconds(FIRST_SECOND + slot * seconds),
    )


def _years(name: str, length: int) -> Unit:
    return Unit(
        name,
        0,
        lambda second: _date(second).year // length,
        lambda slot: datetime(max(1, slot * length), 1, 1),  # noqa: DTZ001 - civil time, no zone is meant
    )


def _date(second: int) -> date:
    return date.fromordinal(1 + (second - FIRST_SECOND) // DAY)


UNITS = (
    _even("second", 1),
    _even("minute", 60),
    _even("hour", HOUR),
    _even("day", DAY),
    Unit(
        "month",
        0,
        lambda second: month_of_day((second - FIRST_SECOND) // DAY),
        lambda slot: datetime(slot // 12, slot % 12 + 1, 1),  # noqa: DTZ001 - civil
    ),
    _years("year", 1),
    _years("decade", 10),
    _years("century", 100),
)
"""Finest first."""

MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "century": 1200}


def month_of_day(day: int) -> int:
    """Return the month, numbered by the unit "month", of a day numbered by the unit "day"."""
    found = date.fromordinal(1 + day)
    return found.year * 12 + found.month - 1


def unit_for(first: int, last: int) -> Unit:
    """Return the finest unit that shows a span of civil seconds in at most MOST_BINS bins."""
    return next(unit for unit in UNITS if unit.slot(last) - unit.slot(first) < MOST_BINS)


def day_start(day: int) -> int:
    """First civil second of a day numbered by the unit "day"."""
    return FIRST_SECOND + day * DAY


def day_end(day: int) -> int:
    return day_start(day) + DAY - 1
