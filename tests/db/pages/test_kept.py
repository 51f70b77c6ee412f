"""/selections/…: freezing a view, and the page of a list for its maker, another account and a stranger."""

from __future__ import annotations

import hashlib
import html
import json
import re

import pytest

from archive.access.models import MemberRole
from archive.catalogue.collections import edit_collection
from archive.catalogue.models import Visibility
from archive.desk import freezing, pace
from archive.desk.models import FrozenSelection
from archive.pages.kept import new
from tests.db.making import a_collection, a_member, a_photo, a_user
from tests.db.pages.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_user("owner")


@pytest.fixture
def walk(owner):
    collection = a_collection(owner, slug="walk", title="Coast walk")
    for _ in range(2):
        a_photo(collection)
    return collection


@pytest.fixture
def box(owner):
    collection = a_collection(owner, slug="box", title="Closed box", visibility=Visibility.PRIVATE)
    a_photo(collection)
    return collection


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def freeze(client, query="", **typed):
    answer = client.post(f"/selections/new?{query}", typed)
    assert answer.status_code == 302, words_of(answer.content.decode())
    return answer["Location"]


def test_a_stranger_freezes_a_view_with_a_plain_form(client, walk, box):
    page = words_of(page_of(client, "/selections/new?collection=walk"))
    assert "2 photos that everybody may see" in page
    assert "collection walk" in page
    address = freeze(client, "collection=walk")
    page = words_of(page_of(client, address))
    made = FrozenSelection.objects.get()
    assert "2 photos. All can still be shown to you." in page
    assert f"SHA-256 {made.sha256}. http://testserver{address}" in page
    assert "find 2 photos, as you may see them" in page
    assert made.query == "collection=walk"


def test_the_downloaded_text_has_the_printed_hash(client, walk):
    address = freeze(client)
    text = client.get(f"{address}ids.txt").content
    assert hashlib.sha256(text).hexdigest() == FrozenSelection.objects.get().sha256
    assert f"curl -s http://testserver{address}ids.txt | sha256sum" in page_of(client, address)


def test_the_files_hold_exactly_these_photos(client, walk, owner):
    address = freeze(client, "collection=walk")
    ids = client.get(f"{address}ids.txt").content.decode().split("\n")
    a_photo(walk)
    table = b"".join(client.get(f"{address}photos.csv").streaming_content).decode()
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == ids
    features = json.loads(b"".join(client.get(f"{address}photos.geojson").streaming_content))["features"]
    assert [one["id"] for one in features] == ids


def test_what_came_in_since_is_counted_beside_the_list(client, walk):
    address = freeze(client)
    a_photo(walk)
    page = words_of(page_of(client, address))
    assert "2 photos. All can still be shown" in page
    assert "find 3 photos" in page


def test_a_closed_photo_is_counted_and_never_named(client, walk, owner):
    other = a_collection(owner, slug="other", title="Other")
    gone = a_photo(other)
    address = freeze(client)
    edit_collection(collection=other, visibility=Visibility.PRIVATE)
    page = page_of(client, address)
    assert "2 of 3 photos can still be shown to you. 1 was removed or closed" in words_of(page)
    refused = client.get(f"{address}ids.txt")
    assert refused.status_code == 403
    assert FrozenSelection.objects.get().sha256 in refused.content.decode()
    table = b"".join(client.get(f"{address}photos.csv").streaming_content).decode()
    for answer in (page, refused.content.decode(), table):
        assert gone.public_id not in answer
    client.force_login(owner)
    assert client.get(f"{address}ids.txt").status_code == 200


def test_filters_that_name_a_closed_collection_are_not_told(client, walk, box):
    address = freeze(client, "collection=box&collection=walk")
    page = page_of(client, address)
    assert "The filters name something that is not open to you" in page
    assert "box" not in page


def test_a_member_freezes_for_everybody_unless_told_otherwise(client, walk, box, owner):
    client.force_login(owner)
    page = words_of(page_of(client, "/selections/new"))
    assert "Only what everybody may see: 2 photos" in page
    assert "For members too: 3 photos." in page
    assert "all of these collections: Closed box, Coast walk" in page
    freeze(client, title="Mine")
    assert FrozenSelection.objects.get().photos == 2


def test_a_list_for_members_is_unknown_to_everybody_else(client, walk, box, owner):
    client.force_login(owner)
    address = freeze(client, "collection=box", readers="members", title="Secret title")
    assert "members of Closed box" in words_of(page_of(client, address))
    client.force_login(a_member(box, MemberRole.READER))
    page_of(client, address)
    client.force_login(a_member(walk, MemberRole.OWNER))
    for tail in ("", "ids.txt", "photos.csv", "photos.geojson"):
        page_of(client, f"{address}{tail}", status=404)
    client.logout()
    theirs = re.sub(r"/selections/\w+/", "", page_of(client, address, status=404))
    assert theirs == re.sub(
        r"/selections/\w+/", "", page_of(client, "/selections/aaaaaaaaaaaaa/", status=404)
    )


