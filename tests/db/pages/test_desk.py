"""/desk/…: pins, notes, saved searches, and the lists one froze. All of it is for its owner alone."""

from __future__ import annotations

import html

import pytest

from archive.catalogue.collections import edit_collection
from archive.catalogue.models import Visibility
from archive.catalogue.photos import edit_photo, remove_photo
from archive.desk import pins, saved
from archive.desk.models import Pin, SavedSearch
from archive.pages.desk import searches
from tests.db.making import a_collection, a_photo, a_user
from tests.db.pages.reading import page_of as photo_page
from tests.db.pages.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = a_user("reader")
    client.force_login(user)
    return user


@pytest.fixture
def walk():
    return a_collection(slug="walk", title="Coast walk")


@pytest.fixture
def photo(walk):
    photo = a_photo(walk)
    edit_photo(photo=photo, by=None, title="Ferry landing")
    return photo


def page_of(client, address="/desk/", status=200):
    answer = client.get(address)
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    "path", ["", "searches/", "searches/new", "lists/", "pins.csv", "pins/a/", "searches/a/open"]
)
def test_a_stranger_is_asked_to_log_in(client, path):
    answer = client.get(f"/desk/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/desk/")


def test_strangers_have_no_pin_on_a_photo(client, photo):
    assert "your desk" not in photo_page(client, photo)


def test_an_empty_desk_says_how_to_fill_it(client, reader):
    assert "Nothing is pinned yet" in page_of(client)
    assert "No search is saved yet" in page_of(client, "/desk/searches/")
    assert "You have frozen no view yet" in page_of(client, "/desk/lists/")


def test_a_photo_is_pinned_noted_and_found_without_a_script(client, reader, photo):
    here = f"/photos/{photo.public_id}/"
    assert "Pin to your desk" in photo_page(client, photo)
    assert (
        client.post(f"{here}pin", {"next": f"{here}?collection=walk"})["Location"]
        == f"{here}?collection=walk"
    )
    client.post(f"/desk/pins/{photo.public_id}/", {"note": "look *again* <script>", "next": here})
    shown = photo_page(client, photo)
    assert "<em>again</em>" in shown
    page = page_of(client, "/desk/?q=again&order=noted")
    assert "Ferry landing" in page
    assert "look <em>again</em> <script>" in page  # unescaped by page_of: it was text
    assert "No pinned photo has these words" in page_of(client, "/desk/?q=nothing")


def test_htmx_gets_the_pin_alone(client, reader, photo):
    here = f"/photos/{photo.public_id}/"
    answer = client.post(f"{here}pin", {"next": here}, headers={"HX-Request": "true"})
    assert answer.content.decode().startswith('<section class="photo-pin"')


def test_nobody_reads_the_note_of_another(client, reader, photo):
    pins.annotate(pin=pins.pin(user=reader, photo=photo), note="xylophone")
    saved.save_search(user=reader, name="xylophone", query="")
    for someone in (a_user(), a_user(is_superuser=True, is_staff=True)):
        client.force_login(someone)
        for answer in (photo_page(client, photo), page_of(client), page_of(client, "/desk/?q=xylophone")):
            assert "xylophone</p>" not in answer
        assert client.get(f"/desk/pins/{photo.public_id}/").status_code == 404
        for verb in ("remove", "restore"):
            assert client.post(f"/desk/pins/{photo.public_id}/{verb}").status_code == 404
        assert b"xylophone" not in b"".join(client.get("/desk/pins.csv").streaming_content)
    assert b"xylophone" not in client.get(f"/admin/auth/user/{reader.pk}/delete/").content


@pytest.mark.parametrize("way", ["closed", "removed"])
def test_the_note_of_a_photo_that_is_gone_is_kept_and_the_photo_not_named(client, reader, walk, photo, way):
    pins.annotate(pin=pins.pin(user=reader, photo=photo), note="my *thought*")
    if way == "closed":
        edit_collection(collection=walk, visibility=Visibility.PRIVATE)
    else:
        remove_photo(photo=photo, by=None)
    page = page_of(client)
    assert "No longer open to you" in page
    assert "<em>thought</em>" in page
    assert "Ferry" not in page
    assert "Ferry" not in page_of(client, f"/desk/pins/{photo.public_id}/")
    table = b"".join(client.get("/desk/pins.csv").streaming_content).decode()
    assert "my *thought*" in table
    assert "Ferry" not in table
    client.post(f"/desk/pins/{photo.public_id}/", {"note": "changed"})
    assert Pin.objects.get().note == "changed"


