"""Clocks, instants and spans in words; dates themselves are said by `archive.values.wording`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.values.edtf_syntax import MONTHS

_UNITS = (
    (31_556_952, "year"),  # mean Gregorian year and month, seconds
    (2_629_746, "month"),
    (86_400, "day"),
    (3600, "hour"),
    (60, "minute"),
)


def day(clock: datetime) -> str:
    return f"{clock.day} {MONTHS[clock.month - 1]} {clock.year}"


def minute(at: datetime) -> str:
    """Say an aware instant in UTC, to the minute."""
    there = at.astimezone(UTC)
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
    for size, name in _UNITS:
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return _count(round(seconds / size), name)
    return _count(seconds, "second")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
