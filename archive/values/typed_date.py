"""Dates as people type them, rewritten as EDTF.

English month names, `about`, `possibly`, `before`, `after`, `between ... and ...`, decades, centuries,
seasons, and numeric dates that begin with the year. Never guessed: `03/04/2019` (which is the month?),
`1900s` (ten years or a hundred?), years of two digits. "Before 1950" ends with 1949; "until 1950" ends with
1950. The 20th century is read as 1900-1999, as people use the word.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from archive.values.edtf_syntax import EXAMPLES, MONTHS, SEASONS, EdtfError, Point, read

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": 9}
_SEASON_NUMBERS = {name: number for number, name in SEASONS.items()} | {"fall": 23}

_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_ABOUT = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.?|~)\s*(?=[0-9a-z])(.+)")
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe)\s+(.+)")
_BETWEEN = re.compile(
    r"between (.+?) and (.+)|from (.+?) (?:to|until|till) (.+)|(.+?) (?:to|until|till|-|–) (.+)"
)
_YEARS = re.compile(r"([0-9]{4})\s*[-–]\s*([0-9]{4})")
_OPEN = re.compile(
    r"(?P<word>before|earlier than|after|later than|since|until|till|up to|"
    r"not before|not after|no later than|no earlier than)\s+(?P<date>.+)"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.:])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_DAY_MONTH = re.compile(rf"([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[\s-]+({_MONTH})\.?[\s-]+([0-9]{{4}})")
_MONTH_DAY = re.compile(rf"({_MONTH})\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?\s+([0-9]{{4}})")
_MONTH_YEAR = re.compile(rf"({_MONTH})\.?[\s-]+(?:of )?([0-9]{{4}})")
_SEASON = re.compile(rf"({'|'.join(_SEASON_NUMBERS)})\s+(?:of )?([0-9]{{4}})")
_DECADE = re.compile(r"([0-9]{3}0)['’]?s")
_CENTURY = re.compile(r"([1-9][0-9]?)(?:st|nd|rd|th) century")
_CLOCK = re.compile(
    r"(?P<date>.+?)(?:t|\s+at\s+|\s+)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?P<second>[:.][0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?\s*(?P<zone>z|utc|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")


def to_edtf(text: str) -> str | None:
    """Return EDTF for a date as people type it, None for other text. Raises EdtfError when ambiguous."""
    plain = re.sub(r"\s+", " ", text.lower().replace(",", " ")).strip()
    if len(plain) > 100:
        return None
    if match := _YEARS.fullmatch(plain):
        return f"{match[1]}/{match[2]}"
    if match := _OPEN.fullmatch(plain):
        return _open(match["word"], _required(match["date"]))
    if match := _BETWEEN.fullmatch(plain):
        start, end = (part for part in match.groups() if part)
        return f"{_required(start)}/{_required(end)}"
    return _doubted(plain)


def _required(text: str) -> str:
    found = _doubted(text)
    if found is None:
        raise EdtfError(f"“{text}” is not a date that can be read: {EXAMPLES}")
    return found


def _doubted(plain: str) -> str | None:
    perhaps = about = False
    while True:
        if match := _PERHAPS.fullmatch(plain):
            perhaps, plain = True, match[1]
        elif match := _ABOUT.fullmatch(plain):
            about, plain = True, match[1]
        elif plain.endswith(("?", "(?)")) and len(plain) > 1:
            perhaps, plain = True, plain.removesuffix("(?)").removesuffix("?").rstrip()
        else:
            break
    found = _clocked(plain) or _date(plain)
    if found is None:
        return None
    if not perhaps and not about:
        return found
    if "T" in found:
        raise EdtfError(
            f"“{plain}”: a clock cannot be “about” or “possibly”; write the day alone or a span such as"
            " 2019-06-12T14:00/2019-06-12T15:00"
        )
    if found[-1] in "?~%":
        raise EdtfError(f"“{plain}” says twice how sure it is: {EXAMPLES}")
    return found + ("%" if perhaps and about else "~" if about else "?")


def _date(plain: str) -> str | None:
    plain = plain.removeprefix("the ").removeprefix("in ")
    upper = plain.upper()
    try:
        read(upper)
    except EdtfError:
        return _worded(plain)
    return upper if "/" not in upper else None


def _worded(plain: str) -> str | None:
    for pattern, write in _WORDED:
        if match := pattern.fullmatch(plain):
            return write(match)
    return None


def _decade(first: str) -> str:
    if first.endswith("00"):
        raise EdtfError(f"“{first}s” may be ten years or a hundred: write {first[:3]}X or {first[:2]}XX")
    return f"{first[:3]}X"


def _which_is_the_month(match: re.Match[str]) -> str:
    plain = match[0]
    one, two, year = int(match[1]), int(match[2]), match[3]
    if len(year) == 2:
        return f"“{plain}”: write the year with four digits and first, for example 2019-06-12"
    readings = [
        f"{year}-{month:02}-{day:02} for {day} {MONTHS[month - 1]}"
        for month, day in dict.fromkeys([(two, one), (one, two)])
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    if len(readings) > 1:
        return f"“{plain}” does not say which is the month: write {' or '.join(readings)}"
    return f"“{plain}”: write {(readings or ['the year first, then month and day'])[0]}"


def _refused(match: re.Match[str]) -> str:
    raise EdtfError(_which_is_the_month(match))


_WORDED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_YEAR_FIRST, lambda m: f"{m[1]}-{int(m[3]):02}" + (f"-{int(m[4]):02}" if m[4] else "")),
    (_DAY_MONTH, lambda m: f"{m[3]}-{_MONTH_NUMBERS[m[2]]:02}-{int(m[1]):02}"),
    (_MONTH_DAY, lambda m: f"{m[3]}-{_MONTH_NUMBERS[m[1]]:02}-{int(m[2]):02}"),
    (_MONTH_YEAR, lambda m: f"{m[2]}-{_MONTH_NUMBERS[m[1]]:02}"),
    (_SEASON, lambda m: f"{m[2]}-{_SEASON_NUMBERS[m[1]]}"),
    (_DECADE, lambda m: _decade(m[1])),
    (_CENTURY, lambda m: f"{int(m[1]) - 1:02}XX"),
    (_NUMBERS, _refused),
)


def _clocked(plain: str) -> str | None:
    match = _CLOCK.fullmatch(plain)
    if not match:
        return None
    date = _date(match["date"])
    if date is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise EdtfError(f"“{plain}”: with am or pm the hour runs from 1 to 12")
        hour = hour % 12 + (12 if half == "pm" else 0)
    second = match["second"]
    zone = (match["zone"] or "").upper().replace("UTC", "Z")
    return f"{date}T{hour:02}:{match['minute']}" + (f":{second[1:]}" if second else "") + zone


def _open(word: str, date: str) -> str:
    if word in {"since", "not before", "no earlier than"}:
        return f"{date}/.."
    if word in {"until", "till", "up to", "not after", "no later than"}:
        return f"../{date}"
    point = read(date)
    if not isinstance(point, Point) or point.doubt or point.blank:
        raise EdtfError(f"“{word} {date}”: write one plain date after “{word}”, for example {word} 1950")
    if word in {"before", "earlier than"}:
        return f"../{_neighbour(point, -1)}"
    return f"{_neighbour(point, 1)}/.."


def _neighbour(point: Point, step: int) -> str:
    """The date just before or after, as fine as the point; a clock and a season are named by their days."""
    year, month, day = point.year, point.month, point.day
    if point.precision in {"century", "decade", "year"}:
        length = {"century": 100, "decade": 10, "year": 1}[point.precision]
        year += length if step > 0 else -1
    elif point.precision == "month":
        year, month = _month_beside(year, month, step)
    elif point.precision == "day":
        day += step
        if not 1 <= day <= monthrange(year, month)[1]:
            year, month = _month_beside(year, month, step)
            day = 1 if step > 0 else monthrange(year, month)[1] if year >= 1 else 31
    else:
        raise EdtfError(f"“before” and “after” need a day, month or year: write a span such as ../{point}")
    if not 1 <= year <= 9999:
        raise EdtfError("only the years 0001 to 9999 can be kept")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _month_beside(year: int, month: int, step: int) -> tuple[int, int]:
    number = year * 12 + month - 1 + step
    return number // 12, number % 12 + 1
