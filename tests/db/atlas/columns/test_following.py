"""An edit is seen by the next request; what was rolled back never was."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from archive.access.rights import scope
from archive.atlas.columns import asking, building, following, log, overlay, store
from archive.catalogue import changes
from archive.catalogue.collections import edit_collection
from archive.catalogue.models import Photo, Visibility
from archive.catalogue.photos import edit_photo, remove_photo
from archive.evidence.claims import claim_place
from archive.values.place import Place
from archive.values.selection import Selection
from archive.values.settled import Facet
from tests.db.atlas.columns.seeing import Filling, held, shown
from tests.db.making import STRANGER, a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db


def changed(filling: Filling, photo: Photo) -> None:
    filling.fill(photo)
    changes.note(photo)


def remove(photo: Photo) -> None:
    changes.note(photo)
    photo.delete()


@pytest.mark.parametrize(("seed", "recent"), [(0, 500), (1, 4)])
def test_after_any_edits_removals_and_rollbacks_the_view_is_that_of_a_new_build(
    built, monkeypatch, seed, recent
):
    monkeypatch.setattr(overlay, "MOST_RECENT", recent)
    filling = Filling(seed)
    photos = filling.photos(15)
    changes.note(photos[0])
    built()
    pick = random.Random(seed)
    for _ in range(10):
        with transaction.atomic():
            for photo in pick.sample(photos, 2):
                changed(filling, photo)
            if pick.random() < 0.3:
                remove(pick.choice(photos))
            if pick.random() < 0.3:
                changed(filling, filling.photos(1)[0])
            if pick.random() < 0.5:
                following.view()
            transaction.set_rollback(pick.random() < 0.4)
        photos = list(Photo.objects.all())
        view, anew = following.view(), building.in_memory()
        assert shown(view) == shown(anew) == held()
        assert (view.revision, view.public_revision) == (anew.revision, anew.public_revision)
    assert any(piece.hidden.size for piece in following.view().pieces)


def found(words: str) -> int:
    return asking.answer(following.view(), scope(STRANGER), Selection(words=words), zoom=2).total


def test_words_that_were_rolled_back_are_not_remembered(built):
    photo = a_photo(a_collection(), title="harbour")
    built()
    with transaction.atomic():
        edit_photo(photo=photo, by=None, title="lighthouse")
        assert (found("lighthouse"), found("harbour")) == (1, 0)
        transaction.set_rollback(True)
    assert (found("lighthouse"), found("harbour")) == (0, 1)


def test_edits_by_the_verbs_are_seen_at_once(built):
    photo = a_photo(a_collection())
    built()
    claim_place(photo=photo, by=a_user(), place=Place(51.5, 7.5, 30.0), facet=Facet.CAMERA_PLACE)
    assert shown(following.view()) == held()
    assert 51.5 in shown(following.view())[0]
    edit_photo(photo=photo, by=None, rights_uri="https://creativecommons.org/licenses/by/4.0/")
    assert shown(following.view()) == held()


def test_a_removed_photo_vanishes(built):
    stays, goes = a_photo(), a_photo()
    built()
    remove_photo(photo=goes, by=None)
    assert {row[2] for row in shown(following.view())} == {stays.pk}


def test_rights_of_a_collection_reach_all_its_photos(built):
    collection = a_collection()
    photos = [a_photo(collection) for _ in range(3)]
    built()
    edit_collection(collection=collection, rights_uri="https://example.org/rights")
    view = following.view()
    assert shown(view) == held()
    assert view.profiles.licence.max() > 0
    assert len(photos) == sum(piece.hidden.size for piece in view.pieces)


def test_without_a_change_the_view_is_the_same_for_one_query(built, django_assert_num_queries):
    a_photo()
    built()
    first = following.view()
    with django_assert_num_queries(1):
        assert following.view() is first


def test_what_strangers_cannot_see_does_not_change_their_revision(built):
    hidden = a_photo(a_collection(visibility=Visibility.PRIVATE))
    seen = a_photo(a_collection())
    built()
    before = following.view()
    changes.note(hidden)
    after = following.view()
    assert (before.revision != after.revision, before.public_revision == after.public_revision) == (
        True,
        True,
    )
    changes.note(seen)
    assert following.view().public_revision != after.public_revision


@pytest.mark.parametrize("edited", [{"visibility": Visibility.PRIVATE}, {"title": "Another"}])
def test_opening_or_naming_a_collection_changes_the_revision_of_strangers(built, edited):
    collection = a_collection()
    a_photo(collection)
    built()
    before = following.view()
    edit_collection(collection=collection, **edited)
    after = following.view()
    assert before.public_revision != after.public_revision
    assert [piece.number for piece in before.pieces] == [piece.number for piece in after.pieces]


def test_revisions_tell_neither_how_many_changes_there_were_nor_each_other(built):
    photo = a_photo()
    built()
    view = following.view()
    assert view.revision != view.public_revision
    assert not view.revision.isdigit()
    changes.note(photo)
    assert len({view.revision, following.view().revision, building.in_memory().revision}) == 2


def test_too_many_changes_are_left_to_sql_until_the_next_build(built, monkeypatch):
    photos = [a_photo() for _ in range(4)]
    built()
    monkeypatch.setattr(log, "MOST", 3)
    for photo in photos[:3]:
        changes.note(photo)
    assert following.view() is not None
    changes.note(photos[3])
    changes.note(photos[3])
    assert following.view() is None
    built()
    assert shown(following.view()) == held()


def test_the_file_of_another_state_of_the_database_is_never_used(built):
    photo = a_photo()
    with transaction.atomic():
        changes.note(photo)
        built()
        assert following.view() is not None
        transaction.set_rollback(True)
    assert following.view() is None
    changes.note(photo)
    assert following.view() is None


def test_without_a_file_and_with_a_torn_one_sql_answers(built, caplog):
    a_photo()
    assert following.view() is None
    built()
    assert following.view() is not None
    whole = store.path().read_bytes()
    store.path().with_suffix(".new").write_bytes(whole[:-10])
    store.path().with_suffix(".new").replace(store.path())
    assert following.view() is None
    assert "torn" in caplog.text


def test_a_reader_keeps_the_old_file_when_a_new_one_takes_its_place(built):
    a_photo()
    built()
    old = following.view()
    before = shown(old)
    a_photo()
    built()
    assert len(shown(following.view())) == 2 * len(before)
    assert shown(old) == before


def test_whoever_chose_sql_gets_sql(built, settings):
    a_photo()
    built()
    settings.ATLAS = "sql"
    assert following.view() is None
    assert following.engine() == "sql"


def test_a_new_build_takes_up_the_changes_made_since(built, django_assert_num_queries):
    photos = [a_photo() for _ in range(3)]
    built()
    changes.note(photos[0])
    following.view()
    built()
    with CaptureQueriesContext(transaction.get_connection()) as queries:
        view = following.view()
    assert len(queries) == 1
    assert not any(piece.hidden.size for piece in view.pieces)
