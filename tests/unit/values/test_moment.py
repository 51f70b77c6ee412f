from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.moment import EPOCH, Interval, Moment, from_local_seconds, local_seconds, utc_interval

clocks = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)).map(
    lambda t: t.replace(microsecond=0)
)
NOON = datetime(2019, 6, 12, 12)


def test_a_clock_without_a_zone_is_twenty_six_hours_wide():
    interval = utc_interval(Moment.at(NOON))
    assert interval.width == timedelta(hours=26)
    assert interval.earliest == datetime(2019, 6, 11, 22, tzinfo=UTC)
    assert interval.latest == datetime(2019, 6, 13, 0, tzinfo=UTC)


def test_a_stated_offset_is_exact_whatever_the_zone():
    assert utc_interval(Moment.at(NOON, 480), "America/Lima") == Interval(
        datetime(2019, 6, 12, 4, tzinfo=UTC), datetime(2019, 6, 12, 4, tzinfo=UTC)
    )


def test_the_zone_of_the_place_narrows_the_clock():
    interval = utc_interval(Moment.at(datetime(2020, 6, 1, 7)), "Asia/Pyongyang")
    assert interval.earliest == interval.latest == datetime(2020, 5, 31, 22, tzinfo=UTC)


def test_zones_at_sea_are_no_civil_time():
    assert utc_interval(Moment.at(NOON), "Etc/GMT-9").width == timedelta(hours=26)


def test_an_hour_that_came_twice_keeps_both_readings():
    interval = utc_interval(Moment.at(datetime(2019, 10, 27, 2, 30)), "Europe/Berlin")
    assert interval.width == timedelta(hours=1)


def test_an_hour_that_never_was_keeps_both_guesses():
    interval = utc_interval(Moment.at(datetime(2019, 3, 31, 2, 30)), "Europe/Berlin")
    assert interval.width == timedelta(hours=1)


def test_an_unknown_zone_is_an_error_not_a_guess():
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        utc_interval(Moment.at(NOON), "Atlantis/Capital")


@given(clocks, st.sampled_from([None, "Asia/Pyongyang", "Europe/Berlin"]))
def test_the_ends_of_the_calendar_have_an_interval_too(clock, zone):
    interval = utc_interval(Moment.at(clock), zone)
    assert interval.earliest <= interval.latest


@given(clocks)
def test_local_seconds_count_from_1970_and_back(clock):
    assert from_local_seconds(local_seconds(clock)) == clock
    assert local_seconds(EPOCH) == 0


def test_a_clock_showed_a_whole_second():
    assert Moment.at(NOON.replace(microsecond=999_999)) == Moment(NOON, NOON)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: Moment(NOON, NOON - timedelta(seconds=1)), "is after"),
        (lambda: Moment(NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=UTC)), "no zone"),
        (lambda: Moment(NOON, NOON, 15 * 60), "not in use"),
        (lambda: Interval(NOON, NOON), "needs a zone"),
        (lambda: Interval(NOON.replace(tzinfo=UTC), datetime(2019, 6, 12, tzinfo=UTC)), "is after"),
    ],
)
def test_nonsense_is_refused_when_made(made, message):
    with pytest.raises(ValueError, match=message):
        made()
