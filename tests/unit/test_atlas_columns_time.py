"""Histograms, orders and sparse columns over random arrays, against counting one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from archive.atlas.as_json import _sparse, _steps
from archive.atlas.calendar import DAY, FIRST_SECOND
from archive.atlas.columns.binning import axis_of, bins_of
from archive.atlas.columns.dating import Dates, months_of, together, years_of
from archive.atlas.columns.ranking import Best, Line, keys_at
from archive.atlas.columns.scanning import Block
from archive.atlas.columns.times import Window
from archive.atlas.order import STRETCHES
from archive.atlas.timeline import Dates as Counted
from archive.atlas.timeline import Span, _laid
from archive.values.selection import Sort, parse_selection
from tests.unit.atlas_columns_rows import random_rows, seconds


def dated(random, count=300):
    """Gathered dates of some rows, in blocks, and the same rows one by one."""
    rows = random_rows(random, count)
    dates, chosen = Dates(), []
    for at in range(0, count, 70):
        where = (
            slice(at, min(count, at + 70)) if random.random() < 0.5 else np.arange(at, min(count, at + 70))
        )
        block = Block(rows, where)
        mask = random.random(len(block)) < random.choice([0.5, 1.0])
        dates.add(block, mask, np.flatnonzero(mask))
        chosen += block.positions(mask).tolist()
    return rows, dates, chosen


def slots(rows, chosen, unit):
    return Counter(
        tuple(unit.slot(second) for second in seconds(rows, at)) for at in chosen if rows.first_day[at] >= 0
    )


@pytest.mark.parametrize("seed", range(16))
def test_bins_are_those_that_counting_one_by_one_lays(seed):
    random = np.random.default_rng(seed)
    rows, dates, chosen = dated(random)
    span = None
    if seed % 2:
        begin = int(random.integers(693_000, 733_000)) * DAY + FIRST_SECOND
        span = Span(begin, begin + int(random.choice([100, 10_000, 10**6, 10**7, 10**9])))
    axis = axis_of([dates], span)
    found = bins_of(axis, [dates], together([dates.stays()]), dates.undated)
    counts = slots(rows, chosen, axis.unit)
    shown = span or Span(FIRST_SECOND + axis.begin, FIRST_SECOND + axis.end)
    begin, end = axis.begin, axis.end
    if span:
        assert (begin, end) == (axis.unit.slot(shown.first), axis.unit.slot(shown.last))
    inside = [(first, last, n) for (first, last), n in counts.items() if last >= begin and first <= end]
    assert found.outside == counts.total() - sum(n for _, _, n in inside)
    assert found.spanning == sum(n for first, last, n in inside if first != last)
    for number in range(axis.length):
        here = begin + number
        assert found.certain[number] == counts[here, here]
        assert found.possible[number] == sum(n for a, b, n in inside if a != b and a <= here <= b)
    assert found.total == len(chosen)


@pytest.mark.parametrize("seed", range(8))
def test_range_and_years_are_those_of_the_sql_engine(seed):
    rows, dates, chosen = dated(np.random.default_rng(seed))
    days = Counter(
        (int(rows.first_day[at]), int(rows.last_day[at])) for at in chosen if rows.first_day[at] >= 0
    )
    counted = Counted.of_days(days)
    assert years_of(dates.stays()) == counted.years()
    least, greatest = dates.range()
    shown = counted.range()
    assert (least * DAY + FIRST_SECOND, greatest * DAY + FIRST_SECOND + DAY - 1) == (shown.first, shown.last)


def test_nobody_naming_a_date_leaves_no_bins():
    rows = random_rows(np.random.default_rng(1), 20)
    rows.first_day[:], rows.last_day[:] = 0, 3_652_058
    dates = Dates()
    dates.add(Block(rows, slice(0, 20)), np.ones(20, bool), None)
    assert axis_of([dates], None) is None
    bins = bins_of(None, [dates], dates.stays(), 0)
    assert (bins.starts, bins.spanning) == ((), 20)


@pytest.mark.parametrize("query", ["from=1899-05-03T10:00:00&to=1930", "from=1950", "to=1910-06-07T08:09:10"])
@pytest.mark.parametrize("seed", range(3))
def test_a_date_is_within_the_time_asked_for_by_its_seconds(query, seed):
    rows = random_rows(np.random.default_rng(seed), 300)
    selection = parse_selection(query)
    window = Window.of(selection)
    within, may = window.judged(Block(rows, slice(0, 300)))
    since = selection.first_second if selection.first_second is not None else -(10**12)
    until = selection.last_second if selection.last_second is not None else 10**12
    for at in range(300):
        first, last = seconds(rows, at)
        there = bool(rows.first_day[at] >= 0)
        assert within[at] == (there and since <= first and last <= until)
        assert may[at] == (there and last >= since and first <= until)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("seed", range(3))
def test_the_best_few_are_the_first_of_all_rows_sorted(sort, seed):
    random = np.random.default_rng(seed)
    rows = random_rows(random, 250)
    rows.first_day[100:160] = rows.first_day[100]
    rows.last_day[100:160] = rows.first_day[100]
    for stretch in STRETCHES[sort]:
        line = Line.of(stretch)
        standing = [at for at in range(250) if line.takes(bool(rows.first_day[at] >= 0))]
        ordered = sorted(standing, key=lambda at: keys_at(line, rows, at))
        cut = ordered[int(random.integers(0, len(ordered)))]
        at = ordered.index(cut)
        keys = keys_at(line, rows, cut)
        behind, before, first = (
            Best(line, 7, beyond=keys),
            Best(line, 3, before=keys, backwards=True),
            Best(line, 9),
        )
        for start in range(0, 250, 64):
            block = Block(rows, slice(start, min(250, start + 64)))
            for best in (behind, before, first):
                best.offer(block, np.ones(len(block), bool))
        assert [row.photo for row in behind.rows()] == [int(rows.photo[n]) for n in ordered[at + 1 : at + 8]]
        assert [row.photo for row in before.rows()] == [
            int(rows.photo[n]) for n in reversed(ordered[max(0, at - 3) : at])
        ]
        assert [line.ref(row) for row in first.rows()] == [rows.ref[n].decode() for n in ordered[:9]]
        assert all(line.keys_from(_cursor(line, row)) == row.keys for row in first.rows())


def _cursor(line, row):
    *numbers, ref = line.cursor(row).split(".")[1:]
    return *map(int, numbers), ref


def test_months_are_those_of_the_calendar_in_all_ages():
    days = np.array([0, 30, 31, 547_000, 547_500, 693_000, 803_000, 804_000, 3_652_058], np.int32)
    dates = days.astype(np.int64).astype("datetime64[D]") - np.timedelta64(719_162, "D")
    expected = dates.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    assert months_of(days).tolist() == expected.tolist()


def test_steps_and_sparse_columns_can_be_read_back():
    numbers = [5, 5, -3, 12]
    assert np.cumsum(_steps(numbers)).tolist() == numbers
    assert _steps([]) == []
    assert _sparse([None, 2.5, None, 0.0]) == {"at": [1, 2], "value": [2.5, 0.0]}
    assert _sparse([None, None]) == {}


def test_the_sql_engine_lays_the_same_bins_from_months():
    random = np.random.default_rng(9)
    rows, dates, chosen = dated(random)
    span = Span(-2 * 10**9, 10**9)
    axis = axis_of([dates], span)
    counts = [(*pair, n) for pair, n in slots(rows, chosen, axis.unit).items()]
    found = bins_of(axis, [dates], dates.stays(), dates.undated)
    assert found == _laid(axis.unit, span, counts, dates.undated)
