"""Dates, times and offsets as EXIF, XMP and IPTC spell them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from archive.values.moment import EASTMOST_MINUTES, SECOND, WESTMOST_MINUTES, Moment

FIRST_YEAR, LAST_YEAR = 1800, 2100  # before photography, or a clock that runs wild
UNSET = re.compile(r"[\s0:./TZ+-]*\Z")
_CLOCK = re.compile(
    r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?\s*\Z"
)
_PARTIAL = re.compile(r"\s*(\d{4})(?:[:-](\d\d)(?:[:-](\d\d))?)?\s*\Z")
_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d\d):?([0-5]\d))\s*\Z")


def parse_clock(text: str) -> tuple[datetime, str | None, str | None] | None:
    """Read "2020:06:01 11:04:05.123+08:00" or its ISO spelling into clock, sub-seconds and offset."""
    match = _CLOCK.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[number] or 0) for number in range(1, 7))
    try:
        return datetime(year, month, day, hour, minute, second), match[7], match[8]  # noqa: DTZ001 - civil
    except ValueError:
        return None


def parse_offset(text: str) -> int | None:
    """Return minutes east of UTC of "+08:00", "-0330" or "Z"; None for anything else or out of use."""
    match = _OFFSET.match(text)
    if match is None:
        return None
    minutes = 0 if match[1] else int(match[2] + "1") * (60 * int(match[3]) + int(match[4]))
    return minutes if WESTMOST_MINUTES <= minutes <= EASTMOST_MINUTES else None


def parse_partial(text: str) -> Moment | None:
    """Read an XMP date without a time (ISO 16684-1, 8.2.1.1): as wide as what it leaves open."""
    match = _PARTIAL.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime(year or 0, month or 1, day or 1)  # noqa: DTZ001 - civil
    except ValueError:
        return None
    if first.year > LAST_YEAR:
        return None
    if day:
        after = first + timedelta(days=1)
    elif month:
        after = (first + timedelta(days=31)).replace(day=1)
    else:
        after = (first + timedelta(days=366)).replace(month=1, day=1)
    return Moment(first, after - SECOND)
