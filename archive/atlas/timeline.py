"""The histogram: how many photos lie within each bin, how many may, and how many span several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, ExpressionWrapper, F, Field, Max, Min, When

from archive.atlas.answers import Bins
from archive.atlas.calendar import (
    DAY,
    FIRST_SECOND,
    HOUR,
    LAST_SECOND,
    MONTHS_IN,
    MOST_BINS,
    UNITS,
    Unit,
    day_end,
    day_start,
    month_of_day,
    unit_for,
)
from archive.atlas.question import Question, Rows
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import local_seconds
from archive.values.selection import SelectionError

_LAST_DAY = (LAST_SECOND - FIRST_SECOND) // DAY


@dataclass(frozen=True, slots=True)
class Span:
    """Civil seconds, both included: the stretch of time the timeline shows."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dates:
    """Photos counted by first and last day, and by first and last month; numbered as the units are."""

    days: Counter[tuple[int, int]]
    months: Counter[tuple[int, int]]

    @classmethod
    def of_days(cls, days: Counter[tuple[int, int]]) -> Dates:
        month = {day: month_of_day(day) for day in {day for pair in days for day in pair}}
        months: Counter[tuple[int, int]] = Counter()
        for (first, last), n in days.items():
            months[month[first], month[last]] += n
        return cls(days, months)

    def years(self) -> Counter[int]:
        """Photos that lie within one year."""
        found: Counter[int] = Counter()
        for (first, last), n in self.months.items():
            if first // 12 == last // 12:
                found[first // 12] += n
        return found

    def range(self) -> Span | None:
        """From the earliest to the latest day anybody names; open ends do not count as named."""
        named = [
            (last if first == 0 else first, first if last == _LAST_DAY else last)
            for first, last in self.days
            if (first, last) != (0, _LAST_DAY)
        ]
        if not named:
            return None
        return Span(day_start(min(first for first, _ in named)), day_end(max(last for _, last in named)))


def span_from(text: str) -> Span | None:
    """Read `lo,hi`, each a date or local clock; empty means the whole. Raises SelectionError."""
    if not text:
        return None
    texts = text.split(",")
    try:
        first, last = (parse_edtf(part) for part in texts)
    except (EdtfError, ValueError) as error:
        raise SelectionError(f"span={text}: write two dates, for example span=1920,1930-06-12") from error
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        raise SelectionError(f"span={text}: write the earlier date first, both with an end")
    return Span(local_seconds(first.earliest), local_seconds(last.latest))


def edges_of(bins: Bins) -> list[int]:
    """Return the first civil second of each bin, and the one behind the last bin."""
    unit = next(unit for unit in UNITS if unit.name == bins.unit)
    starts = [local_seconds(start) for start in bins.starts]
    try:
        return [*starts, local_seconds(unit.start(unit.slot(starts[-1]) + 1))]
    except (ValueError, OverflowError):  # the calendar ends with the year 9999
        return [*starts, LAST_SECOND + 1]


def dates_of(question: Question) -> Dates:
    """Count the dated photos of the Selection without its from and to, in one query."""
    return Dates.of_days(_counted(_dated(question), DAY))


def bins_of(question: Question, dates: Dates, undated: int, span: Span | None) -> Bins:
    """Lay the photos into bins over `span`, or over all dates; the span grows to whole bins."""
    shown = span or dates.range()
    if shown is None:
        return Bins(undated=undated, spanning=sum(dates.days.values()))
    unit = unit_for(shown.first, shown.last)
    if not span and shown.last - shown.first < (MOST_BINS + 48) * HOUR:
        shown = _exact(question) or shown
        unit = unit_for(shown.first, shown.last)
    if unit.name in MONTHS_IN:
        length = MONTHS_IN[unit.name]
        counts = ((first // length, last // length, n) for (first, last), n in dates.months.items())
    else:
        counted = dates.days if unit.seconds == DAY else _counted(_dated(question), unit.seconds)
        counts = ((first, last, n) for (first, last), n in counted.items())
    return _laid(unit, shown, counts, undated)


def _laid(unit: Unit, shown: Span, counts: Iterable[tuple[int, int, int]], undated: int) -> Bins:
    begin, end = unit.slot(shown.first), unit.slot(shown.last)
    length = end - begin + 1
    certain, steps = [0] * length, [0] * (length + 1)
    spanning = outside = 0
    for first, last, n in counts:
        if last < begin or first > end:
            outside += n
        elif first == last:
            certain[first - begin] += n
        else:
            spanning += n
            steps[max(first, begin) - begin] += n
            steps[min(last, end) - begin + 1] -= n
    possible, running = [], 0
    for step in steps[:-1]:
        running += step
        possible.append(running)
    return Bins(
        unit=unit.name,
        starts=tuple(unit.start(slot) for slot in range(begin, end + 1)),
        certain=tuple(certain),
        possible=tuple(possible),
        spanning=spanning,
        undated=undated,
        outside=outside,
    )


def _dated(question: Question) -> Rows:
    photos = question.photos(question.selection.sure, time=False)
    return photos.filter(earliest__isnull=False)


def _counted(photos: Rows, seconds: int) -> Counter[tuple[int, int]]:
    """Group by whole units since the year 1, so that the division never meets a negative number.

    A bare Field hands numbers over as the database gives them: there may be tens of thousands.
    """
    first, last = (
        ExpressionWrapper((F(name) - FIRST_SECOND) / seconds, output_field=Field())
        for name in ("earliest", "latest")
    )
    grouped = photos.annotate(first_unit=first, last_unit=last).values_list("first_unit", "last_unit")
    found: Counter[tuple[int, int]] = Counter()
    for begin, end, n in grouped.annotate(n=Count("pk")).order_by():
        found[begin, end] = n
    return found


def _exact(question: Question) -> Span | None:
    """The range to the second, open ends left out; asked for only where all dates lie within days."""
    named = _dated(question).exclude(earliest=FIRST_SECOND, latest=LAST_SECOND)
    found = named.aggregate(
        first=Min(Case(When(earliest=FIRST_SECOND, then=F("latest")), default=F("earliest"))),
        last=Max(Case(When(latest=LAST_SECOND, then=F("earliest")), default=F("latest"))),
    )
    return None if found["first"] is None else Span(found["first"], found["last"])