def test_what_cannot_be_frozen_keeps_the_typing(client, walk, owner):
    client.force_login(owner)
    answer = client.post("/selections/new?q=nowhere", {"title": "My title"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Nothing is frozen yet." in page
    assert 'value="My title"' in page
    assert page_of(client, "/selections/new?bbox=nonsense", status=400)


def test_a_view_without_photos_offers_nothing_to_freeze(client, walk):
    page = words_of(page_of(client, "/selections/new?q=nowhere"))
    assert "nothing to freeze" in page
    assert "Title, if you like" not in page


def test_places_are_said_in_plain_words_and_as_exactly_as_the_address(client, walk):
    near = words_of(page_of(client, "/selections/new?near=59.3772,28.1903,2000"))
    assert "within 2 km of Narva, Estonia (59.3772, 28.1903)" in near
    sees = words_of(page_of(client, "/selections/new?sees=-33.5,-70.25,900"))
    assert "looking at -33.5, -70.25, from within 900 m" in sees
    area = words_of(page_of(client, "/selections/new?bbox=-9.1234,-1.5,10,2"))
    assert "between 1.5° S, 9.1234° W and 2° N, 10° E" in area


def test_freezing_too_quickly_is_refused_until_later(client, walk, monkeypatch):
    monkeypatch.setattr(pace, "BY_ADDRESS", 1)
    freeze(client)
    answer = client.post("/selections/new?collection=walk", {})
    assert answer.status_code == 429
    assert "Try again in an hour" in answer.content.decode()


def test_a_view_that_no_list_could_hold_is_refused_before_its_photos_are_read(client, walk, monkeypatch):
    monkeypatch.setattr(freezing, "MOST_FROZEN", 1)
    monkeypatch.setattr(new, "ids_of", None)
    answer = client.post("/selections/new?collection=walk", {})
    assert answer.status_code == 400
    assert "more than 1 photos" in answer.content.decode()


def test_behind_our_proxy_the_address_is_the_one_it_wrote_down(client, walk, monkeypatch, settings):
    monkeypatch.setattr(pace, "BY_ADDRESS", 1)
    for trusted, second in ((False, 429), (True, 302)):
        settings.BEHIND_TLS = trusted
        asked = [
            client.post(f"/selections/new?q=&sort={sort}", {}, headers={"X-Forwarded-For": f"6.6.6.6, {who}"})
            for sort, who in ((f"{'-' * trusted}added", "203.0.113.1"), ("-date", "203.0.113.2"))
        ]
        assert asked[1].status_code == second


def test_freezing_needs_the_token_of_the_form(walk):
    from django.test import Client  # noqa: PLC0415 - the one test that needs a strict client

    assert Client(enforce_csrf_checks=True).post("/selections/new").status_code == 403


@pytest.mark.parametrize("act", ["delete", "withdraw"])
def test_a_maker_takes_a_list_back_and_nobody_else(client, walk, owner, act):
    client.force_login(owner)
    address = freeze(client, title="A title")
    client.force_login(a_user())
    assert "Take this list back" not in page_of(client, address)
    client.post(f"{address}end", {"act": act})
    page_of(client, address)
    client.force_login(owner)
    assert "Take this list back" in page_of(client, address)
    assert client.post(f"{address}end", {"act": act, "why": "wrong"})["Location"] == "/desk/lists/"
    client.logout()
    if act == "delete":
        page_of(client, address, status=404)
        return
    page = words_of(page_of(client, address, status=410))
    assert "withdrawn" in page
    assert "“wrong”" in page
    assert "A title" not in page
    for name in ("ids.txt", "photos.csv"):
        assert client.get(f"{address}{name}").status_code == 410


def test_the_cards_are_paged(client, walk, owner):
    for _ in range(50):
        a_photo(walk)
    address = freeze(client)
    first, second = page_of(client, address), page_of(client, f"{address}?page=2")
    assert first.count('class="photo-card"') == 48
    assert second.count('class="photo-card"') == 4
    assert "49 to 52 of 52" in words_of(second)


def test_the_pages_cost_a_bounded_number_of_queries(client, walk, owner, django_assert_max_num_queries):
    for _ in range(10):
        a_photo(walk)
    address = freeze(client, "collection=walk")
    with django_assert_max_num_queries(24):
        page_of(client, address)
    with django_assert_max_num_queries(20):
        page_of(client, "/selections/new?collection=walk")
