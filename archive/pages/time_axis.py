"""The small picture of a date and its doubt: a bar for each who speaks, on one local axis.

Positions are shares of the axis in percent, so that the drawing needs neither a script nor a width.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.values.edtf_syntax import MONTHS
from archive.values.moment import from_local_seconds, local_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.values.moment import Moment

_MOST_TICKS = 4
_LEAST_SHARE = 0.9  # percent; a second on an axis of decades must still be seen
_HOUR, _DAY = 3600, 86_400
_STEPS = (60, 300, 900, _HOUR, 3 * _HOUR, 6 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY)
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 30_000)
_MONTH_SECONDS = 2_629_746


@dataclass(frozen=True, slots=True)
class Bar:
    """One speaker's interval; `certain` is drawn solid, anything wider than a day or in doubt hatched.

    `part` joins it to its line in the list, empty where there is one only.
    """

    label: str
    words: str
    x: str
    width: str
    certain: bool
    part: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """`limit` is where the picture surely existed: no photograph is younger than its first appearance."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    limit: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says which interval; `hatched` says that it is only one of several, or disputed."""

    label: str
    moment: Moment
    words: str
    part: str = ""
    hatched: bool = False


def draw(spoken: Sequence[Spoken], limit: datetime) -> TimeAxis | None:
    """Lay the intervals and the latest day possible (naive UTC) on one axis; None when nobody speaks."""
    if not spoken:
        return None
    edges = [_seconds(limit)]
    for one in spoken:
        edges += [_seconds(end) for end in (one.moment.earliest, one.moment.latest) if 1 < end.year < 9999]
    span = max(max(edges) - min(edges), _DAY)
    margin = span * 4 // 100
    low = max(min(edges) - margin, _seconds(datetime.min))  # noqa: DTZ901 - civil time
    high = min(max(edges) + margin, _seconds(datetime.max))  # noqa: DTZ901 - civil time

    def share(seconds: float) -> float:
        return min(100.0, max(0.0, 100 * (seconds - low) / (high - low)))

    bars = []
    for one in spoken:
        left, right = share(_seconds(one.moment.earliest)), share(_seconds(one.moment.latest))
        width = max(right - left, _LEAST_SHARE)
        certain = one.moment.latest - one.moment.earliest < timedelta(days=1) and not one.hatched
        place = _percent(min(left, 100 - width))
        bars.append(Bar(one.label, one.words, place, _percent(width), certain, one.part))
    ticks = tuple(_tick(share(_seconds(clock)), label) for clock, label in _ticks(low, high))
    return TimeAxis(tuple(bars), ticks, _percent(share(_seconds(limit))))


def _seconds(clock: datetime) -> int:
    return local_seconds(clock)


def _percent(share: float) -> str:
    return f"{share:.3f}%"


def _tick(share: float, label: str) -> Tick:
    anchor = "start" if share < 8 else "end" if share > 92 else "middle"
    return Tick(_percent(share), label, anchor)


def _ticks(low: int, high: int) -> Iterator[tuple[datetime, str]]:
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), None)
    if step is not None:
        for seconds in range(-(-low // step) * step, high + 1, step):
            clock = from_local_seconds(seconds)
            yield clock, f"{clock:%H:%M}" if step < _DAY and clock.hour + clock.minute else _short_day(clock)
        return
    wanted = (high - low) / _MONTH_SECONDS
    months = next((size for size in _MONTH_STEPS if wanted / size <= _MOST_TICKS), _MONTH_STEPS[-1])
    first = from_local_seconds(low)
    number = -(-(first.year * 12 + first.month) // months) * months
    while number // 12 <= 9999:
        clock = datetime(max(1, number // 12), number % 12 + 1, 1)  # noqa: DTZ001 - civil time
        if _seconds(clock) > high:
            return
        yield clock, str(clock.year) if months >= 12 else f"{MONTHS[clock.month - 1][:3]} {clock.year}"
        number += months


def _short_day(clock: datetime) -> str:
    return f"{clock.day} {MONTHS[clock.month - 1][:3]} {clock.year}"
