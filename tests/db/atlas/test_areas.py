"""Areas on purpose: exactly on the edge, across the seam, at the rim; and the keys that stand for them."""

from __future__ import annotations

import numpy as np
import pytest

from archive.atlas.area import Area
from archive.atlas.columns.rows import Places
from archive.atlas.engine import answer
from archive.atlas.question import Question
from archive.values.morton import key_of
from archive.values.place import Place
from archive.values.selection import Sure
from tests.db.atlas.naive import Pic
from tests.db.atlas.naive_areas import Look, Spot
from tests.db.atlas.worlds import PHOTOS, chosen, spot_at

pytestmark = pytest.mark.django_db


def counts(archive, query: str, *cases: tuple[Spot, Look]) -> tuple[int, int, int]:
    """How many match for certain, how many of all may match, and how many of these only by their circle."""
    pics = [
        Pic("a" * 12 + "abcdefghijklmn"[number], "open", (spot,), None, 0, 0, "", "", frozenset(), 0, look)
        for number, (spot, look) in enumerate(cases)
    ]
    archive.fill([(pic, pic) for pic in pics])
    scope = archive.scope((), ("open",))
    surely = answer(scope, chosen(query), zoom=3)
    perhaps = answer(scope, chosen(f"{query}&sure=possibly"), zoom=3)
    assert surely.might == perhaps.might == perhaps.total - surely.total
    return surely.total, perhaps.total, perhaps.edge


def at(latitude: float, longitude: float, radius_m: float | None = None, *look: float | None):
    return spot_at(Place(latitude, longitude, radius_m)), Look(*look)


def test_a_place_on_a_side_may_be_inside(archive):
    square = "within=0,0;0,2;2,2;2,0"
    assert counts(archive, square, at(1, 1), at(1, 0), at(0, 1), at(1, 2), at(2, 1), at(0, 0)) == (1, 6, 2)


def test_a_circle_that_crosses_a_side_is_inside_only_perhaps(archive):
    square = "within=0,0;0,2;2,2;2,0"
    inside, across, round_it = at(1, 1, 1000), at(1, 1.999, 1000), at(1, 1, 900_000)
    assert counts(archive, square, inside, across, round_it) == (1, 3, 0)
    assert counts(archive, square, at(1, 2.001, 1000), at(1, 2.1, 1000)) == (0, 1, 1)


def test_what_a_hollow_area_leaves_out_is_outside(archive):
    arrow = "within=0,0;2,2;0,4;4,2"
    assert counts(archive, arrow, at(3, 2), at(0.5, 2), at(0.5, 2, 300_000)) == (1, 2, 1)


@pytest.mark.parametrize(
    "area", ["within=-1,179;-1,181;1,181;1,179", "within=-1,-181;-1,-179;1,-179;1,-181", "near=0,180,150000"]
)
def test_an_area_across_the_antimeridian_holds_both_sides(archive, area):
    both = at(0, 179.5), at(0, -179.5), at(0, 180), at(0, -180)
    assert counts(archive, area, *both, at(0, 0), at(0, 179.9, 40_000), at(0, -179.9, 40_000)) == (6, 6, 0)


def test_near_leaves_out_the_corners_of_the_square(archive):
    beside, corner = at(0, 0.089), at(0.085, 0.085)
    assert counts(archive, "near=0,0,10000", at(0, 0), beside, corner) == (2, 2, 0)
    assert counts(archive, "near=0,0,10000", at(0, 0.089, 1000), at(0, 0.099, 1000)) == (0, 2, 1)


def test_a_photo_looks_at_a_point_up_to_the_edge_of_its_view_less_the_doubt_of_compasses(archive):
    def south(direction, width, radius=None):
        return at(40 - 1 / 128, 124, radius, direction, width)

    assert counts(archive, "sees=40,124", south(30.0, 90.0), south(330.0, 90.0)) == (2, 2, 0)
    assert counts(archive, "sees=40,124", south(30.1, 90.0), south(60.0, 90.0)) == (0, 2, 0)
    assert counts(archive, "sees=40,124", south(60.1, 90.0), south(180.0, 90.0)) == (0, 0, 0)
    assert counts(archive, "sees=40,124", south(0.0, None), south(60.0, None), south(60.1, None)) == (0, 2, 0)
    assert counts(archive, "sees=40,124", south(0.0, 24.0), south(180.0, 360.0)) == (1, 2, 0)
    assert counts(archive, "sees=40,124", south(0.0, 90.0, 600), south(180.0, 90.0, 900)) == (0, 2, 0)


