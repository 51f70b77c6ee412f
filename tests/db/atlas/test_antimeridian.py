"""The seam of the map at 180 degrees, the poles, and places at exactly zero."""

from __future__ import annotations

import pytest

from archive.atlas.answers import Extent
from archive.atlas.cells import extent_of
from archive.atlas.engine import answer
from archive.catalogue.index import bounds_of
from archive.values.place import Place
from tests.db.atlas.naive import Pic
from tests.db.atlas.naive_areas import Spot
from tests.db.atlas.worlds import Archive, chosen

pytestmark = pytest.mark.django_db


def a_spot(latitude: float, longitude: float, radius_m: float | None = None) -> Spot:
    bounds = bounds_of(Place(latitude, longitude, radius_m))
    return Spot(latitude, longitude, radius_m, bounds.west, bounds.south, bounds.east, bounds.north)


def counted(archive: Archive, spots: tuple[Spot, ...], query: str) -> int:
    pic = Pic("a" * 13, "open", spots, None, 0, 0, "", "", frozenset(), 0)
    archive.fill([(pic, pic)])
    return answer(archive.scope((), ("open",)), chosen(query), zoom=3).total


@pytest.mark.parametrize(
    ("place", "bbox", "certain", "possible"),
    [
        # latitude, longitude, radius; west, south, east, north
        ((0, 180, None), "170,-1,180,1", 1, 1),
        ((0, -180, None), "170,-1,180,1", 1, 1),
        ((0, 180, None), "-180,-1,-170,1", 1, 1),
        ((0, 179, None), "170,-1,-170,1", 1, 1),
        ((0, -179, None), "170,-1,-170,1", 1, 1),
        ((0, 0, None), "170,-1,-170,1", 0, 0),
        ((0, 179.9, 30_000), "-180,-1,-170,1", 0, 1),
        ((0, -179.9, 30_000), "170,-1,180,1", 0, 1),
        ((0, 179.9, 30_000), "170,-1,-170,1", 1, 1),
        ((0, -179.9, 30_000), "170,-1,-170,1", 1, 1),
        ((0, 179.9, 30_000), "170,-1,180,1", 0, 1),
        ((89.9, 0, 30_000), "100,80,110,90", 0, 1),
        ((89.9, 0, 30_000), "-180,80,180,90", 1, 1),
        ((90, 0, None), "-10,80,10,90", 1, 1),
        ((-90, 0, None), "-10,-90,10,-80", 1, 1),
        ((0, 0, None), "0,0,0,0", 1, 1),
        ((0, 0, 0), "0,0,5,5", 1, 1),
        ((0, 0, 100), "0,0,5,5", 0, 1),
    ],
)
def test_a_place_near_a_seam_is_in_the_areas_it_lies_in(archive, place, bbox, certain, possible):
    spots = (a_spot(*place),)
    assert counted(archive, spots, f"bbox={bbox}") == certain
    assert counted(archive, spots, f"bbox={bbox}&sure=possibly") == possible


def test_near_looks_across_the_antimeridian(archive):
    assert counted(archive, (a_spot(0, -179.95),), "near=0,179.95,20000") == 1
    assert counted(archive, (a_spot(0, 179.95),), "near=0,-179.95,20000") == 1
    assert counted(archive, (a_spot(0, -179.0),), "near=0,179.95,20000") == 0


def test_near_a_pole_takes_every_longitude(archive):
    assert counted(archive, (a_spot(89.95, -120),), "near=89.99,60,20000") == 1


def test_several_places_are_certain_only_when_all_lie_inside(archive):
    spots = (a_spot(40, 124), a_spot(40, 126))
    assert counted(archive, spots, "bbox=120,35,130,45") == 1
    assert counted(archive, spots, "bbox=120,35,125,45") == 0
    assert counted(archive, spots, "bbox=120,35,125,45&sure=possibly") == 1


@pytest.mark.parametrize(
    ("spans", "extent"),
    [
        ([(10, 20)], (10, 20)),
        ([(10, 20), (30, 40)], (10, 40)),
        ([(170, 175), (-175, -170)], (170, -170)),
        ([(-170, -160), (-20, -10), (20, 40), (170, 175)], (-20, -160)),
        ([(-180, -180), (180, 180)], (180, -180)),
        ([(-100, -90), (100, 110)], (100, -90)),
    ],
)
def test_the_extent_is_the_narrowest_box_even_across_the_antimeridian(spans, extent):
    found = extent_of([(west, -1, east, 1) for west, east in spans])
    assert found == Extent(extent[0], -1, extent[1], 1)


def test_nothing_placed_has_no_extent():
    assert extent_of([]) is None
