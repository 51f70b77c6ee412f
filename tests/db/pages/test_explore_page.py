"""/ as the server renders it: counts, chips, cards and steps without any script."""

from __future__ import annotations

import html
import json
import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.pages.exploring.build import explore_page
from archive.pages.exploring.context import ExplorePage
from archive.values.place import Place
from tests.db.making import STRANGER, a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db

HERE = Place(54.5, -3.5, 20.0)
THEN = datetime(2019, 6, 12, 10, 30)


def shown(client, query="", status=200):
    answer = client.get(f"/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def found(pattern, page):
    match = re.search(pattern, page)
    assert match, pattern
    return match[1]


def headline(page):
    return found(r'<h1 class="headline-count">(.*?)</h1>', page)


def test_the_headline_counts_what_has_no_date_or_location_within_the_total(client):
    town = a_collection()
    a_photo(town, place=HERE, taken=THEN)
    a_photo(town, place=HERE)
    a_photo(town)
    page = shown(client)
    assert headline(page) == "3 photos"
    assert "2 without a date</a>" in page
    assert "1 without a location</a>" in page


def test_with_dates_and_an_area_the_missing_are_counted_beside_the_total(client):
    town = a_collection()
    a_photo(town, place=HERE, taken=THEN)
    a_photo(town, place=HERE)
    a_photo(town, taken=THEN)
    page = shown(client, "?from=2019&to=2019&bbox=-4,54,-3,55")
    assert headline(page) == "1 photo"
    assert "1 more match but have no date · " in page
    assert "1 more match but have no location · " in page


def test_every_step_offered_leads_to_a_view_with_as_many_photos_as_it_says(client):
    town = a_collection()
    for _ in range(2):
        a_photo(town, place=HERE)
    a_photo(town, taken=THEN)
    page = shown(client)
    steps = re.findall(r'<a href="([^"]*un(?:dated|placed)=1)"[^>]*>(\d+) without', page)
    assert len(steps) == 2
    for address, n in steps:
        assert headline(shown(client, address.lstrip("/"))) == ("1 photo" if n == "1" else f"{n} photos")


def test_a_stranger_counts_less_than_a_member_and_sees_no_private_words(client):
    closed = a_collection(visibility=Visibility.PRIVATE, title="Sealed letters")
    a_photo(closed, place=HERE, title="The hidden quay")
    a_photo(a_collection(), place=HERE)
    page = shown(client)
    assert headline(page) == "1 photo"
    assert "Sealed letters" not in page
    assert "hidden quay" not in page
    client.force_login(a_member(closed, MemberRole.READER))
    assert headline(shown(client)) == "2 photos"


def test_a_chip_removes_its_own_filter_and_keeps_the_rest(client):
    for slug in ("quay", "mill"):
        a_photo(a_collection(slug=slug, title=slug.capitalize()), taken=THEN)
    page = shown(client, "?collection=quay&collection=mill&from=2019")
    address = found(r'href="([^"]*)"[^>]*aria-label="Remove Collection: Quay"', page)
    assert address == "/?from=2019&collection=mill"


def test_a_card_carries_its_data_and_the_view_it_was_found_in(client):
    photo = a_photo(a_collection(slug="quay"), place=HERE, taken=THEN, title='Quay "north" <old>')
    raw = client.get("/?collection=quay").content.decode()
    data = json.loads(html.unescape(found(r'data-card="([^"]*)"', raw)))
    assert data["id"] == photo.public_id
    assert data["title"] == 'Quay "north" <old>'
    assert f'href="/photos/{photo.public_id}/?collection=quay"' in raw
    assert "<old>" not in raw


def test_pages_follow_one_another_without_script(client):
    town = a_collection()
    for _ in range(61):
        a_photo(town, taken=THEN)
    first = shown(client)
    assert first.count("<article") == 60
    following = found(r'<a class="button" href="(/\?after=[^"]+)">More photos', first)
    assert shown(client, following.lstrip("/")).count("<article") == 1


@pytest.mark.parametrize("query", ["?from=yesterday", "?bbox=1,2", "?after=nonsense", "?undated=1&from=2019"])
def test_an_address_that_cannot_be_read_is_answered_with_everything_and_the_reason(client, query):
    a_photo(taken=THEN)
    page = shown(client, query, status=400)
    assert "This address could not be read" in page
    assert headline(page) == "1 photo"


def test_an_empty_archive_says_how_to_widen(client):
    assert "No photo matches all of this." in shown(client, "?q=zeppelin")


def test_where_few_photos_have_a_location_the_grid_leads(client):
    town = a_collection()
    for _ in range(9):
        a_photo(town)
    assert 'data-lead="grid"' in shown(client)
    for _ in range(9):
        a_photo(town, place=HERE)
    assert 'data-lead="map"' in shown(client)


def test_the_page_asks_the_same_number_of_questions_for_few_and_many_photos(
    client, django_assert_max_num_queries
):
    town = a_collection()
    for _ in range(40):
        a_photo(town, place=HERE, taken=THEN)
    with django_assert_max_num_queries(20):
        client.get("/")


def test_the_page_travels_compressed(client):
    for _ in range(20):
        a_photo(taken=THEN)
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 4


def test_the_page_holds_no_script_or_style_of_its_own(client):
    a_photo(a_collection(), place=HERE, taken=THEN)
    page = client.get("/").content.decode()
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in one or "application/json" in one for one in scripts)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_nothing_in_the_context_is_unused_and_a_misspelt_name_fails(rf: RequestFactory):
    request = rf.get("/")
    request.user = STRANGER
    assert isinstance(explore_page(request, ""), ExplorePage)
    folder = Path(settings.BASE_DIR) / "templates" / "explore"
    text = " ".join(file.read_text() for file in folder.glob("*.html"))
    unused = [one.name for one in fields(ExplorePage) if not re.search(rf"\b{one.name}\b", text)]
    assert unused == []
    with pytest.raises(AssertionError, match="hedline"):
        engines["django"].from_string("{{ hedline.total }}").render({"headline": 1})


def test_the_studio_is_named_only_to_those_who_may_upload(client):
    town = a_collection()
    assert ">Manage</a>" not in shown(client)
    client.force_login(a_member(town, MemberRole.READER))
    assert ">Manage</a>" not in shown(client)
    client.force_login(a_member(town, MemberRole.CONTRIBUTOR))
    assert ">Manage</a>" in shown(client)
    client.force_login(a_user(is_superuser=True))
    assert ">Manage</a>" in shown(client)