def test_a_camera_at_the_point_itself_may_look_at_it(archive):
    assert counts(archive, "sees=40,124", at(40, 124, None, 0.0, 90.0), at(40, 124, None, None, 90.0)) == (
        0,
        1,
        0,
    )


def test_a_camera_too_far_away_sees_nothing_unless_its_doubt_brings_it_near(archive):
    far = at(39.98, 124, None, 0.0, 90.0)
    assert counts(archive, "sees=40,124", far) == (0, 0, 0)
    assert counts(archive, "sees=40,124,2300", far) == (1, 1, 0)
    assert counts(archive, "sees=40,124", at(39.98, 124, 300, 0.0, 90.0)) == (0, 1, 0)


def test_an_answer_about_a_point_tells_how_many_were_near_and_say_where_they_looked(archive):
    cases = at(40, 124.01, None, 270.0, 90.0), at(40, 124.01, None, 90.0, 90.0), at(40, 124.01), at(41, 124)
    counts(archive, "sees=40,124", *cases)
    found = answer(archive.scope((), ("open",)), chosen("sees=40,124"), zoom=3)
    assert (found.total, found.within_reach, found.directed) == (1, 3, 2)
    elsewhere = answer(archive.scope((), ("open",)), chosen("bbox=0,0,1,1"), zoom=3)
    assert (elsewhere.within_reach, elsewhere.directed) == (None, None)


def places(number: int, seed: int) -> Places:
    dice = np.random.default_rng(seed)
    near = dice.random(number) < 0.6
    latitude = np.where(near, 40 + dice.normal(0, 1, number), dice.uniform(-90, 90, number))
    longitude = np.where(near, 124 + dice.normal(0, 1, number), dice.uniform(-180, 180, number))
    radius = dice.choice([0, 30, 5_000, 60_000, 900_000], number).astype(float)
    spots = [spot_at(Place(*each)) for each in zip(latitude, longitude, radius, strict=True)]
    column = {
        name: np.array([getattr(spot, name) for spot in spots])
        for name in ("lat", "lon", "west", "south", "east", "north")
    }
    return Places(
        latitude=column["lat"],
        longitude=column["lon"],
        radius_m=radius,
        west=column["west"],
        south=column["south"],
        east=column["east"],
        north=column["north"],
        direction=dice.uniform(0, 360, number),
        width_deg=dice.choice([np.nan, 65.0, 120.0], number),
    )


AREAS = [
    "bbox=123.5,39.5,124.5,40.5",
    "bbox=170,-10,-170,10",
    "within=39,123;39,125;41,125;40,124",
    "within=-60,-100;70,-100;70,200;-60,200",
    "near=40,124,30000",
    "near=0,179.9,300000",
    "near=78,20,400000",
    "sees=40,124,50000",
    "sees=0,180,50000",
]


@pytest.mark.parametrize("query", AREAS)
def test_the_keys_of_an_area_hold_all_that_may_match_and_the_inner_ones_nothing_else(query):
    [area] = Question(None, chosen(query)).areas
    there = places(400, len(query))
    keys = np.array([key_of(*each) for each in zip(there.latitude, there.longitude, strict=True)])
    touched, centred, held = area.touches(there), area.has_centre(there), area.holds(there)
    assert not (held & ~touched).any()
    assert not (held & ~centred).any()
    assert within(keys, area, 0.0)[held].all()
    for metres in (0.0, 5_000.0, 60_000.0, 900_000.0):
        assert within(keys, area, metres)[touched & (there.radius_m <= metres)].all()
    inner = among(keys, area.inner_ranges())
    assert centred[inner].all()
    assert held[inner & (there.radius_m == 0)].all()


def within(keys, area: Area, metres: float):
    ranges = area.key_ranges(metres)
    assert len(ranges) <= 64
    return among(keys, ranges)


def among(keys, ranges):
    found = np.zeros(len(keys), dtype=bool)
    for first, last in ranges:
        found |= (keys >= first) & (keys <= last)
    return found


def test_a_small_area_is_looked_up_by_key():
    assert PHOTOS < 20  # the worlds are too small for the database to show it by its pace
    for query in AREAS:
        [area] = Question(None, chosen(query)).areas
        few = area.candidates(Sure.CERTAINLY)
        assert (few is None) == (query == "within=-60,-100;70,-100;70,200;-60,200")
