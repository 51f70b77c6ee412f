from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.place import Place, distance_m
from archive.values.ring import Ring, ring_round


def on_the_globe(latitude: float, longitude: float) -> Place:
    return Place(max(-90.0, min(90.0, latitude)), (longitude + 180) % 360 - 180)


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(0, 6.3).map(lambda power: 10**power))
def test_the_ring_round_a_circle_holds_it_and_is_hardly_wider(latitude, longitude, metres):
    circle = Place(latitude, longitude, metres)
    ring = ring_round(circle)
    if ring is None:
        assert metres >= 2_000_000 or abs(latitude) + metres / 111_000 > 45
        return
    assert len(ring.corners) == 64
    for (y0, x0), (y1, x1) in ring.sides():
        for part in (0, 0.25, 0.5, 0.75):
            point = on_the_globe(y0 + (y1 - y0) * part, x0 + (x1 - x0) * part)
            assert 1 - 1e-6 <= distance_m(point, circle) / metres <= 1.004


@pytest.mark.parametrize("circle", [Place(0, 0), Place(0, 0, 0.5), Place(0, 0, 2e6), Place(89, 0, 1000)])
def test_a_circle_that_is_no_ring_has_none(circle):
    assert ring_round(circle) is None


def test_a_circle_across_the_antimeridian_runs_past_it():
    for longitude in (179.9, 180.0, -180.0, -179.9):
        ring = ring_round(Place(10, longitude, 50_000))
        assert ring is not None
        assert 179 < ring.west < 180 < ring.east < 181


@pytest.mark.parametrize(
    ("corners", "why"),
    [
        (((0, 0), (0, 1)), "3 to 64"),
        (((0, 0), (0, 1), (float("nan"), 1)), "latitude"),
        (((0, 200), (0, 201), (1, 201)), "western end"),
        (((0, 0), (0, 2), (0, 1), (1, 1)), "crosses itself"),
        (((0, 0), (2, 2), (0, 2), (2, 0)), "crosses itself"),
        (((0, 0), (0, 4), (4, 4), (0, 2)), "crosses itself"),
        (((0, 0), (0, 4), (2, 2), (4, 4), (4, 0), (2, 2)), "crosses itself"),
    ],
)
def test_a_ring_that_bounds_nothing_or_meets_itself_is_refused(corners, why):
    with pytest.raises(ValueError, match=why):
        Ring(corners)


def test_a_hollow_ring_is_one():
    assert Ring(((0, 0), (1, 2), (0, 4), (4, 2))).north == 4
