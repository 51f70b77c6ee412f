from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from archive.catalogue.errors import FieldError, StaleError
from archive.catalogue.models import Change, File, IndexRow, Photo, Revision, Role, SearchWords
from archive.catalogue.photos import (
    add_file,
    add_photo,
    edit_photo,
    read_again,
    remove_photo,
    revert_field,
    stored_reading,
    undo,
)
from archive.custody.chain import verify_chains
from archive.custody.models import CustodyEvent
from tests.db.making import a_collection, a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db


def test_texts_are_taken_from_what_the_file_says():
    photo = a_photo(title="Harbour", keywords=("boats", "rain"))
    assert photo.title == "Harbour"
    assert photo.keywords == ["boats", "rain"]
    assert photo.creator == ""


def test_every_change_keeps_who_when_before_and_after():
    photo, user = a_photo(caption="old"), a_user()
    edit_photo(photo=photo, by=user.pk, caption="new", title="T")
    revisions = {revision.field: revision for revision in Revision.objects.filter(photo=photo)}
    assert revisions["caption"].before == "old"
    assert revisions["caption"].after == "new"
    assert revisions["caption"].by == user
    assert revisions["title"].before == ""


def test_a_value_that_does_not_change_leaves_no_trace():
    photo = a_photo(caption="same")
    changes = Change.objects.count()
    assert edit_photo(photo=photo, by=None, caption="same ") == []
    assert Change.objects.count() == changes


def test_a_field_goes_back_to_what_the_file_says():
    photo = a_photo(caption="from the file")
    edit_photo(photo=photo, by=None, caption="typed")
    revert_field(photo=photo, field="caption", by=None)
    photo.refresh_from_db()
    assert photo.caption == "from the file"
    assert Revision.objects.filter(photo=photo).count() == 2


def test_a_change_can_be_undone_unless_another_followed():
    photo = a_photo(caption="first")
    (revision,) = edit_photo(photo=photo, by=None, caption="second")
    undo(revision=revision, by=None)
    photo.refresh_from_db()
    assert photo.caption == "first"
    (revision,) = edit_photo(photo=photo, by=None, caption="third")
    edit_photo(photo=photo, by=None, caption="fourth")
    with pytest.raises(StaleError):
        undo(revision=revision, by=None)


def test_two_editors_of_one_field_do_not_overwrite_each_other_unseen():
    photo = a_photo(caption="seen by both")
    edit_photo(photo=photo, by=None, caption="the first to save")
    with pytest.raises(StaleError, match="somebody else"):
        edit_photo(photo=photo, by=None, expected={"caption": "seen by both"}, caption="the second")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "x" * 301, "301 characters"),
        ("rights_uri", "javascript:alert(1)", "https://"),
        ("rights_uri", "http://[", "https://"),
        ("keywords", "not a list", "list"),
        ("keywords", ["x" * 101], "characters"),
        ("settled_place", {}, "no field"),
        ("title", None, "text"),
    ],
)
def test_an_unfit_value_is_refused_with_what_to_do(field, value, message):
    photo = a_photo(title="kept")
    with pytest.raises(FieldError, match=message):
        edit_photo(photo=photo, by=None, **{field: value})
    photo.refresh_from_db()
    assert photo.title == "kept"


def test_one_collection_holds_the_same_bytes_once():
    photo = a_photo()
    same = a_reading(sha256=photo.files.get().sha256)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_photo(collection=photo.collection, reading=same, name="again.jpg", by=None)
    add_photo(collection=a_collection(), reading=same, name="elsewhere.jpg", by=None)


def test_a_photo_holds_further_files_with_a_role():
    photo = a_photo()
    add_file(photo=photo, reading=a_reading(), name="back.jpg", role=Role.BACK, by=None)
    assert {file.role for file in photo.files.all()} == {"primary", "back"}
    with pytest.raises(IntegrityError), transaction.atomic():
        add_file(photo=photo, reading=a_reading(), name="second.jpg", role=Role.PRIMARY, by=None)


def test_a_new_reading_changes_only_texts_that_nobody_edited():
    photo = a_photo(title="old title", caption="old caption")
    edit_photo(photo=photo, by=None, caption="typed")
    read_again(file=photo.files.get(), reading=a_reading(title="new title", caption="new caption"))
    photo.refresh_from_db()
    assert photo.title == "new title"
    assert photo.caption == "typed"


def test_custody_records_reception_and_changes_without_personal_text():
    photo, user = a_photo(), a_user()
    edit_photo(photo=photo, by=user.pk, caption="a secret name")
    events = CustodyEvent.objects.filter(chain=photo.public_id)
    assert [event.kind for event in events] == ["received", "field_changed"]
    assert events[1].actor == f"user:{user.pk}"
    assert "a secret name" not in str([event.detail for event in events])
    assert list(verify_chains(photo.public_id)) == []


def test_a_removed_photo_leaves_its_chain_and_frees_bytes_nobody_else_uses():
    photo = a_photo()
    shared = photo.files.get().sha256
    other, _, _ = add_photo(
        collection=a_collection(), reading=a_reading(sha256=shared), name="same.jpg", by=None
    )
    extra = add_file(photo=photo, reading=a_reading(), name="back.jpg", role=Role.BACK, by=None).sha256
    chain, number = photo.public_id, photo.pk
    assert remove_photo(photo=photo, by=None) == [extra]
    assert not IndexRow.objects.filter(ref=chain).exists()
    assert Photo.objects.get() == other
    assert Change.objects.last().photo_id == number
    assert File.objects.count() == 1
    assert CustodyEvent.objects.filter(chain=chain).last().kind == "removed"


def test_text_that_postgresql_cannot_hold_is_marked_and_not_lost():
    reading = a_reading(caption="a\x00b\ud800c")
    assert stored_reading(reading)["caption"] == "a\ufffdb\ufffdc"
    assert a_photo(reading=reading).caption == "a\ufffdb\ufffdc"


def test_search_words_follow_an_edit_in_the_same_transaction():
    photo = a_photo(caption="harbour")
    edit_photo(photo=photo, by=None, caption="lighthouse")
    assert "lighthouse" in SearchWords.objects.get(photo=photo).words
    assert "harbour" not in SearchWords.objects.get(photo=photo).words
