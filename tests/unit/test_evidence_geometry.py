"""Shapes as ground: circles around them, what lies in them, whether two agree."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.evidence.errors import EvidenceError
from archive.evidence.geometry import contains, middle_of, overlap, parts_of, relation, same_place
from archive.gazetteer.borders import geodesic_m
from archive.values.place import Place
from archive.values.shapes import MOST_POINTS, Candidate, Corridor, Polygon, Relating, Relation

bounded = settings(deadline=None, max_examples=12)

latitudes = st.floats(-80, 80)
longitudes = st.floats(-180, 180)
circles = st.builds(Place, latitudes, longitudes, st.none() | st.floats(0, 50_000))


@st.composite
def areas(draw):
    """Rings of three to eight points around a middle, some across the antimeridian."""
    north, east = draw(latitudes), draw(longitudes)
    steps = draw(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=3, max_size=8, unique=True))
    return Polygon(tuple((north + up, east + right) for up, right in steps))


@st.composite
def strips(draw):
    return Corridor(draw(areas()).ring, draw(st.floats(200, 20_000)))


shapes = st.one_of(circles, areas(), strips())


def metres_to(place: Place, latitude: float, longitude: float) -> float:
    return geodesic_m(place.latitude, place.longitude, latitude, longitude)


def reach(place: Place) -> float:
    assert place.radius_m is not None
    return place.radius_m


def test_a_point_or_circle_is_its_own_only_part():
    place = Place(40.1, 124.4, 500)
    (part,) = parts_of(place)
    assert (part.place, part.name, part.outline) == (place, "", ())


@bounded
@given(areas())
def test_the_circle_around_an_area_holds_every_point_of_its_outline(area):
    (part,) = parts_of(area)
    assert part.outline == area.ring
    assert all(metres_to(part.place, *point) <= reach(part.place) for point in area.ring)


def test_the_circle_around_a_square_is_no_wider_than_its_diagonal():
    (part,) = parts_of(Polygon(((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0))))
    assert reach(part.place) == pytest.approx(geodesic_m(0, 0, 1, 1) / 2, rel=0.002)
    assert metres_to(part.place, 0.5, 0.5) < 500


@bounded
@given(areas(), st.booleans())
def test_an_area_is_the_same_ground_a_whole_turn_away(area, westward):
    turn = -360 if westward else 360
    assume(all(-360 <= east + turn <= 360 for _, east in area.ring))
    turned = Polygon(tuple((north, east + turn) for north, east in area.ring))
    (here,), (there,) = parts_of(area), parts_of(turned)
    assert metres_to(here.place, there.place.latitude, there.place.longitude) < 1
    assert contains(turned, *middle_of(area), at_least_m=0.01)


def test_an_area_across_the_antimeridian_stays_small():
    fiji = Polygon(((-16.0, 179.0), (-16.0, 181.0), (-18.0, 181.0), (-18.0, 179.0)))
    (part,) = parts_of(fiji)
    assert reach(part.place) < 160_000
    assert contains(fiji, -17.0, -179.5)
    assert contains(fiji, -17.0, 179.5)
    assert not contains(fiji, -17.0, -178.5)
    assert same_place(fiji, Place(-17.0, -180.0, 100))


def test_a_strip_reaches_its_width_on_either_side_of_the_line_and_no_further():
    yalu = Corridor(((40.0, 124.3), (40.5, 125.0)), 2_000)
    assert contains(yalu, 40.0, 124.3)
    assert contains(yalu, 40.25, 124.67)
    assert not contains(yalu, 40.25, 124.60)
    (part,) = parts_of(yalu)
    away = [geodesic_m(40.0, 124.3, *point) for point in part.outline]
    assert min(away) == pytest.approx(2_000, rel=0.01)


def test_the_outline_of_a_winding_strip_stays_within_what_a_shape_may_hold():
    winding = Corridor(tuple((40 + n / 500, 124 + (n % 2) / 50) for n in range(MOST_POINTS)), 300)
    (part,) = parts_of(winding)
    assert 3 < len(part.outline) <= MOST_POINTS
    assert all(metres_to(part.place, *point) <= reach(part.place) for point in winding.line)


@settings(deadline=None, max_examples=5)
@given(strips())
def test_every_point_of_a_strips_outline_is_its_width_from_the_line(strip):
    (part,) = parts_of(strip)
    narrower, wider = (Corridor(strip.line, strip.buffer_m * share) for share in (0.97, 1.03))
    for point in part.outline[::25]:
        assert contains(wider, *point)
        assert not contains(narrower, *point)


@bounded
@given(shapes)
def test_a_shape_contains_its_middle_and_agrees_and_overlaps_with_itself(shape):
    assert contains(shape, *middle_of(shape), at_least_m=0.01)
    assert same_place(shape, shape)
    assert overlap(shape, shape)


@bounded
@given(shapes, shapes)
def test_agreement_and_overlap_do_not_depend_on_who_speaks_first(one, other):
    assert same_place(one, other) == same_place(other, one)
    assert overlap(one, other) == overlap(other, one)


@bounded
@given(latitudes, longitudes, st.floats(0, 5_000), st.floats(0, 5_000), st.floats(0, 0.1))
def test_two_circles_agree_when_no_further_apart_than_the_greater_or_fifty_metres(north, east, r1, r2, up):
    one, other = Place(north, east, r1), Place(north + up, east, r2)
    apart = metres_to(one, other.latitude, other.longitude)
    assert same_place(one, other) == (apart <= max(r1, r2, 50))
    assert overlap(one, other) == (apart <= r1 + r2)


def test_a_point_without_accuracy_agrees_with_one_across_the_street_and_not_across_town():
    assert same_place(Place(40.1, 124.4), Place(40.1003, 124.4))
    assert not same_place(Place(40.1, 124.4), Place(40.11, 124.4))


def test_a_point_in_a_corner_of_an_area_agrees_with_it_and_one_beside_it_does_not():
    area = Polygon(((40.0, 124.0), (40.0, 125.0), (41.0, 125.0)))
    assert same_place(area, Place(40.01, 124.02))
    assert same_place(Place(39.9997, 124.5), area)
    assert not same_place(area, Place(40.9, 124.1))
    assert not overlap(area, Place(40.9, 124.1, 20_000))
    assert overlap(area, Place(40.6, 124.1, 40_000))


def test_the_middle_of_a_bent_area_lies_in_it():
    horseshoe = Polygon(
        ((0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (3.0, 2.0), (1.0, 2.0), (1.0, 1.0), (3.0, 1.0), (3.0, 0.0))
    )
    assert not contains(horseshoe, 1.5, 1.5)
    assert contains(horseshoe, *middle_of(horseshoe))


def test_a_ring_that_crosses_itself_is_the_areas_it_goes_around():
    bow = Polygon(((0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)))
    assert contains(bow, 1.9, 1.0)
    assert contains(bow, 0.1, 1.0)
    assert not contains(bow, 1.0, 0.1)


@pytest.mark.parametrize(
    "shape",
    [
        Polygon(((1.0, 1.0),) * 3),
        Polygon(((0.0, 0.0), (1.0, 1.0), (2.0, 2.0))),
        Polygon(((0.0, 0.0), (0.0, 1.0), (0.0, 0.0), (0.0, 1.0))),
        Corridor(((1.0, 1.0), (1.0, 1.0)), 50),
        Corridor(((89.9, 0.0), (89.9, 180.0)), 1_000),
    ],
)
def test_a_shape_without_extent_or_at_a_pole_is_still_some_ground(shape):
    (part,) = parts_of(shape)
    assert metres_to(part.place, *middle_of(shape)) <= reach(part.place)
    assert contains(shape, *middle_of(shape))
    assert overlap(shape, shape)


def test_an_area_of_half_the_world_is_refused_in_words():
    with pytest.raises(EvidenceError, match=r"at most 10,000 km"):
        parts_of(Polygon(((-80.0, -170.0), (-80.0, 170.0), (80.0, 170.0), (80.0, -170.0))))


def test_a_relation_is_as_many_parts_as_towns_fit_and_agrees_with_each():
    fits = relation(Relating.WITHIN, 2_000, "border:kp-cn", inside="kp")
    parts = parts_of(fits)
    assert len(parts) == len(fits.candidates) >= 7
    assert {"Sinŭiju", "Hyesan", "Musan-ŭp"} <= {part.name for part in parts}
    assert fits.of == "border:KP-CN"
    assert fits.label == "the border of North Korea and China"
    assert "timezone-boundary-builder 20" in fits.dataset
    assert f"{len(parts)} of " in fits.dataset
    sinuiju = next(part.place for part in parts if part.name == "Sinŭiju")
    assert same_place(fits, Place(sinuiju.latitude, sinuiju.longitude))
    assert contains(fits, sinuiju.latitude, sinuiju.longitude)
    assert not same_place(fits, Place(39.03, 125.75, 1_000))
    assert overlap(fits, Place(40.1, 124.39, 5_000))
    assert not overlap(fits, Place(39.03, 125.75, 1_000))


def test_a_relation_nobody_fits_agrees_with_nothing():
    none = Relation(Relating.WITHIN, 1, "border:KP", "the border of North Korea", (), "made up")
    assert parts_of(none) == ()
    assert not same_place(none, Place(40.1, 124.4))


def test_candidates_agree_one_by_one_and_not_as_one_wide_circle():
    two = Relation(
        Relating.ON,
        0,
        "border:KP",
        "the border",
        (Candidate("A", Place(40.0, 124.0, 500), 0.0), Candidate("B", Place(42.0, 130.0, 500), 0.0)),
        "made up",
    )
    assert same_place(two, Place(42.0, 130.0))
    assert not same_place(two, Place(41.0, 127.0))


@pytest.mark.parametrize(
    ("distance", "of", "words"),
    [
        (-1, "border:KP", "no distance"),
        (2_000, "border:JP-KP", "do not adjoin"),
        (2_000, "border:QQ", "two letters"),
        (2_000, "river:Yalu", "border:KP-CN"),
        (900_000, "border:KP", "at most 60"),
    ],
)
def test_a_relation_that_cannot_be_drawn_says_what_to_write(distance, of, words):
    with pytest.raises(EvidenceError, match=words):
        relation(Relating.WITHIN, distance, of)
