"""Each route of the studio, for everybody who may and may not come in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from archive.access.members import revoke
from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.ingest.models import Deposit
from tests.db.making import a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db

OWNER, CURATOR, CONTRIBUTOR, READER = (
    MemberRole.OWNER,
    MemberRole.CURATOR,
    MemberRole.CONTRIBUTOR,
    MemberRole.READER,
)
EVERY_ROLE = [OWNER, CURATOR, MemberRole.REVIEWER, CONTRIBUTOR, READER]
PAGES = {  # route -> who may open it
    "studio-collection": EVERY_ROLE,
    "studio-upload": [OWNER, CURATOR, CONTRIBUTOR],
    "studio-edit-collection": [OWNER],
    "studio-members": [OWNER],
    "studio-photo": [OWNER, CURATOR],
    "studio-remove-photo": [OWNER, CURATOR],
}
POSTS = {
    "studio-remove-member": [OWNER],
    "studio-undo": [OWNER, CURATOR],
}


def address(route: str, photo) -> str:
    key = photo.public_id if "photo" in route or route == "studio-undo" else photo.collection.slug
    return reverse(route, args=[key])


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("route", PAGES)
@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_member_opens_what_the_role_allows_and_is_told_why_not(route, role):
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    answer = browser_of(a_member(photo.collection, role)).get(address(route, photo))
    assert answer.status_code == (200 if role in PAGES[route] else 403)


@pytest.mark.parametrize("route", POSTS)
@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_member_changes_only_what_the_role_allows(route, role):
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    answer = browser_of(a_member(photo.collection, role)).post(address(route, photo), {"username": "nobody"})
    expected = {"studio-undo": 302, "studio-remove-member": 404}[route]
    assert answer.status_code == (expected if role in POSTS[route] else 403)


@pytest.mark.parametrize("route", [*PAGES, *POSTS])
def test_a_private_collection_does_not_exist_for_other_accounts(route):
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    client = browser_of(a_user())
    assert client.get(address(route, photo)).status_code in {404, 405}
    assert client.post(address(route, photo)).status_code == 404


@pytest.mark.parametrize("route", PAGES)
def test_a_public_collection_is_closed_to_accounts_without_a_role(route):
    photo = a_photo(a_collection(visibility=Visibility.PUBLIC))
    assert browser_of(a_user()).get(address(route, photo)).status_code == 403


@pytest.mark.parametrize("route", [*PAGES, *POSTS])
def test_a_stranger_is_asked_to_log_in_whether_the_thing_exists_or_not(client, route):
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    real, invented = address(route, photo), address(route, photo).replace(photo.public_id, "a" * 13)
    for url in (real, invented):
        assert client.get(url).headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("route", ["studio", "studio-new-collection", "studio-ask-date", "studio-ask-towns"])
def test_a_stranger_is_asked_to_log_in_on_the_general_pages(client, route):
    assert client.get(reverse(route)).headers["Location"].startswith(reverse("login"))


def test_an_administrator_opens_everything_without_a_membership():
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    client = browser_of(a_user(is_superuser=True))
    assert [client.get(address(route, photo)).status_code for route in PAGES] == [200] * len(PAGES)


@pytest.mark.parametrize("route", ["studio-deposit", "studio-deposit-summary"])
def test_an_upload_belongs_to_its_depositor_alone(route):
    collection = a_collection()
    depositor, other = a_member(collection, CONTRIBUTOR), a_member(collection, OWNER)
    url = reverse(route, args=[Deposit.objects.create(collection=collection, user=depositor).public_id])
    assert browser_of(depositor).get(url).status_code == 200
    assert browser_of(other).get(url).status_code == 404


def test_an_upload_vanishes_with_the_right_to_see_its_collection():
    collection = a_collection(visibility=Visibility.PRIVATE)
    depositor = a_member(collection, CONTRIBUTOR)
    url = reverse(
        "studio-deposit", args=[Deposit.objects.create(collection=collection, user=depositor).public_id]
    )
    revoke(user=depositor, collection=collection)
    assert browser_of(depositor).get(url).status_code == 404


def test_founding_a_collection_needs_a_role_somewhere():
    url = reverse("studio-new-collection")
    assert browser_of(a_member(a_collection(), READER)).get(url).status_code == 403
    assert browser_of(a_member(a_collection(), CURATOR)).get(url).status_code == 200
