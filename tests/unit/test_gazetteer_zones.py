"""Time zones by place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.gazetteer import NoSuchPointError, zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (37.566, 126.978, "Asia/Seoul"),
        (40.09, 124.42, "Asia/Pyongyang"),
        (40.14, 124.37, "Asia/Shanghai"),
        (51.5, -0.12, "Europe/London"),
        (-17.8, -179.2, "Pacific/Fiji"),
        (-17.8, 178.0, "Pacific/Fiji"),
    ],
)
def test_the_two_banks_of_a_border_river_keep_their_own_time(latitude, longitude, zone):
    assert zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, 0.0), (20.0, -150.0), (39.0, 180.0), (39.0, -180.0), (90.0, 0.0)]
)
def test_at_sea_the_nautical_zone_is_given_as_it_stands(latitude, longitude):
    zone = zone_at(latitude, longitude)
    assert zone is not None
    assert zone.startswith("Etc/")


@settings(deadline=None)  # the first example opens the zones
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_answer_is_a_zone_that_python_knows(latitude, longitude):
    zone = zone_at(latitude, longitude)
    assert zone is None or ZoneInfo(zone).key == zone


def test_many_threads_get_the_answers_that_one_gets():
    places = [(latitude, longitude) for latitude in range(-60, 70, 7) for longitude in range(-180, 180, 11)]
    alone = [zone_at(*place) for place in places]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda place: zone_at(*place), places))
    assert together == alone


def test_coordinates_off_the_globe_have_no_time():
    with pytest.raises(NoSuchPointError):
        zone_at(95.0, 0.0)