def test_a_note_too_long_keeps_the_typing(client, reader, photo):
    pins.pin(user=reader, photo=photo)
    answer = client.post(f"/desk/pins/{photo.public_id}/", {"note": "x" * 20_001})
    assert answer.status_code == 400
    assert "x" * 20_001 in answer.content.decode()
    assert "Your typing is kept." in answer.content.decode()


def test_taking_off_can_be_undone(client, reader, photo):
    pins.annotate(pin=pins.pin(user=reader, photo=photo), note="kept")
    client.post(f"/desk/pins/{photo.public_id}/remove")
    page = page_of(client)
    assert f'action="/desk/pins/{photo.public_id}/restore"' in page
    client.post(f"/desk/pins/{photo.public_id}/restore")
    assert "kept" in page_of(client)


def test_nobody_is_led_elsewhere_by_next(client, reader, photo):
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = client.post(f"/photos/{photo.public_id}/pin", {"next": wanted})
        assert answer["Location"] == "/desk/"


def test_a_note_is_no_formula_in_a_spreadsheet(client, reader, photo):
    pins.annotate(pin=pins.pin(user=reader, photo=photo), note="=1+1")
    assert ",'=1+1," in b"".join(client.get("/desk/pins.csv").streaming_content).decode()


def test_a_search_is_saved_counted_opened_renamed_and_removed(client, reader, walk, photo):
    assert "collection walk" in page_of(client, "/desk/searches/new?collection=walk")
    client.post("/desk/searches/new?collection=walk", {"name": "Walks"})
    search = SavedSearch.objects.get()
    a_photo(walk)
    page = words_of(page_of(client, "/desk/searches/"))
    assert "2 photos · 1 new since you opened it" in page
    opened = client.get(f"/desk/searches/{search.public_id}/open")
    assert opened["Location"] == "/?collection=walk"
    assert "2 photos · nothing new" in words_of(page_of(client, "/desk/searches/"))
    answer = client.post(f"/desk/searches/{search.public_id}/rename", {"name": " "})
    assert answer.status_code == 400
    client.post(f"/desk/searches/{search.public_id}/rename", {"name": "Better"})
    assert "Better" in page_of(client, "/desk/searches/")
    client.post(f"/desk/searches/{search.public_id}/remove")
    page = page_of(client, "/desk/searches/")
    assert "“Better” is removed." in page
    client.post(f"/desk/searches/{search.public_id}/restore")
    assert saved.searches_of(reader).get().name == "Better"


def test_the_searches_of_others_are_unknown(client, reader):
    search = saved.save_search(user=a_user(), name="Theirs", query="")
    assert "Theirs" not in page_of(client, "/desk/searches/")
    assert client.get(f"/desk/searches/{search.public_id}/open").status_code == 404
    assert client.get(f"/desk/searches/{search.public_id}/count").status_code == 404
    for verb in ("rename", "remove", "restore"):
        assert client.post(f"/desk/searches/{search.public_id}/{verb}").status_code == 404


def test_counting_never_keeps_the_page_waiting(client, reader, photo, monkeypatch):
    monkeypatch.setattr(searches, "AT_ONCE_S", 0)
    search = saved.save_search(user=reader, name="One", query="")
    asked = f"/desk/searches/{search.public_id}/count"
    assert f'hx-get="{asked}"' in page_of(client, "/desk/searches/")
    assert "1 photo" in page_of(client, asked)


def test_a_search_that_nobody_can_read_any_more_says_so(client, reader):
    saved.save_search(user=reader, name="Old", query="bbox=nonsense")
    assert "cannot be read any more" in page_of(client, "/desk/searches/")


def test_the_pages_cost_a_bounded_number_of_queries(client, reader, walk, django_assert_max_num_queries):
    for number in range(5):
        pins.pin(user=reader, photo=a_photo(walk))
        saved.save_search(user=reader, name=f"search {number}", query="collection=walk")
    with django_assert_max_num_queries(16):
        page_of(client)
    with django_assert_max_num_queries(10 + 5 * 12):
        page_of(client, "/desk/searches/")
