from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from astral import Observer
from astral.sun import azimuth, elevation
from hypothesis import given
from hypothesis import strategies as st

from archive.checks.models import Outcome
from archive.checks.shadow import CHECK, Measurement, MeasurementError, View, windows
from archive.checks.shadow_geometry import sunlight
from archive.checks.shadow_words import words
from archive.checks.sun_position import days_since_j2000, sun_at
from archive.values.moment import Interval
from archive.values.place import Place
from tests.unit.checks.shadows import SINUIJU, seen


def within(start: str, end: str) -> Interval:
    return Interval(
        datetime.fromisoformat(start + "T00:00:00+00:00"), datetime.fromisoformat(end + "T23:59:59+00:00")
    )


def span_holds(span, azimuth_deg: float) -> bool:
    return (azimuth_deg - span.low) % 360 <= span.high - span.low


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)), st.floats(-75, 75), st.floats(-180, 180))
def test_the_sun_stands_where_astral_puts_it_within_a_tenth_of_a_degree(naive, latitude, longitude):
    instant = naive.replace(tzinfo=UTC)
    observer = Observer(latitude, longitude)
    height, direction = sun_at(np.array([days_since_j2000(instant)]), latitude, longitude)
    expected = elevation(observer, instant)
    if expected > 1:  # below, models of the air differ by more than shadows can tell
        assert height[0] == pytest.approx(expected, abs=0.1)
    turn = (direction[0] - azimuth(observer, instant) + 180) % 360 - 180
    assert abs(turn * np.cos(np.radians(expected))) < 0.1


@given(st.floats(15, 70), st.floats(0, 360), st.floats(0, 360), st.sampled_from([20.0, 35.0, 50.0]))
def test_a_pole_photographed_under_a_known_sun_gives_that_sun_back(height, side, looks, pitch):
    try:
        measurement = seen(height=height, azimuth=side, looks=looks, pitch=pitch)
    except MeasurementError:
        return  # the tip of the shadow lies outside the picture
    light = sunlight(measurement)
    assert light is not None
    assert light.height.low <= height <= light.height.high
    assert light.azimuth is not None
    assert span_holds(light.azimuth, side)


def test_a_tilt_nobody_stated_widens_the_answer_and_still_holds_the_truth():
    known = seen(height=35, azimuth=150)
    unknown = dataclasses.replace(known, pitch_deg=None, fov_deg=None)
    narrow, wide = sunlight(known), sunlight(unknown)
    assert wide.height.high - wide.height.low > 2 * (narrow.height.high - narrow.height.low)
    assert wide.height.low <= 35 <= wide.height.high


def test_a_wide_place_widens_the_height_by_its_own_angle():
    point = sunlight(seen(height=35, azimuth=150, place=Place(40.1, 124.4, None)))
    county = sunlight(seen(height=35, azimuth=150, place=Place(40.1, 124.4, 111_200.0)))
    assert county.height.high - point.height.high == pytest.approx(1.0, abs=0.01)


def test_with_north_there_are_two_windows_in_every_year_of_the_interval():
    answer = windows(seen(height=35, azimuth=155), within("2016-01-01", "2018-12-31"))
    assert answer.outcome is Outcome.FITS
    assert [each.year for each in answer.windows.years] == [2015 + n for n in (1, 2, 3, 4)]
    for each in answer.windows.years[:3]:
        assert len(each.windows) == 2
        spring, autumn = sorted(each.windows, key=lambda window: window.first)
        assert spring.first.month in (1, 2)
        assert autumn.last.month in (11, 12)


def test_every_moment_at_which_the_sun_stood_so_lies_in_a_window_and_no_other():
    measurement = seen(height=35, azimuth=155)
    light = sunlight(measurement)
    answer = windows(measurement, within("2019-01-02", "2019-12-30"))
    bands = {}
    for window in answer.windows.years[0].windows:
        for day, first, last in window.bands:
            bands.setdefault(day, []).append((first, last))
    clock = timedelta(hours=9)
    for day in sorted(bands):
        midnight = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(days=day - 1) - clock
        minutes = np.arange(0, 1440)
        height, side = sun_at(
            days_since_j2000(midnight) + minutes / 1440, SINUIJU.latitude, SINUIJU.longitude
        )
        fits = (height >= light.height.low) & (height <= light.height.high)
        fits &= (side - light.azimuth.low) % 360 <= light.azimuth.high - light.azimuth.low
        told = np.zeros(1440, dtype=bool)
        for first, last in bands[day]:
            told[first : last + 1] = True
        assert not (told & ~fits)[::3].any() or (told & ~fits).sum() <= 2
        assert (fits & ~told).sum() <= 10  # the grid's step at either end


def test_the_clock_of_the_windows_is_the_clock_of_the_place_in_that_year():
    """North Korea's clocks stood at UTC+8:30 from 15 August 2015 to 4 May 2018."""
    answer = windows(seen(height=35, azimuth=155), within("2015-01-01", "2015-12-31"))
    assert answer.windows.clock == "Asia/Pyongyang"
    spring, autumn = sorted(answer.windows.years[0].windows, key=lambda window: window.first)
    sun_is_ahead_in_autumn = 30  # minutes by the equation of time, between early February and early November
    earlier = spring.clock[0] - autumn.clock[0]
    assert 30 < earlier <= 30 + sun_is_ahead_in_autumn + 10


def test_the_year_is_the_clocks_year_not_that_of_utc():
    new_year = Interval(datetime(2018, 12, 31, 20, tzinfo=UTC), datetime(2018, 12, 31, 23, tzinfo=UTC))
    answer = windows(seen(height=20, azimuth=150), new_year)
    assert [each.year for each in answer.windows.years] == [2019]


