"""What an account keeps for itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.access import rights
from archive.atlas.chosen import added_since
from archive.atlas.named import cards_named, records_named
from archive.catalogue.models import SearchWords, Visibility
from archive.catalogue.photos import edit_photo
from archive.desk import pins, saved
from archive.desk.errors import DeskError, TooManyError
from archive.desk.models import LONGEST_NOTE, Pin, SavedSearch
from archive.desk.pins import Order
from archive.values.selection import Selection
from tests.db.making import STRANGER, a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return a_user("reader")


@pytest.fixture
def walk():
    return a_collection(slug="walk")


def test_a_search_is_kept_once_under_its_name(reader):
    first = saved.save_search(user=reader, name="  Walks \n", query="collection=walk")
    assert first.name == "Walks"
    assert saved.save_search(user=reader, name="Walks", query="collection=walk") == first
    assert saved.search_of(a_user(), first.public_id) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_search_needs_a_name_that_fits(reader, name):
    with pytest.raises(DeskError):
        saved.save_search(user=reader, name=name, query="")


def test_searches_are_bounded(reader, monkeypatch):
    monkeypatch.setattr(saved, "MOST_SEARCHES", 1)
    saved.save_search(user=reader, name="one", query="")
    with pytest.raises(TooManyError):
        saved.save_search(user=reader, name="two", query="")


def test_a_removed_search_comes_back_within_a_day_and_goes_then(reader):
    search = saved.save_search(user=reader, name="one", query="")
    saved.remove(search=search)
    assert not saved.searches_of(reader)
    saved.restore(search=saved.removed_search_of(reader, search.public_id))
    assert saved.searches_of(reader).get() == search
    saved.remove(search=search)
    SavedSearch.objects.update(removed_at=search.removed_at - timedelta(days=2))
    assert saved.removed_search_of(reader, search.public_id) is None
    saved.remove(search=saved.save_search(user=reader, name="two", query=""))
    assert SavedSearch.objects.count() == 1


def test_new_photos_are_those_that_came_after_it_was_opened(reader, walk):
    a_photo(walk)
    search = saved.save_search(user=reader, name="one", query="")
    everyone = rights.scope(STRANGER)
    assert added_since(everyone, Selection(), search.opened_at, most=10) == 0
    for _ in range(3):
        a_photo(walk)
    assert added_since(everyone, Selection(), search.opened_at, most=10) == 3
    assert added_since(everyone, Selection(), search.opened_at, most=2) == 2
    saved.mark_opened(search=search)
    assert added_since(everyone, Selection(), search.opened_at, most=10) == 0


def test_a_note_is_found_by_its_words_whatever_case_and_accents(reader, walk):
    pins.annotate(pin=pins.pin(user=reader, photo=a_photo(walk)), note="Die große Brücke")
    pins.pin(user=reader, photo=a_photo(walk))
    assert pins.pins_of(reader, words="GROSSE brucke").count() == 1
    assert pins.pins_of(reader, words="ferry").count() == 0
    assert pins.pins_of(a_user(), words="grosse").count() == 0


def test_a_pin_is_found_by_the_words_of_a_photo_that_is_still_open(reader, walk):
    photo = a_photo(walk)
    edit_photo(photo=photo, by=None, title="Ferry landing")
    pins.pin(user=reader, photo=photo)
    assert pins.pins_of(reader, words="ferry").count() == 1
    walk.open_to_public = False
    walk.save()
    assert pins.pins_of(reader, words="ferry").count() == 0


def test_no_word_of_a_note_can_be_searched_by_others(reader, walk):
    photo = a_photo(walk)
    pins.annotate(pin=pins.pin(user=reader, photo=photo), note="xylophone")
    edit_photo(photo=photo, by=None, title="Ferry")
    assert not SearchWords.objects.filter(words__contains="xylophone").exists()


def test_pins_are_sorted_as_asked(reader, walk):
    first, second = a_photo(walk), a_photo(walk)
    noted = pins.pin(user=reader, photo=first)
    pins.pin(user=reader, photo=second)
    pins.annotate(pin=noted, note="late")
    in_order = {order: [pin.ref for pin in pins.pins_of(reader, order=order)] for order in Order}
    assert in_order[Order.NEWEST] == [second.public_id, first.public_id]
    assert in_order[Order.OLDEST] == [first.public_id, second.public_id]
    assert in_order[Order.NOTED] == [first.public_id]


def test_a_photo_taken_off_comes_back_with_its_note_within_a_day(reader, walk):
    photo = a_photo(walk)
    pin = pins.pin(user=reader, photo=photo)
    pins.annotate(pin=pin, note="kept")
    pins.unpin(pin=pin)
    assert not pins.pins_of(reader)
    assert pins.pin(user=reader, photo=photo).note == "kept"
    pins.unpin(pin=pin)
    Pin.objects.update(removed_at=pin.removed_at - timedelta(days=2))
    assert pins.removed_pin_of(reader, photo.public_id) is None
    assert pins.pin(user=reader, photo=photo).note == ""


def test_what_is_closed_cannot_be_pinned(reader):
    hidden = a_photo(a_collection(visibility=Visibility.PRIVATE))
    with pytest.raises(DeskError):
        pins.pin(user=reader, photo=hidden)


def test_pins_and_notes_are_bounded(reader, walk, monkeypatch):
    monkeypatch.setattr(pins, "MOST_PINS", 1)
    pin = pins.pin(user=reader, photo=a_photo(walk))
    with pytest.raises(TooManyError):
        pins.pin(user=reader, photo=a_photo(walk))
    with pytest.raises(DeskError, match="20,000 characters"):
        pins.annotate(pin=pin, note="x" * (LONGEST_NOTE + 1))


def test_notes_and_searches_go_with_the_account(reader, walk):
    pins.pin(user=reader, photo=a_photo(walk))
    saved.save_search(user=reader, name="one", query="")
    reader.delete()
    assert not Pin.objects.exists()
    assert not SavedSearch.objects.exists()


def test_named_photos_come_in_the_order_of_their_names_as_far_as_one_may_see_them(walk):
    first, second = a_photo(walk), a_photo(walk)
    hidden = a_photo(a_collection(visibility=Visibility.PRIVATE))
    named = [second.public_id, hidden.public_id, "nowhere", first.public_id]
    everyone = rights.scope(STRANGER)
    assert [card.id for card in cards_named(everyone, named)] == [second.public_id, first.public_id]
    assert [one.id for one in records_named(everyone, named)] == [second.public_id, first.public_id]
