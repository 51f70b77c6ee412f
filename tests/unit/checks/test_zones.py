from __future__ import annotations

from datetime import UTC, date, datetime

from archive.checks.zones import neighbours_on, offset_at, periods_of
from tests.unit.checks.making import SEOUL

JUNE_2020 = datetime(2020, 6, 1, tzinfo=UTC)


def test_a_zone_tells_its_offset_at_an_instant_and_the_sea_tells_none():
    assert offset_at("Europe/Berlin", JUNE_2020) == 120
    assert offset_at("Etc/GMT+9", JUNE_2020) is None
    assert offset_at("No/Such", JUNE_2020) is None


def test_periods_of_an_offset_come_from_the_zones_own_rules():
    (only,) = periods_of("Asia/Pyongyang", 510)
    assert (only.first, only.last) == (date(2015, 8, 15), date(2018, 5, 4))


def test_an_offset_still_in_force_has_no_last_day():
    assert periods_of("Asia/Pyongyang", 540)[-1].last is None


def test_an_offset_never_kept_has_no_periods():
    assert periods_of("Asia/Pyongyang", 60) == ()


def test_neighbours_are_named_nearest_first_and_only_near_a_place():
    assert neighbours_on(480, JUNE_2020, SEOUL)[0] == "China"
    assert neighbours_on(540, JUNE_2020, SEOUL)[0] == "South Korea"
    assert neighbours_on(480, JUNE_2020, None) == ()
