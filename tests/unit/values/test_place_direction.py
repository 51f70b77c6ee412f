from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.direction import Direction
from archive.values.place import EARTH_RADIUS_M, Box, Place, distance_m

places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    "numbers",
    [
        (90.1, 0),
        (-91, 0),
        (math.nan, 0),
        (0, 180.1),
        (0, math.nan),
        (0, 0, -1),
        (0, 0, math.inf),
        (0, 0, math.nan),
    ],
)
def test_a_place_off_the_earth_is_refused(numbers):
    with pytest.raises(ValueError, match="is not"):
        Place(*numbers)


def test_exactly_zero_is_a_place_and_no_radius_is_not_radius_zero():
    assert Place(0.0, 0.0).radius_m is None
    assert Place(0.0, 0.0, 0.0).radius_m == 0.0


def test_a_degree_of_a_great_circle_is_111_kilometres():
    assert distance_m(Place(0, 0), Place(0, 1)) == pytest.approx(111_195, abs=1)
    assert distance_m(Place(0, 179.5), Place(0, -179.5)) == pytest.approx(111_195, abs=1)
    assert distance_m(Place(90, 0), Place(89, 77)) == pytest.approx(111_195, abs=1)


@given(places, places)
def test_distance_is_the_same_both_ways_and_at_most_half_the_earth(one, other):
    assert distance_m(one, other) == pytest.approx(distance_m(other, one), abs=1e-6)
    assert 0 <= distance_m(one, other) <= math.pi * EARTH_RADIUS_M + 1e-6


def test_a_box_with_west_beyond_east_crosses_the_antimeridian():
    assert Box(170, 0, -170, 1).crosses_antimeridian
    assert not Box(-170, 0, 170, 1).crosses_antimeridian


@pytest.mark.parametrize("sides", [(0, 1, 0, 0), (0, -91, 0, 0), (0, 0, 181, 1), (math.nan, 0, 0, 0)])
def test_a_box_that_bounds_nothing_is_refused(sides):
    with pytest.raises(ValueError, match="not"):
        Box(*sides)


def test_a_direction_is_less_than_a_full_turn():
    assert Direction(0.0, "T", 360.0).degrees == 0.0
    for wrong in ((360.0,), (-1.0,), (math.nan,), (0.0, None, 0.0), (0.0, None, 361.0)):
        with pytest.raises(ValueError, match="is not in"):
            Direction(*wrong)
