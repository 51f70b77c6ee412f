"""Dates, clocks and their doubt in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.values.moment import Moment

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SECOND = timedelta(seconds=1)
_OPEN_BEFORE, _OPEN_AFTER = 1, 9999  # years at which an open interval is stored


def spoken(moment: Moment, edtf: str = "") -> str:
    """Say a local date as a person would; `edtf` adds "about" and "perhaps" where it is so qualified."""
    words = _span(moment)
    if "%" in edtf:
        return f"perhaps about {words}"
    if "~" in edtf:
        return f"about {words}"
    return f"perhaps {words}" if "?" in edtf else words


def _span(moment: Moment) -> str:
    first, last = moment.earliest, moment.latest
    if first == last:
        return f"{day(first)}, {first:%H:%M:%S}"
    if first.year <= _OPEN_BEFORE and last.year >= _OPEN_AFTER:
        return "any time"
    if first.year <= _OPEN_BEFORE:
        return f"until {_edge(last, end=True)}"
    if last.year >= _OPEN_AFTER:
        return f"from {_edge(first)} on"
    return _calendar_unit(first, last) or f"between {_edge(first)} and {_edge(last, end=True)}"


def _calendar_unit(first: datetime, last: datetime) -> str:
    after = last + _SECOND
    if after - first == timedelta(minutes=1) and first.second == 0:
        return f"{day(first)}, {first:%H:%M}"
    whole_days = _is_midnight(first) and _is_midnight(after)
    if whole_days and after - first == timedelta(days=1):
        return day(first)
    return _calendar_months(first, last, after) if whole_days and first.day == after.day == 1 else ""


def _calendar_months(first: datetime, last: datetime, after: datetime) -> str:
    months = (after.year - first.year) * 12 + after.month - first.month
    if months == 1:
        return f"{MONTHS[first.month - 1]} {first.year}"
    for years, words in ((1, "{0}"), (10, "the {0}s"), (100, "the years {0} to {1}")):
        if months == 12 * years and first.month == 1 and first.year % years == 0:
            return words.format(first.year, last.year)
    return ""


def _is_midnight(clock: datetime) -> bool:
    return clock.hour == clock.minute == clock.second == 0


def _edge(clock: datetime, *, end: bool = False) -> str:
    """One end of a span, no finer than it is."""
    start = clock + _SECOND if end and clock.year < _OPEN_AFTER else clock
    if not _is_midnight(start):
        return f"{day(clock)}, {clock:%H:%M:%S}"
    if start.day != 1:
        return day(clock)
    return str(clock.year) if start.month == 1 else f"{MONTHS[clock.month - 1]} {clock.year}"


def day(clock: datetime) -> str:
    return f"{clock.day} {MONTHS[clock.month - 1]} {clock.year}"


def minute(instant: datetime) -> str:
    """Say an aware instant in UTC, to the minute."""
    there = instant.astimezone(UTC)
    return f"{day(there)}, {there:%H:%M} UTC"


def instant(at: datetime) -> str:
    """Say an aware instant in UTC, to the second, in a form that sorts."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def offset(minutes: int) -> str:
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def duration(span: timedelta) -> str:
    """Say how wide a doubt is, in the largest unit that reads well."""
    seconds = round(span.total_seconds())
    for size, name in (
        (31_556_952, "year"),
        (2_629_746, "month"),
        (86_400, "day"),
        (3600, "hour"),
        (60, "minute"),
    ):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return _count(round(seconds / size), name)
    return _count(seconds, "second")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
