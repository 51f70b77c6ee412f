"""What a measured shadow says, ready to print: the sentence, what it assumes, and the windows as bands.

A drawing has the days of a year across and the hours of the clock down, in units of its own: a day is one
wide, an hour `HOUR` high.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from archive.checks.models import Outcome
from archive.checks.shadow import Measurement, MeasurementError, ShadowAnswer, windows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.checks.shadow_windows import ShadowWindows, Window, YearWindows
    from archive.values.moment import Interval

HOUR: Final = 7
LEFT: Final = 38
TOP: Final = 6
WIDTH: Final = LEFT + 366 + 8
HEIGHT: Final = TOP + 24 * HOUR + 18
MOST_DRAWN: Final = 3
MOST_ROWS: Final = 60
_LOOKS = {Outcome.FITS: "ok", Outcome.DOES_NOT_FIT: "warning"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEY = "Filled windows overlap the date in question, outlined ones lie outside it."
NEVER_ONE_YEAR = (
    "The same shadow comes back: usually in two windows a year, in every year. "
    "It never tells one year by itself."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line and its label on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """`points` of a polygon; solid where it overlaps the date in question, else hatched."""

    points: str
    is_within: bool


@dataclass(frozen=True, slots=True)
class YearDrawing:
    """`due` is where in the year the date in question lies: left edge and width; None when all of it."""

    year: int
    words: str
    bands: tuple[Band, ...]
    due: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class WindowRow:
    year: int
    days: str
    clock: str
    within: str


@dataclass(frozen=True, slots=True)
class ShadowView:
    """`drawings` is empty where nothing could be told; `more` counts the rows that are not shown."""

    outcome: str
    look: str
    sentence: str
    assumptions: tuple[str, ...]
    clock: str
    note: str
    drawings: tuple[YearDrawing, ...]
    undrawn: str
    key: str
    rows: tuple[WindowRow, ...]
    more: int
    months: tuple[Mark, ...]
    hours: tuple[Mark, ...]
    view_box: str
    left: int
    top: int
    right: int
    bottom: int


def shadow_view(
    stored: Mapping[str, Any], *, aspect: float | None = None, interval: Interval | None
) -> ShadowView:
    """Tell a kept measurement; `interval` (UTC) is the date in question, None where none is settled."""
    try:
        return told(Measurement.from_json(dict(stored), aspect=aspect), interval)
    except MeasurementError as wrong:
        return unmeasured(str(wrong), Outcome.COULD_NOT_CHECK)


def told(measurement: Measurement, interval: Interval | None) -> ShadowView:
    answer = _answer(measurement, interval)
    found = answer.windows
    years = _drawn(found) if found else ()
    rows = _rows(found, interval) if found else []
    return _view(
        answer.outcome,
        answer.sentence,
        assumptions=answer.assumptions if found else (),
        clock=_clock(found) if found else "",
        drawings=tuple(_drawing(each, interval) for each in years),
        undrawn=_undrawn(found, len(years)) if found and years else "",
        rows=tuple(rows),
        dated=interval is not None,
    )


def unmeasured(sentence: str, outcome: Outcome = Outcome.CANNOT_TELL) -> ShadowView:
    """Say why there is no answer yet."""
    return _view(outcome, sentence)


@lru_cache(maxsize=128)
def _answer(measurement: Measurement, interval: Interval | None) -> ShadowAnswer:
    """Both are frozen: the same question has the same answer."""
    return windows(measurement, interval)


def _view(
    outcome: Outcome,
    sentence: str,
    *,
    assumptions: tuple[str, ...] = (),
    clock: str = "",
    drawings: tuple[YearDrawing, ...] = (),
    undrawn: str = "",
    rows: tuple[WindowRow, ...] = (),
    dated: bool = False,
) -> ShadowView:
    return ShadowView(
        outcome=str(outcome.label),
        look=_LOOKS.get(outcome, "neutral"),
        sentence=sentence,
        assumptions=assumptions,
        clock=clock,
        note=NEVER_ONE_YEAR if rows else "",
        drawings=drawings,
        undrawn=undrawn,
        key=_KEY if any(not band.is_within for year in drawings for band in year.bands) and dated else "",
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        months=tuple(
            Mark(_across(date(2025, number, 1).timetuple().tm_yday), name)
            for number, name in enumerate(_MONTHS, 1)
        ),
        hours=tuple(Mark(_down(60 * hour), f"{hour:02}:00") for hour in range(0, 25, 6)),
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        left=LEFT,
        top=TOP,
        right=LEFT + 366,
        bottom=TOP + 24 * HOUR,
    )


def _clock(found: ShadowWindows) -> str:
    return "UTC" if found.clock == "UTC" else f"the clock at the place ({found.clock})"


def _drawn(found: ShadowWindows) -> tuple[YearWindows, ...]:
    """All years when they are few; else the one with most windows within the date; none without windows."""
    if not any(each.windows for each in found.years):
        return ()
    if len(found.years) <= MOST_DRAWN:
        return found.years
    return (max(found.years, key=lambda each: sum(window.within for window in each.windows)),)


def _undrawn(found: ShadowWindows, drawn: int) -> str:
    rest = len(found.years) - drawn
    if not rest:
        return ""
    first, last = found.years[0].year, found.years[-1].year
    return (
        f"The other {rest} years from {first} to {last} have nearly the same windows; "
        "they are listed in the table."
    )


def _drawing(each: YearWindows, interval: Interval | None) -> YearDrawing:
    count = len(each.windows)
    return YearDrawing(
        year=each.year,
        words=f"{each.year}: {count or 'no'} window{'' if count == 1 else 's'}",
        bands=tuple(
            Band(_polygon(window), window.within and interval is not None) for window in each.windows
        ),
        due=_due(each.year, interval),
    )


def _due(year: int, interval: Interval | None) -> tuple[float, float] | None:
    """Days of the interval within the year, by UTC: a day more or less cannot be seen."""
    if interval is None:
        return None
    first, last = interval.earliest.date(), interval.latest.date()
    if first.year > year or last.year < year or (first <= date(year, 1, 1) and last >= date(year, 12, 31)):
        return None
    start = first.timetuple().tm_yday if first.year == year else 1
    end = last.timetuple().tm_yday if last.year == year else 366
    return _across(start), max(1.0, end - start + 1.0)


def _polygon(window: Window) -> str:
    """Earliest minutes from the first day to the last, latest minutes back; a lone day is a day wide."""
    upper = [(day, earliest) for day, earliest, _latest in window.bands]
    lower = [(day, latest) for day, _earliest, latest in window.bands]
    edge = [*upper, (upper[-1][0] + 1, upper[-1][1]), (lower[-1][0] + 1, lower[-1][1]), *reversed(lower)]
    return " ".join(f"{_across(day):g},{_down(minute):g}" for day, minute in edge)


def _across(day: float) -> float:
    return LEFT + day - 1


def _down(minute: float) -> float:
    return round(TOP + min(1440.0, max(0.0, minute)) / 60 * HOUR, 2)


def _rows(found: ShadowWindows, interval: Interval | None) -> list[WindowRow]:
    return [
        WindowRow(each.year, _days(window), _times(window), _within(window, interval))
        for each in found.years
        for window in sorted(each.windows, key=lambda one: (one.first, one.clock))
    ]


def _days(window: Window) -> str:
    first, last = (f"{day.day} {_MONTHS[day.month - 1]}" for day in (window.first, window.last))
    return first if first == last else f"{first} to {last}"


def _times(window: Window) -> str:
    start, end = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in window.clock)
    return f"between {start} and {end}"


def _within(window: Window, interval: Interval | None) -> str:
    if interval is None:
        return ""
    return "overlaps the date" if window.within else "outside the date"
