"""The grammar of dates: EDTF level 0 and level 1 (ISO 8601-2:2019; Library of Congress EDTF specification).

Three things are read beyond level 1, because cameras and people write them: a clock to the minute
(`2019-06-12T14:30`, ISO 8601-1), clocks at the ends of an interval, and `?`, `~`, `%` behind a season.
Years run from 0001 to 9999. Nothing here says which instants an expression covers; `edtf` does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal, cast

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
EXAMPLES = "write for example 2019-06-12, June 2019, about 1923, 1920s or between 1920 and 1930"
LONGEST = 100

Precision = Literal["century", "decade", "year", "season", "month", "day", "minute", "second"]
Doubt = Literal["", "?", "~", "%"]
Edge = Literal["..", ""]

_BY_BLANKS: tuple[Precision, ...] = ("year", "decade", "century")
_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<doubt>[?~%]?)"
)
_CLOCK = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


class EdtfError(ValueError):
    """A date nobody can read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date or clock. Parts finer than `precision` are 0; `year` of a decade or century is its first.

    `blank` counts the X digits' fields (`2004-XX-XX` has precision "year" and blank 2), `offset_minutes` is
    east of UTC.
    """

    precision: Precision
    year: int
    month: int = 0
    day: int = 0
    hour: int = 0
    minute: int = 0
    second: int = 0
    doubt: Doubt = ""
    blank: int = 0
    offset_minutes: int | None = None

    def __str__(self) -> str:
        return _date_text(self) + _clock_text(self) + self.doubt


@dataclass(frozen=True, slots=True)
class Between:
    """An interval, both ends included; `..` is an open end, an empty string an end nobody knows."""

    start: Point | Edge
    end: Point | Edge

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


Expression = Point | Between


def read(text: str) -> Expression:
    """Return what the EDTF expression says. Raises EdtfError on anything else."""
    if len(text) > LONGEST:
        raise EdtfError(f"a date has at most {LONGEST} characters: {EXAMPLES}")
    if "/" not in text:
        return _point(text)
    start_text, _, end_text = text.partition("/")
    between = Between(_end(start_text), _end(end_text))
    if not isinstance(between.start, Point) and not isinstance(between.end, Point):
        raise EdtfError("an interval open at both ends says nothing: leave the date empty")
    return between


def _end(text: str) -> Point | Edge:
    if text == "..":
        return ".."
    return _point(text) if text else ""


def _point(text: str) -> Point:
    if match := _CLOCK.fullmatch(text):
        return _clock(match, text)
    if match := _DATE.fullmatch(text):
        return _date(match, text)
    if re.fullmatch(r"-[0-9]{4}.*|Y-?[0-9]{4,}.*", text):
        raise EdtfError(f"{text}: only the years 0001 to 9999 can be kept; no photograph is older")
    raise EdtfError(f"“{text}” is not a date that can be read: {EXAMPLES}")


def _date(match: re.Match[str], text: str) -> Point:
    doubt = cast("Doubt", match["doubt"])
    year, blanks = _year(match["year"], text)
    month, day = match["month"], match["day"]
    if month is None:
        return Point(_BY_BLANKS[blanks], year, doubt=doubt)
    if blanks:
        raise EdtfError(f"{text}: write a year in full before a month")
    if month == "XX":
        if day not in {None, "XX"}:
            raise EdtfError(f"{text}: a day needs its month; write {match['year']}-XX for “some month”")
        return Point("year", year, doubt=doubt, blank=1 if day is None else 2)
    number = int(month)
    if number in SEASONS and day is None:
        return Point("season", year, number, doubt=doubt)
    if not 1 <= number <= 12:
        years = f"; write {match['year']}/{match['year'][:2]}{month} for a span of years"
        raise EdtfError(f"{text}: there is no month {month}{'' if day else years}")
    if day is None or day == "XX":
        return Point("month", year, number, doubt=doubt, blank=0 if day is None else 1)
    return Point("day", year, number, _day(year, number, int(day), text), doubt=doubt)


def _year(digits: str, text: str) -> tuple[int, int]:
    if digits == "0000":
        raise EdtfError(f"{text}: there is no year 0000; years run from 0001 to 9999")
    return int(digits.replace("X", "0")), digits.count("X")


def _day(year: int, month: int, day: int, text: str) -> int:
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise EdtfError(f"{text}: {MONTHS[month - 1]} {year} has {last} days")
    return day


def _clock(match: re.Match[str], text: str) -> Point:
    date_match = _DATE.fullmatch(match["date"])
    assert date_match is not None
    date = _date(date_match, text)
    if date.precision != "day":
        raise EdtfError(f"{text}: a clock needs a day; write for example 2019-06-12T14:30")
    hour, minute = int(match["hour"]), int(match["minute"])
    second = int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise EdtfError(f"{text}: clocks run from 00:00:00 to 23:59:59")
    return Point(
        "second" if match["second"] else "minute",
        date.year,
        date.month,
        date.day,
        hour,
        minute,
        second,
        offset_minutes=_offset(match["zone"], text),
    )


def _offset(zone: str | None, text: str) -> int | None:
    if zone is None or zone == "Z":
        return 0 if zone else None
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    signed = -minutes if zone[0] == "-" else minutes
    if int(digits[2:]) > 59 or not -12 * 60 <= signed <= 14 * 60:
        raise EdtfError(f"{text}: offsets from UTC run from -12:00 to +14:00")
    return signed


def _date_text(point: Point) -> str:
    year = f"{point.year:04}"
    if point.precision == "century":
        return year[:2] + "XX"
    if point.precision == "decade":
        return year[:3] + "X"
    if point.precision == "year":
        return year + "-XX" * point.blank
    if point.precision in {"month", "season"}:
        return f"{year}-{point.month:02}" + "-XX" * point.blank
    return f"{year}-{point.month:02}-{point.day:02}"


def _clock_text(point: Point) -> str:
    if point.precision not in {"minute", "second"}:
        return ""
    clock = f"T{point.hour:02}:{point.minute:02}"
    if point.precision == "second":
        clock += f":{point.second:02}"
    if point.offset_minutes is None:
        return clock
    if point.offset_minutes == 0:
        return clock + "Z"
    hours, minutes = divmod(abs(point.offset_minutes), 60)
    return f"{clock}{'-' if point.offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"
