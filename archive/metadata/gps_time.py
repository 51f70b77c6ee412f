"""The instant a GPS receiver wrote down, and the offset it implies for the camera's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.metadata.clock_text import LAST_YEAR, UNSET, parse_clock, parse_offset
from archive.metadata.numbers import number
from archive.values.moment import EASTMOST_MINUTES, WESTMOST_MINUTES, shown_in_utc

if TYPE_CHECKING:
    from archive.metadata.notes import Notes
    from archive.metadata.witnesses import Witnesses
    from archive.values.moment import Moment

DATE_TAG, TIME_TAG = "GPS GPSDate", "GPS GPSTimeStamp"
FACT = "gps_time_utc"
GPS_BEGAN = datetime(1980, 1, 6, tzinfo=UTC)
WEEKS_BEFORE_ROLLOVER = 1024  # GPS interface specification IS-GPS-200: a ten-bit week number
QUARTER_MINUTES = 15
CLOCK_TOLERANCE_S = 60.0  # a camera clock within a minute of GPS tells its offset surely
LEAP_DAY_S = 86_401
_DATE = re.compile(r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)")


def gps_time(witnesses: Witnesses, moment: Moment | None) -> datetime | None:
    """Return the aware instant of EXIF, else of XMP, fractions of a second kept."""
    found = _from_exif(witnesses)
    for packet in witnesses.xmp:
        text = packet.first("exif:GPSTimeStamp")
        if text is not None:
            tag = packet.tag("exif:GPSTimeStamp")
            witnesses.notes.say(FACT, tag, text)
            parsed = parse_clock(text)
            if parsed is not None and found is None:
                east = timedelta(minutes=parse_offset(parsed[2] or "Z") or 0)
                found = _checked(shown_in_utc(parsed[0]) - east, text, tag, witnesses.notes)
    if found is not None and moment is not None:
        _look_for_rollover(found, moment, witnesses.notes)
    return found


def implied_offset(moment: Moment, instant: datetime) -> int | None:
    """Return minutes east of UTC when clock and GPS differ by a whole quarter hour, give or take a minute.

    No difference at all, to the second, implies nothing: software that writes GPS tags afterwards copies the
    clock there. A fix of long before, or a clock that is off, leaves a remainder and implies nothing either.
    """
    if moment.earliest != moment.latest:
        return None
    seconds = (shown_in_utc(moment.earliest) - instant.replace(microsecond=0)).total_seconds()
    if seconds == 0:
        return None
    minutes = round(seconds / 60 / QUARTER_MINUTES) * QUARTER_MINUTES
    if abs(seconds - 60 * minutes) > CLOCK_TOLERANCE_S or not WESTMOST_MINUTES <= minutes <= EASTMOST_MINUTES:
        return None
    return minutes


def _from_exif(witnesses: Witnesses) -> datetime | None:
    exif, notes = witnesses.exif, witnesses.notes
    for tag in (DATE_TAG, TIME_TAG):
        if tag in exif:
            notes.say(FACT, tag, exif.raw(tag))
    if DATE_TAG not in exif or TIME_TAG not in exif:
        return None
    text = exif.text(DATE_TAG) or ""
    day, seconds = _day(text), _seconds(exif.values(TIME_TAG))
    if day is not None and seconds is not None:
        return _checked(day + timedelta(seconds=seconds), text, DATE_TAG, notes)
    code = "gps_time_unset" if UNSET.match(text) else "gps_time_unreadable"
    notes.doubt(code, DATE_TAG, f"{text!r} with {exif.raw(TIME_TAG)} is no GPS date and time.", FACT)
    return None


def _day(text: str) -> datetime | None:
    match = _DATE.match(text)  # some writers put the clock behind the date
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC) if match else None
    except ValueError:
        return None


def _seconds(values: list[object]) -> float | None:
    """Add up hours, minutes and seconds, each of which may be fractional."""
    parts = [part for value in values if (part := number(value)) is not None]
    if len(parts) != 3 or len(values) != 3:
        return None
    total = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return total if 0 <= total < LEAP_DAY_S and parts[0] < 24 else None


def _checked(when: datetime, text: str, tag: str, notes: Notes) -> datetime | None:
    if when < GPS_BEGAN or when.year > LAST_YEAR:
        notes.doubt("gps_time_unset", tag, f"{text!r}: a receiver that had no time yet.", FACT)
        return None
    return when


def _look_for_rollover(instant: datetime, moment: Moment, notes: Notes) -> None:
    days = (shown_in_utc(moment.earliest) - instant).total_seconds() / 86_400
    period = 7 * WEEKS_BEFORE_ROLLOVER
    turns = round(days / period)
    if turns >= 1 and abs(days - turns * period) <= 1:
        notes.doubt(
            "gps_week_rollover",
            DATE_TAG,
            f"GPS time is {turns * period} days before the clock: the receiver's week counter rolled over.",
        )
