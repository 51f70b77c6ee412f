from __future__ import annotations

import pytest

from archive.pages.casework.typed import UnreadError, direction, metres, points, points_text
from archive.values.shapes import MOST_POINTS


@pytest.mark.parametrize(
    ("text", "length"),
    [("30", 30), ("± 30 m", 30), ("2 km", 2000), ("1,5 km", 1500), ("1 mi", 1609.344), ("1 nmi", 1852)],
)
def test_a_length_is_read_with_its_unit(text, length):
    assert metres(text, "radius") == length


@pytest.mark.parametrize("text", ["", "wide", "2 parsec", "-3 m", "30000 km"])
def test_a_length_that_is_none_names_its_field(text):
    with pytest.raises(UnreadError) as refused:
        metres(text, "radius")
    assert refused.value.field == "radius"


def test_points_cross_the_antimeridian_either_way_without_going_round_the_earth():
    east = points("10, 179\n10, -179", "line", least=2)
    west = points("10, -179\n10, 179", "line", least=2)
    assert east == ((10, 179), (10, 181))
    assert west == ((10, -179), (10, -181))
    assert points(points_text(east), "line", least=2) == east


def test_a_ring_closed_by_hand_is_not_closed_twice():
    assert len(points("0, 0\n0, 1\n1, 1\n0, 0", "area", least=3)) == 3


def test_more_points_than_can_be_kept_are_refused():
    with pytest.raises(UnreadError, match="or fewer"):
        points("\n".join(f"0, {n / 10}" for n in range(MOST_POINTS + 1)), "line", least=2)


@pytest.mark.parametrize("words", ["north-north-east", "North North East", "nne", "22.5", "22,5°"])
def test_a_compass_word_is_read_however_it_is_written(words):
    assert direction(words, "", "").degrees == 22.5


@pytest.mark.parametrize("words", ["", "uphill", "361", "-5", "northnorth", "nan", "1e999"])
def test_what_is_no_direction_is_refused(words):
    with pytest.raises(UnreadError):
        direction(words, "", "")


@pytest.mark.parametrize("wide", ["0", "361", "nan", "broad"])
def test_a_view_no_camera_has_is_refused(wide):
    with pytest.raises(UnreadError) as refused:
        direction("45", "T", wide)
    assert refused.value.field == "view"
