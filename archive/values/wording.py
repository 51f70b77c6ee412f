"""How a date is printed for people: on cards, as headings, in sentences. English, day before month."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from archive.values.edtf import OPEN_END, OPEN_START, DateSpan, EdtfError, parse_expression
from archive.values.edtf_syntax import MONTHS, SEASONS, Between, Expression, Point, Precision
from archive.values.moment import Moment

NO_DATE = "No date"
_UNITS: tuple[Precision, ...] = ("second", "minute", "day", "month", "year", "decade", "century")


def describe(when: Moment | DateSpan | None, text: str = "") -> str:
    """Return the local date in words, as fine as it is known: "12 June 2019, 14:30", "about 1923".

    The EDTF `text` (for a DateSpan its own) decides the words where there is one, else the bounds do.
    """
    if when is None:
        return NO_DATE
    return _words(_expression(when, text))


def heading(when: Moment | DateSpan | None, text: str = "") -> str:
    """Return the words a list is grouped by: like `describe`, but no finer than the day."""
    if when is None:
        return NO_DATE
    expression = _expression(when, text)
    if isinstance(expression, Between):
        start, end = (
            _day_only(side) if isinstance(side, Point) else side
            for side in (expression.start, expression.end)
        )
        return _words(start if start == end and isinstance(start, Point) else Between(start, end))
    return _words(_day_only(expression))


def _expression(when: Moment | DateSpan, text: str) -> Expression:
    if isinstance(when, DateSpan):
        text, when = when.text, when.moment()
    if text:
        try:
            return parse_expression(text)
        except EdtfError:  # a spelling from before the rules were tightened must not break a page
            return _of_bounds(when.earliest, when.latest)
    return _of_bounds(when.earliest, when.latest)


def _of_bounds(earliest: datetime, latest: datetime) -> Expression:
    """Return the plainest expression with exactly these bounds."""
    if earliest == latest:
        return _point("second", earliest)
    for unit in _UNITS[1:]:
        if _opens(unit, earliest) and latest == _last_of(unit, earliest):
            return _point(unit, earliest)
    finest = _UNITS.index("year")
    if earliest != OPEN_START:
        finest = min(finest, max(rank for rank, unit in enumerate(_UNITS) if _opens(unit, earliest)))
    if latest != OPEN_END:
        finest = min(finest, max(rank for rank, unit in enumerate(_UNITS) if _closes(unit, latest)))
    return Between(
        ".." if earliest == OPEN_START else _point(_UNITS[finest], earliest),
        ".." if latest == OPEN_END else _point(_UNITS[finest], latest),
    )


def _point(unit: Precision, clock: datetime) -> Point:
    rank = _UNITS.index(unit)
    year = clock.year - clock.year % {"decade": 10, "century": 100}.get(unit, 1)
    return Point(
        unit,
        year,
        clock.month if rank <= 3 else 0,
        clock.day if rank <= 2 else 0,
        clock.hour if rank <= 1 else 0,
        clock.minute if rank <= 1 else 0,
        clock.second if rank <= 0 else 0,
    )


def _opens(unit: Precision, clock: datetime) -> bool:
    """Whether a whole unit begins at the clock."""
    rank = _UNITS.index(unit)
    return (
        (rank < 1 or clock.second == 0)
        and (rank < 2 or (clock.hour, clock.minute) == (0, 0))
        and (rank < 3 or clock.day == 1)
        and (rank < 4 or clock.month == 1)
        and (rank < 5 or clock.year % 10 == 0)
        and (rank < 6 or clock.year % 100 == 0)
    )


def _closes(unit: Precision, clock: datetime) -> bool:
    """Whether a whole unit ends with the clock's second."""
    return clock == _last_of(unit, clock)


def _last_of(unit: Precision, clock: datetime) -> datetime:
    """Last second of the unit that holds the clock."""
    rank = _UNITS.index(unit)
    year = clock.year
    if unit in {"decade", "century"}:
        length = 10 if unit == "decade" else 100
        year += length - 1 - year % length
    month = 12 if rank >= 4 else clock.month
    day = monthrange(year, month)[1] if rank >= 3 else clock.day
    hour, minute = (23, 59) if rank >= 2 else (clock.hour, clock.minute)
    return datetime(year, month, day, hour, minute, 59 if rank >= 1 else clock.second)  # noqa: DTZ001 - civil


def _day_only(point: Point) -> Point:
    if point.precision in {"minute", "second"}:
        return Point("day", point.year, point.month, point.day, doubt=point.doubt)
    return point


def _words(expression: Expression) -> str:
    if isinstance(expression, Point):
        return _whole(expression)
    start, end = expression.start, expression.end
    if isinstance(start, Point) and isinstance(end, Point):
        return f"between {_doubted(start)} and {_doubted(end)}"
    if isinstance(start, Point):
        return f"{_doubted(start)} or later"
    return f"{_doubted(end)} or earlier" if isinstance(end, Point) else NO_DATE


def _whole(point: Point) -> str:
    if point.precision == "year" and not point.doubt:
        return f"{_name(point)}, some time in the year"
    return _doubted(point)


def _doubted(point: Point) -> str:
    words = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}[point.doubt]
    return words + _name(point)


def _name(point: Point) -> str:
    year = str(point.year)
    if point.precision == "century":
        return f"{year} to {point.year + 99}"
    if point.precision == "decade":
        return f"{year}s" if point.year % 100 else f"{year} to {point.year + 9}"
    if point.precision == "year":
        return year
    if point.precision == "season":
        return _season(point)
    day = f"{point.day} " if point.day else ""
    date = f"{day}{MONTHS[point.month - 1]} {year}"
    if point.precision not in {"minute", "second"}:
        return date
    second = f":{point.second:02}" if point.precision == "second" else ""
    return f"{date}, {point.hour:02}:{point.minute:02}{second}"


def _season(point: Point) -> str:
    """Name the months too: which months a season means is this archive's reading, not the writer's."""
    first = 2 + (point.month - 21) * 3
    until = f" {point.year + 1}" if point.month == 24 else ""
    name = f"{SEASONS[point.month]} {point.year}"
    return f"{name} ({MONTHS[first]} to {MONTHS[(first + 2) % 12]}{until})"


def distance(metres: float) -> str:
    """Return a length as exactly as a reader can use it: 8 m, 120 m, 1.2 km, 550 km."""
    if metres < 1000:
        return f"{metres:.0f} m" if metres < 100 else f"{round(metres, -1):.0f} m"
    kilometres = metres / 1000
    return f"{kilometres:.1f} km".replace(".0 km", " km") if kilometres < 10 else f"{kilometres:,.0f} km"
