from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.checks.clock_gps import CHECK
from archive.checks.models import Outcome
from archive.values.place import Place
from archive.values.readership import Readership
from tests.unit.checks.making import PYONGYANG, SEOUL, a_reading, settled_at, some_facts, the_result, told

INSTANT = datetime(2020, 6, 1, 3, 30, 0, tzinfo=UTC)


def clock_on(minutes: int, *, place: Place | None = SEOUL, off_by: float = 0, **facts):
    """Facts of a file whose clock stands so many minutes from GPS time."""
    clock = INSTANT.replace(tzinfo=None) + timedelta(minutes=minutes, seconds=off_by)
    return some_facts(a_reading(clock, gps=INSTANT, place=place, **facts))


def test_a_clock_on_plus_eight_in_korea_matches_chinas_zone():
    result = the_result(CHECK, clock_on(480))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert result.facts["matches"][0] == "China"
    sentence = told(CHECK, result)
    assert "UTC+08:00, which matches China’s" in sentence
    assert "1 h behind the local time at the place (Asia/Seoul: UTC+09:00)" in sentence


def test_a_clock_on_plus_eight_thirty_in_north_korea_was_set_between_2015_and_2018():
    result = the_result(CHECK, clock_on(510, place=PYONGYANG))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert result.facts["only_then"] == [["2015-08-15", "2018-05-04"]]
    assert "only from 15 August 2015 to 4 May 2018" in told(CHECK, result)


def test_the_same_clock_while_that_zone_held_fits_and_still_dates_it():
    instant = datetime(2016, 6, 1, 3, 30, 0, tzinfo=UTC)
    clock = datetime(2016, 6, 1, 12, 0, 0)
    result = the_result(CHECK, some_facts(a_reading(clock, gps=instant, place=PYONGYANG)))
    assert result.outcome == Outcome.FITS
    assert "15 August 2015" in told(CHECK, result)


def test_without_gps_time_the_stated_offset_is_held_against_the_zone():
    reading = a_reading(datetime(2020, 6, 1, 12, 0, 0), offset=510, basis="stated", place=PYONGYANG)
    result = the_result(CHECK, some_facts(reading))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "15 August 2015 to 4 May 2018" in told(CHECK, result)


def test_local_time_fits_and_names_the_clocks_error():
    result = the_result(CHECK, clock_on(540, off_by=83))
    assert result.outcome == Outcome.FITS
    assert result.magnitude == 83
    assert "1 min 23 s fast" in told(CHECK, result)


@pytest.mark.parametrize("turns", [1, 2])
def test_a_week_counter_that_began_again_is_told_as_that(turns):
    clock = INSTANT.replace(tzinfo=None) + timedelta(minutes=540, days=7168 * turns)
    result = the_result(CHECK, some_facts(a_reading(clock, gps=INSTANT, place=SEOUL)))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "rollover")
    assert f"{1024 * turns:,} weeks" in told(CHECK, result)


def test_more_than_any_zone_is_an_unset_clock_or_an_old_fix():
    result = the_result(CHECK, clock_on(60 * 30))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "beyond")
    assert "1 day 6 h ahead of" in told(CHECK, result)


def test_a_clock_a_whole_day_off_keeps_its_time_of_day():
    result = the_result(CHECK, clock_on(540 - 24 * 60, off_by=92))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "days")
    assert "1 whole day apart" in told(CHECK, result)


def test_a_clock_on_utc_matches_nobodys_zone():
    result = the_result(CHECK, clock_on(0, off_by=3))
    assert result.facts["matches"] == []
    assert "the clock was on UTC. That is 9 h behind" in told(CHECK, result)


def test_an_offset_the_file_states_is_believed_when_clock_and_gps_agree_on_it():
    result = the_result(CHECK, clock_on(120, offset=120, basis="stated"))
    assert (result.outcome, result.facts["case"]) == (Outcome.FITS, "as_stated")
    assert "another (Asia/Seoul" in told(CHECK, result)


def test_an_offset_the_file_states_and_its_clock_denies_does_not_fit():
    result = the_result(CHECK, clock_on(540, offset=120, basis="stated"))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "not_as_stated")


def test_gps_time_copied_from_the_clock_tells_nothing():
    assert the_result(CHECK, clock_on(0)).outcome == Outcome.CANNOT_TELL


def test_a_difference_that_is_no_zone_is_told_as_a_clock_or_fix_that_is_off():
    result = the_result(CHECK, clock_on(200, off_by=17))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "no_zone")
    assert the_result(CHECK, clock_on(200, off_by=17, place=None)).outcome == Outcome.CANNOT_TELL


def test_at_sea_a_whole_zone_fits_because_no_civil_time_denies_it():
    assert the_result(CHECK, clock_on(600, place=Place(0.0, -150.0))).facts["case"] == "some_zone"


def test_summer_time_is_local_time():
    facts = clock_on(120, place=Place(52.52, 13.405))
    assert the_result(CHECK, facts).facts["case"] == "local"


def test_a_photo_without_gps_time_and_offset_has_nothing_to_look_at():
    assert not list(CHECK.run(some_facts(a_reading(datetime(2020, 6, 1, 12, 0, 0)))))


def test_gps_tags_that_cannot_be_read_are_no_absence():
    reading = a_reading(datetime(2020, 6, 1), said=[("gps_time_utc", "GPS GPSDate", "2020:13:01")])
    assert the_result(CHECK, some_facts(reading)).facts["case"] == "no_gps_time"


def test_inputs_carry_tag_and_raw_text():
    inputs = the_result(CHECK, clock_on(480)).inputs
    assert {entry.tag for entry in inputs} == {"EXIF DateTimeOriginal", "GPS GPSTimeStamp"}


def test_a_zone_known_only_from_a_place_outsiders_are_not_told_is_for_members():
    reading = a_reading(datetime(2020, 6, 1, 11, 30, 0), gps=INSTANT)
    facts = some_facts(reading, place=settled_at(SEOUL, zone="Asia/Seoul"), outsiders_are_told_other=True)
    assert the_result(CHECK, facts).readership == Readership.MEMBERS
