"""Dates with their doubt: what somebody wrote, and the first and last civil second it may mean.

EDTF fixes how a date is written, not which instants it covers, and implementations differ; these are ours:

| written | covers |
|---|---|
| `1923`, `1923-06`, `1923-06-12` | the whole year, month, day |
| `2019-06-12T14:30`, `...:05` | that minute, that second |
| `192X`, `19XX` | 1920 to 1929, 1900 to 1999: every value of the missing digits |
| `2004-XX`, `2004-XX-XX`, `2004-06-XX` | the whole year, the whole month |
| `2019-21` .. `2019-24` | March-May, June-August, September-November, December 2019-February 2020: |
| | the northern meteorological seasons, winter in the year it begins (EDTF leaves this open) |
| `?` uncertain | the same span, flagged: a doubted source gives no width |
| `~` approximate, `%` both | wider on both sides: a day by 3 days, a month by a month, a season by |
| | 3 months, a year by 5 years, a decade by 5 years, a century by 25 years |
| `A/B` | from the first second of A to the last of B, each widened by its own `~` |
| `../B`, `/B`, `A/..`, `A/` | no earliest, no latest second: None |

The ends are cut at the years 1 and 9999.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.values.edtf_syntax import Between, EdtfError, Expression, Point, Precision, read
from archive.values.moment import SECOND, Moment
from archive.values.typed_date import to_edtf

__all__ = ["OPEN_END", "OPEN_START", "DateSpan", "EdtfError", "parse_edtf"]

OPEN_START = datetime(1, 1, 1)  # noqa: DTZ001 - civil time, no zone is meant
OPEN_END = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - civil time, no zone is meant
"""What an open end becomes where a bound is needed."""

_ABOUT_DAYS = 3
_ABOUT_MONTHS: dict[Precision, int] = {"month": 1, "season": 3, "year": 60, "decade": 60, "century": 300}
_LENGTH_MONTHS: dict[Precision, int] = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """First and last civil second, both included, None where open; `text` is canonical EDTF.

    `offset_minutes` east of UTC belongs to a clock that states it.
    """

    earliest: datetime | None
    latest: datetime | None
    approximate: bool
    uncertain: bool
    text: str
    offset_minutes: int | None = None

    def moment(self) -> Moment:
        """Return the same span with open ends put at the first and last second there is."""
        return Moment(self.earliest or OPEN_START, self.latest or OPEN_END, self.offset_minutes)


def parse_edtf(text: str) -> DateSpan:
    """Read EDTF level 0 or 1, or a date as people type it (see `typed_date`). Raises EdtfError."""
    return span_of(parse_expression(text))


def parse_expression(text: str) -> Expression:
    """Return the expression behind the text, before any bounds. Raises EdtfError."""
    stripped = text.strip()
    if not stripped:
        raise EdtfError("the date is empty: write for example 2019-06-12 or about 1923")
    try:
        return read(stripped)
    except EdtfError as complaint:
        rewritten = to_edtf(stripped)
        if rewritten is None:
            raise complaint from None
        return read(rewritten)


def span_of(expression: Expression) -> DateSpan:
    """Bound the expression by the table above. Raises EdtfError when it ends before it begins."""
    if isinstance(expression, Between):
        earliest, latest, points = _interval(expression)
    else:
        points = [expression]
        (earliest, latest) = _bounds(expression)
    doubts = "".join(point.doubt for point in points)
    return DateSpan(
        earliest=earliest,
        latest=latest,
        approximate="~" in doubts or "%" in doubts,
        uncertain="?" in doubts or "%" in doubts,
        text=str(expression),
        offset_minutes=points[0].offset_minutes,
    )


def _interval(between: Between) -> tuple[datetime | None, datetime | None, list[Point]]:
    start, end = between.start, between.end
    points = [point for point in (start, end) if isinstance(point, Point)]
    earliest = _bounds(start)[0] if isinstance(start, Point) else None
    latest = _bounds(end)[1] if isinstance(end, Point) else None
    if earliest is not None and latest is not None and earliest > latest:
        raise EdtfError(f"{between} ends before it begins: write the earlier date first")
    if len({point.offset_minutes for point in points}) > 1:
        raise EdtfError(f"{between}: write both clocks with the same offset from UTC")
    return earliest, latest, points


def _bounds(point: Point) -> tuple[datetime, datetime]:
    about = point.doubt in {"~", "%"}
    if point.precision in _LENGTH_MONTHS:
        month = _first_month(point)
        widen = _ABOUT_MONTHS[point.precision] if about else 0
        return (
            _month_start(month - widen),
            _month_end(month + _LENGTH_MONTHS[point.precision] - 1 + widen),
        )
    first = datetime(point.year, point.month, point.day, point.hour, point.minute, point.second)  # noqa: DTZ001 - civil
    if point.precision == "second":
        return first, first
    if point.precision == "minute":
        return first, first + timedelta(seconds=59)
    last = first + timedelta(days=1) - SECOND if first.date() < OPEN_END.date() else OPEN_END
    days = timedelta(days=_ABOUT_DAYS if about else 0)
    return _shifted(first, -days), _shifted(last, days)


def _first_month(point: Point) -> int:
    """Months since January of the year 0."""
    if point.precision == "season":
        return point.year * 12 + 2 + (point.month - 21) * 3
    return point.year * 12 + max(point.month, 1) - 1


def _month_start(month: int) -> datetime:
    year, index = divmod(month, 12)
    return OPEN_START if year < 1 else datetime(year, index + 1, 1)  # noqa: DTZ001 - civil


def _month_end(month: int) -> datetime:
    year, index = divmod(month, 12)
    if year > 9999:
        return OPEN_END
    return datetime(year, index + 1, monthrange(year, index + 1)[1], 23, 59, 59)  # noqa: DTZ001 - civil


def _shifted(clock: datetime, by: timedelta) -> datetime:
    try:
        return clock + by
    except OverflowError:
        return OPEN_START if by < timedelta() else OPEN_END
