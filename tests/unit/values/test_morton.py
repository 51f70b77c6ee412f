from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.values.morton import LEVELS, SIDE, box_of, cell_of, key_of, ranges_of, shift_of
from archive.values.place import Box

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
levels = st.integers(0, LEVELS)


@st.composite
def boxes(draw):
    south, north = sorted((draw(latitudes), draw(latitudes)))
    return Box(draw(longitudes), south, draw(longitudes), north)


def holds(box: Box, latitude: float, longitude: float) -> bool:
    if not box.south <= latitude <= box.north:
        return False
    turns = [longitude, -longitude] if abs(longitude) == 180 else [longitude]
    if box.crosses_antimeridian:
        return any(turn >= box.west or turn <= box.east for turn in turns)
    return any(box.west <= turn <= box.east for turn in turns)


@given(latitudes, longitudes, levels)
def test_a_place_lies_in_its_cell_at_every_level(latitude, longitude, level):
    box = box_of(cell_of(key_of(latitude, longitude), level), level)
    assert box.south - 1e-9 <= latitude <= box.north + 1e-9
    assert box.west - 1e-9 <= longitude <= box.east + 1e-9


def test_the_first_quarters_run_from_the_north_west():
    corners = [(60, -90), (60, 90), (-60, -90), (-60, 90)]
    assert [cell_of(key_of(*corner), 1) for corner in corners] == [0, 1, 2, 3]


def test_poles_and_the_antimeridian_fall_into_the_outermost_cells():
    assert key_of(90, -180) == 0
    assert key_of(-90, 180) == SIDE * SIDE - 1
    assert box_of(0, LEVELS).north == 90
    assert box_of(SIDE * SIDE - 1, LEVELS).south == -90


def test_exactly_zero_is_the_middle_of_the_map():
    assert key_of(0.0, 0.0) == SIDE * SIDE // 4 * 3


@given(boxes(), latitudes, longitudes, st.integers(1, 40))
@example(Box(-180, -10, -170, 10), 0.0, 180.0, 32)
@example(Box(170, -10, 180, 10), 0.0, -180.0, 32)
@example(Box(0, -90, 0, 90), 90.0, 0.0, 32)
def test_the_ranges_of_a_box_hold_every_place_in_it_and_stay_few(box, latitude, longitude, most):
    ranges = ranges_of(box, most)
    assert 1 <= len(ranges) <= most
    assert all(first <= last for first, last in ranges)
    assert all(ranges[i][1] + 1 < ranges[i + 1][0] for i in range(len(ranges) - 1))
    if holds(box, latitude, longitude):
        key = key_of(latitude, longitude)
        assert any(first <= key <= last for first, last in ranges)


def test_the_ranges_of_a_small_box_cover_little_more_than_the_box():
    box = Box(124.35, 40.05, 124.45, 40.15)
    covered = sum(last - first + 1 for first, last in ranges_of(box)) / SIDE**2
    share = (0.1 / 360) ** 2  # at this latitude a little more in the square map's height
    assert covered < 4 * share


def test_the_world_is_one_range():
    assert ranges_of(Box(-180, -90, 180, 90)) == [(0, SIDE * SIDE - 1)]


def test_a_level_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="not between 0 and 26"):
        shift_of(27)
