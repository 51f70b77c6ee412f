"""/collections/ and /collections/<slug>/: what each viewer finds there."""

from __future__ import annotations

import html
import re
from datetime import datetime

import pytest

from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.values.place import Place
from tests.db.making import a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


def page_of(client, address="/collections/", status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def owner():
    return a_user("owner")


@pytest.fixture
def walk(owner):
    collection = a_collection(
        owner,
        title="Coast walk",
        slug="walk",
        description="Along the *coast*.",
        provenance="Given by <b>the walker</b> in 2020.",
        rights_uri="https://creativecommons.org/licenses/by/4.0/",
    )
    a_photo(collection, place=Place(43.4, 11.8), taken=datetime(2019, 6, 12, 10, 0, 0))
    a_photo(collection, taken=datetime(2019, 6, 13, 10, 0, 0))
    a_photo(collection)
    return collection


def test_with_nothing_to_see_the_list_says_what_to_do(client):
    a_collection(visibility=Visibility.PRIVATE, title="Hidden drawer")
    page = page_of(client)
    assert "No collection is open to you yet." in page
    assert "Hidden drawer" not in page


def test_a_card_tells_title_words_and_count(client, walk):
    page = page_of(client)
    assert "Coast walk" in page
    assert "3 photos" in page
    assert page.count("/256.jpg") == 3


def test_a_private_collection_is_listed_for_members_with_a_lock(client, owner):
    drawer = a_collection(owner, visibility=Visibility.PRIVATE, title="Drawer")
    client.force_login(a_user())
    assert "Drawer" not in page_of(client)
    client.force_login(a_member(drawer, MemberRole.READER))
    page = page_of(client)
    assert "Drawer" in page
    assert "Private: only members see it" in page


def test_who_may_found_collections_is_led_there(client, owner, walk):
    assert "New collection" not in page_of(client)
    client.force_login(owner)
    assert "/studio/new-collection/" in page_of(client)


def test_the_page_tells_provenance_rights_and_how_to_cite(client, walk):
    page = page_of(client, "/collections/walk/")
    assert "<em>coast</em>" in page
    assert "Given by <b>the walker</b> in 2020." in page
    assert "CC BY 4.0" in page
    assert "Coast walk. Collection of photographs. Whence, http://testserver/collections/walk/" in page


def test_what_owners_type_is_never_markup(client, walk):
    raw = client.get("/collections/walk/").content.decode()
    assert "<b>" not in raw


def test_counts_lead_to_the_photos_they_count(client, walk):
    page = page_of(client, "/collections/walk/")
    assert "3 photos" in page
    assert re.search(r'href="/\?collection=walk&undated=1">1 without a date', page)
    assert re.search(r'href="/\?collection=walk&unplaced=1">2 without a location', page)


def test_photos_are_in_order_of_date_and_carry_the_view(client, walk):
    page = page_of(client, "/collections/walk/")
    shown = re.findall(r'href="/photos/([a-z2-7]{13})/\?collection=walk"', page)
    dated = list(walk.photos.order_by("pk").values_list("public_id", flat=True))
    assert shown == dated


@pytest.mark.parametrize(
    ("role", "uploads", "edits"),
    [
        (MemberRole.OWNER, True, True),
        (MemberRole.CURATOR, True, False),
        (MemberRole.CONTRIBUTOR, True, False),
        (MemberRole.READER, False, False),
    ],
)
def test_buttons_are_for_those_who_may(client, walk, role, uploads, edits):
    client.force_login(a_member(walk, role))
    page = page_of(client, "/collections/walk/")
    assert ("/studio/collections/walk/upload/" in page) is uploads
    assert ("/studio/collections/walk/edit/" in page) is edits


def test_a_private_collection_looks_as_if_it_never_was(client):
    hidden = a_collection(visibility=Visibility.PRIVATE, slug="drawer")
    a_photo(hidden)
    theirs = page_of(client, "/collections/drawer/", status=404).replace("drawer", "nothing")
    assert theirs == page_of(client, "/collections/nothing/", status=404)
    client.force_login(a_member(hidden, MemberRole.READER))
    assert "1 photo" in page_of(client, "/collections/drawer/")


def test_collections_within_are_shown_as_far_as_one_may_see_them(client, owner, walk):
    a_collection(owner, title="Open half", parent=walk)
    closed = a_collection(owner, title="Closed half", parent=walk, visibility=Visibility.PRIVATE)
    page = page_of(client, "/collections/walk/")
    assert "Open half" in page
    assert "Closed half" not in page
    client.force_login(a_member(closed, MemberRole.READER))
    assert "Closed half" in page_of(client, "/collections/walk/")


def test_a_hidden_parent_is_not_named(client, owner):
    drawer = a_collection(owner, title="Secret drawer", visibility=Visibility.PRIVATE)
    inner = a_collection(owner, title="Inner", slug="inner", parent=drawer)
    client.force_login(a_member(inner, MemberRole.READER))
    assert "Secret drawer" not in page_of(client, "/collections/inner/")


def test_an_empty_collection_says_so(client, owner):
    a_collection(owner, slug="empty")
    assert "No photos here yet." in page_of(client, "/collections/empty/")
    client.force_login(owner)
    assert "Drop a folder of photographs" in page_of(client, "/collections/empty/")


def test_the_list_is_paged(client, owner):
    for number in range(65):
        a_collection(owner, title=f"Number {number:03d}")
    first, second = page_of(client), page_of(client, "/collections/?page=2")
    assert "Number 059" in first
    assert "Number 060" not in first
    assert "Number 064" in second
    assert "Number 059" in page_of(client, "/collections/?page=nonsense")


def test_the_pages_cost_a_bounded_number_of_queries(client, owner, walk, django_assert_max_num_queries):
    for number in range(10):
        a_photo(a_collection(owner, title=f"Part {number}", parent=walk))
    with django_assert_max_num_queries(4):
        page_of(client)
    with django_assert_max_num_queries(24):
        page_of(client, "/collections/walk/")
    client.force_login(owner)
    with django_assert_max_num_queries(14):
        page_of(client)
    with django_assert_max_num_queries(30):
        page_of(client, "/collections/walk/")
