"""However large the archive and however deep the zoom, an answer stays small; and its parts agree in time."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from archive.atlas import cells, cube
from archive.atlas.columns import cubing, gridding
from archive.atlas.engine import answer
from archive.atlas.snapshot import snapshot
from archive.catalogue.index import bounds_of
from archive.catalogue.models import Collection
from archive.values.place import Place
from tests.db.atlas.naive import Pic
from tests.db.atlas.naive_areas import Spot
from tests.db.atlas.worlds import PHOTOS, Archive, chosen


def spread(archive: Archive, *, apart_s: int = 10**8) -> None:
    world = []
    for number in range(PHOTOS):
        bounds = bounds_of(Place(10.0, number * 3.0))
        spot = Spot(10.0, number * 3.0, None, bounds.west, bounds.south, bounds.east, bounds.north)
        ref = "a" * 12 + "abcdefghijklmn"[number]
        pic = Pic(ref, "open", (spot,), (number * apart_s, number * apart_s), 0, 0, "", "", frozenset(), 0)
        world.append((pic, pic))
    archive.fill(world)


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 2, 3, 5, 13, 14])
def test_the_grid_coarsens_to_the_finest_level_with_few_enough_cells(archive, monkeypatch, most):
    spread(archive)
    for engine in (cells, gridding):
        monkeypatch.setattr(engine, "MOST_CELLS", most)
    scope = archive.scope((), ("open",))
    found = answer(scope, chosen(""), zoom=20)
    assert len(found.cells) <= most
    assert sum(found.cells.counts) == PHOTOS
    for engine in (cells, gridding):
        monkeypatch.setattr(engine, "MOST_CELLS", 4096)
    if found.level < 22:
        assert len(answer(scope, chosen(""), zoom=max(0, found.level - 1)).cells) > most


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 4, 14])
def test_the_cube_coarsens_to_the_finest_level_with_few_enough_entries(archive, monkeypatch, most):
    spread(archive, apart_s=0)
    scope = archive.scope((), ("open",))
    for engine in (cube, cubing):
        monkeypatch.setattr(engine, "MOST_ENTRIES", most)
    found = answer(scope, chosen(""), zoom=20, cube=True)
    assert sum(found.cube.counts) == sum(found.cube.cells.counts) == PHOTOS
    assert len(found.cube.counts) <= most
    assert len(found.cells) == PHOTOS
    for engine in (cube, cubing):
        monkeypatch.setattr(engine, "MOST_ENTRIES", 40_000)
    if most < PHOTOS:
        finer = answer(scope, chosen(""), zoom=max(0, found.cube.level - 1), cube=True).cube
        assert len(finer.counts) > most


@pytest.mark.django_db
def test_facets_name_the_commonest_fifty_and_count_the_rest(archive, monkeypatch):
    spread(archive)
    monkeypatch.setattr("archive.atlas.facets.MOST_VALUES", 3)
    years = answer(archive.scope((), ("open",)), chosen(""), zoom=0).facets["year"]
    assert len(years.values) == 3
    assert sum(value.n for value in years.values) + years.rest == PHOTOS


@pytest.mark.django_db(transaction=True)
def test_all_queries_of_an_answer_see_one_instant_while_others_write():
    counts = []

    def write() -> None:
        try:
            with transaction.atomic():
                Collection.objects.create(slug="meanwhile", title="Meanwhile")
        finally:
            connection.close()

    with snapshot():
        counts.append(Collection.objects.count())
        writer = threading.Thread(target=write)
        if connection.vendor == "postgresql" or not connection.is_in_memory_db():
            writer.start()
            writer.join()
        counts.append(Collection.objects.count())
    assert counts == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_fails_leaves_no_transaction_behind():
    def fail() -> None:
        with snapshot():
            Collection.objects.count()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with snapshot():
        assert Collection.objects.count() == 0
