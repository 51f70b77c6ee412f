"""The file holds what the index holds."""

from __future__ import annotations

import numpy as np
import pytest

from archive.atlas.columns import building, following, raw, store
from archive.atlas.columns.rows import Dense, Ordered
from archive.catalogue.models import Audience, IndexRow
from tests.db.atlas.columns.seeing import Filling, held, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_the_file_shows_what_the_index_holds(built, seed):
    Filling(seed).photos(40)
    built()
    assert shown(following.view()) == held() != []


def test_an_empty_archive_has_an_empty_file(built):
    built()
    assert following.view().pieces == ()


def test_what_is_read_in_small_chunks_is_the_same(built, monkeypatch):
    Filling(5).photos(40)
    monkeypatch.setattr(raw, "CHUNK", 7)
    built()
    assert shown(following.view()) == held()


def test_a_reading_that_stops_early_leaves_a_connection_that_works(monkeypatch):
    Filling(5).photos(20)
    monkeypatch.setattr(raw, "CHUNK", 7)
    rows = raw.all_rows()
    assert len(next(rows)) >= 7
    rows.close()
    assert sum(len(chunk) for chunk in raw.all_rows()) == IndexRow.objects.count()


def test_rows_that_are_equal_for_both_audiences_are_stored_once(built):
    filling = Filling(1)
    photos = filling.photos(30)
    built()
    pieces = {(piece.for_public, piece.for_inside): piece for piece in following.view().pieces}
    both = {int(photo) for photo in [*pieces[True, True].single.photo, *pieces[True, True].several.photo]}

    def rows(photo, audience):
        columns = [f.attname for f in IndexRow._meta.concrete_fields if f.name not in {"id", "audience"}]
        return list(
            IndexRow.objects.filter(photo=photo, audience=audience).order_by("part").values_list(*columns)
        )

    alike = {photo.pk for photo in photos if rows(photo, Audience.PUBLIC) == rows(photo, Audience.INSIDE)}
    assert both == alike
    assert 0 < len(alike) < 30


def test_rows_are_sorted_by_key_then_photo_then_part(built):
    Filling(2).photos(60)
    built()
    for piece in following.view().pieces:
        for rows in (piece.single, piece.several):
            order = list(zip(rows.key.tolist(), rows.photo.tolist(), rows.part.tolist(), strict=True))
            assert order == sorted(order)


@pytest.mark.parametrize(("dense_from", "kinds"), [(0, {Ordered}), (10**9, {Dense, Ordered})])
def test_the_rows_of_photos_are_found_however_they_are_looked_up(built, monkeypatch, dense_from, kinds):
    photos = Filling(3).photos(60)
    monkeypatch.setattr(building, "DENSE_FROM", dense_from)
    built()
    wanted = np.array([photo.pk for photo in photos[::3]] + [10**9, -5], np.int64)
    met = set()
    for piece in following.view().pieces:
        for rows in (piece.single, piece.several):
            met.add(type(rows.lookup))
            assert (
                rows.lookup.positions(wanted).tolist() == np.flatnonzero(np.isin(rows.photo, wanted)).tolist()
            )
    assert met == kinds


def test_the_memory_view_is_that_of_the_file(built):
    Filling(4).photos(30)
    built()
    there, here = following.view(), building.in_memory()
    assert shown(there) == shown(here)
    assert (there.revision, there.public_revision) == (here.revision, here.public_revision)


def test_the_arrays_of_the_file_cannot_be_written(built):
    Filling(0).photos(5)
    built()
    with pytest.raises(ValueError, match="read-only"):
        store.load(store.path()).pieces[0].single.key[0] = 0
