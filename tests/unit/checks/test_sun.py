from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.checks.models import Outcome
from archive.checks.sun import CHECK, ev100
from archive.values.moment import Interval
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from tests.unit.checks.making import SEOUL, a_reading, at, settled_at, some_facts, the_result, told

NOON = datetime(2020, 6, 1, 3, 30, tzinfo=UTC)  # 12:30 in Seoul
MIDNIGHT = datetime(2020, 6, 1, 15, 30, tzinfo=UTC)
DAYLIGHT = {"aperture": 8.0, "exposure_s": 1 / 250, "iso": 100}
LAMPLIGHT = {"aperture": 2.0, "exposure_s": 1 / 8, "iso": 3200}


def exposed(exposure, instant, *places: Place, **more):
    return some_facts(a_reading(**exposure), places=places or (SEOUL,), when=at(instant), **more)


def test_exposure_value_is_that_of_the_sunny_sixteen_rule():
    assert ev100(a_reading(aperture=16.0, exposure_s=1 / 100, iso=100)) == pytest.approx(14.64, abs=0.01)
    assert ev100(a_reading(aperture=16.0, exposure_s=1 / 100, iso=400)) == pytest.approx(12.64, abs=0.01)
    assert ev100(a_reading(aperture=16.0, iso=100)) is None


def test_an_exposure_for_the_night_at_noon_does_not_fit():
    result = the_result(CHECK, exposed(LAMPLIGHT, NOON))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "dim_by_day")
    assert "74° above the horizon; but the picture is exposed as for a dark room" in told(CHECK, result)


def test_an_exposure_for_daylight_at_midnight_does_not_fit():
    result = the_result(CHECK, exposed(DAYLIGHT, MIDNIGHT))
    assert (result.outcome, result.facts["case"]) == (Outcome.DOES_NOT_FIT, "bright_by_night")


def test_a_flash_explains_brightness_at_night():
    result = the_result(CHECK, exposed({**DAYLIGHT, "flash_fired": True}, MIDNIGHT))
    assert result.outcome == Outcome.CANNOT_TELL


def test_day_by_day_and_night_by_night_fit():
    assert the_result(CHECK, exposed(DAYLIGHT, NOON)).outcome == Outcome.FITS
    assert the_result(CHECK, exposed(LAMPLIGHT, MIDNIGHT)).outcome == Outcome.FITS


def test_an_exposure_between_day_and_night_does_not_tell():
    shade = {"aperture": 4.0, "exposure_s": 1 / 15, "iso": 100}
    for instant in (NOON, MIDNIGHT):
        assert the_result(CHECK, exposed(shade, instant)).facts["case"] == "middling"


def test_a_dim_picture_under_a_low_sun_does_not_tell():
    evening = datetime(2020, 6, 1, 10, 0, tzinfo=UTC)  # 19:00 in Seoul
    assert the_result(CHECK, exposed(LAMPLIGHT, evening)).facts["case"] == "low_sun"


def test_without_an_exposure_the_suns_height_is_told_all_the_same():
    result = the_result(CHECK, exposed({}, NOON))
    assert result.outcome == Outcome.CANNOT_TELL
    assert "above the horizon" in told(CHECK, result)


def test_a_whole_day_may_be_day_or_night():
    day = Interval(datetime(2020, 6, 1, tzinfo=UTC), datetime(2020, 6, 1, 23, 59, tzinfo=UTC))
    facts = some_facts(a_reading(**DAYLIGHT), places=(SEOUL,), when=day)
    assert the_result(CHECK, facts).facts["case"] == "either"


def test_a_year_is_too_wide_to_ask():
    year = Interval(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 12, 31, tzinfo=UTC))
    facts = some_facts(a_reading(**DAYLIGHT), places=(SEOUL,), when=year)
    assert the_result(CHECK, facts).facts["case"] == "too_wide"


def test_rival_places_on_both_sides_of_the_world_leave_it_open():
    rivals = exposed(DAYLIGHT, NOON, SEOUL, Place(37.0, -50.0))
    assert the_result(CHECK, rivals).outcome == Outcome.CANNOT_TELL


def test_where_the_photographer_stood_says_nothing_of_the_light_in_the_picture():
    place = settled_at(SEOUL, facet=Facet.OPERATOR_PLACE)
    assert not list(CHECK.run(some_facts(a_reading(**DAYLIGHT), place=place, when=at(NOON))))


def test_a_finding_on_a_place_outsiders_are_not_told_is_for_members():
    facts = exposed(DAYLIGHT, NOON, outsiders_are_told_other=True)
    assert the_result(CHECK, facts).readership == Readership.MEMBERS