def test_a_date_with_the_sun_elsewhere_does_not_fit_and_says_where_it_stood():
    noon_in_june = datetime(2019, 6, 21, 3, 40, tzinfo=UTC)
    answer = windows(seen(height=35, azimuth=155), Interval(noon_in_june, noon_in_june))
    assert answer.outcome is Outcome.DOES_NOT_FIT
    assert "At the settled date it stood 73° high." in answer.sentence


def test_a_second_at_which_the_sun_stood_so_fits():
    moment = datetime(2019, 2, 15, 2, 5, tzinfo=UTC)
    height, side = sun_at(np.array([days_since_j2000(moment)]), SINUIJU.latitude, SINUIJU.longitude)
    answer = windows(seen(height=float(height[0]), azimuth=float(side[0])), Interval(moment, moment))
    assert answer.outcome is Outcome.FITS
    assert "which fits" in answer.sentence


def test_a_sun_that_never_stands_in_the_north_does_not_fit_any_date():
    answer = windows(seen(height=60, azimuth=0, looks=200), within("2019-01-01", "2019-12-31"))
    assert answer.outcome is Outcome.DOES_NOT_FIT
    assert "never stands so" in answer.sentence


def test_without_north_both_halves_of_the_day_stay_open():
    answer = windows(seen(height=35, azimuth=155, north_deg=None), within("2019-01-01", "2019-12-31"))
    assert {window.half.value for window in answer.windows.years[0].windows} == {"morning", "afternoon"}
    assert "North is not stated" in " ".join(answer.assumptions)


def test_a_midnight_sun_has_windows_too():
    answer = windows(
        seen(height=20, azimuth=60, looks=150, place=Place(78.2, 15.6, 0.0)),
        within("2019-01-01", "2019-12-31"),
    )
    assert answer.windows.years[0].windows
    assert all(date(2019, 4, 1) < w.first < date(2019, 9, 1) for w in answer.windows.years[0].windows)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"view": View.STRAIGHT_DOWN}, "Seen from straight above"),
        ({"level_ground": False}, "not stated to be level"),
        ({"place": None}, "The place is not stated"),
        ({"aspect": None}, "size of the picture is not known"),
        ({"pitch_deg": -20.0}, "No camera"),
    ],
)
def test_what_is_missing_makes_it_cannot_tell_and_says_why(change, why):
    measurement = dataclasses.replace(seen(height=35, azimuth=155), **change)
    answer = windows(measurement, within("2019-01-01", "2019-12-31"))
    assert answer.outcome is Outcome.CANNOT_TELL
    assert why in answer.sentence
    assert answer.windows is None


def test_a_height_of_the_sun_that_could_be_anything_is_not_drawn():
    measurement = seen(height=20, azimuth=210, pitch_deg=None, fov_deg=None)
    answer = windows(measurement, within("2019-01-01", "2019-12-31"))
    assert answer.outcome is Outcome.CANNOT_TELL
    assert "too wide to tell" in answer.sentence
    assert answer.windows is None


def test_without_a_date_one_typical_year_is_shown_and_nothing_is_told_of_the_date():
    answer = windows(seen(height=35, azimuth=155), None)
    assert answer.outcome is Outcome.CANNOT_TELL
    assert "No date is settled" in answer.sentence
    assert len(answer.windows.years) == 1


def test_an_open_date_of_centuries_is_not_listed():
    answer = windows(seen(height=35, azimuth=155), within("1700-01-01", "2019-12-31"))
    assert answer.outcome is Outcome.CANNOT_TELL
    assert "more than 200 years" in answer.sentence


def test_the_sentence_follows_from_the_stored_facts_alone():
    for interval in (None, within("2019-01-01", "2019-12-31"), within("2016-01-01", "2018-12-31")):
        answer = windows(seen(height=35, azimuth=155), interval)
        assert words(json.loads(json.dumps(answer.facts))) == answer.sentence
        assert CHECK.words(answer.outcome, answer.facts) == answer.sentence


def test_a_measurement_survives_json():
    measurement = seen(height=35, azimuth=155)
    assert Measurement.from_json(json.loads(json.dumps(measurement.to_json()))) == measurement


def test_what_may_be_left_out_is_not_stated():
    stored = seen(height=35, azimuth=155).to_json()
    for name in ("place", "north_deg", "pitch_deg", "fov_deg", "aspect"):
        del stored[name]
    read = Measurement.from_json(stored, aspect=1.25)
    assert (read.place, read.north_deg, read.pitch_deg, read.fov_deg, read.aspect) == (
        None,
        None,
        None,
        None,
        1.25,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"tool": "ruler"},
        {"base": None},
        {"base": [0.5]},
        {"base": [0.5, "0.5"]},
        {"base": [1.2, 0.5]},
        {"base": [float("nan"), 0.5]},
        {"top": [0.1, 0.1], "base": [0.1, 0.1]},
        {"view": "sideways"},
        {"level_ground": "yes"},
        {"level_ground": None},
        {"north_deg": 400},
        {"north_deg": True},
        {"pitch_deg": 120},
        {"fov_deg": 0},
        {"aspect": -1},
        {"place": {"latitude": 95, "longitude": 0, "radius_m": None}},
        {"place": {"latitude": 9}},
        {"place": [9, 9]},
        {"colour": "red"},
    ],
)
def test_a_measurement_that_makes_no_sense_is_refused_with_words(change):
    stored = seen(height=35, azimuth=155).to_json() | change
    with pytest.raises(MeasurementError, match=r"\w+ .*[.?]"):
        Measurement.from_json(stored)
