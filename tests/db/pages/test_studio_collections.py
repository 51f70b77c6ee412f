from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.access.members import grant
from archive.access.models import MemberRole, Membership
from archive.access.rights import visible
from archive.catalogue.models import Collection, Visibility
from archive.ingest.models import Deposit, DepositFile, FileState
from archive.values.place import Place
from tests.db.making import STRANGER, a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(**changes: str) -> dict[str, str]:
    return {
        "title": "Border flights",
        "slug": "",
        "visibility": "private",
        "largest_public_px": "4096",
    } | changes


def test_the_home_page_counts_what_waits_in_each_collection(django_assert_max_num_queries):
    collection = a_collection(slug="coast", title="Coastal walk")
    curator = a_member(collection, MemberRole.CURATOR)
    a_photo(collection, place=Place(39, 125))
    a_photo(collection)
    deposit = Deposit.objects.create(collection=collection, user=curator)
    states = (FileState.WAITING, FileState.REFUSED, FileState.REFUSED, FileState.UPLOADING)
    for number, state in enumerate(states):
        DepositFile.objects.create(deposit=deposit, name=f"{number}.jpg", byte_count=1, state=state)
    client = logged_in(curator)
    with django_assert_max_num_queries(21):
        page = client.get(reverse("studio"))
    (line,) = page.context["lines"]
    assert (line.photos, line.unplaced, line.undated, line.waiting, line.refused) == (2, 1, 2, 1, 2)
    assert page.context["deposits"][0].unsent == 1


def test_the_number_of_queries_does_not_grow_with_the_collections():
    user = a_user()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            logged_in(user).get(reverse("studio"))
        return len(caught)

    a_collection(user)
    few = queries()
    for _ in range(5):
        a_collection(user)
    assert queries() == few


def test_an_account_without_a_role_reads_how_to_get_one():
    page = logged_in(a_user("ada")).get(reverse("studio"))
    assert "You are not a member of any collection" in page.content.decode()
    assert "ada" in page.content.decode()


def test_a_collection_is_founded_with_an_address_made_from_its_title():
    founder = a_member(a_collection(), MemberRole.OWNER)
    answer = logged_in(founder).post(reverse("studio-new-collection"), filled(title="Drönare över gränsen"))
    made = Collection.objects.get(slug="dronare-over-gransen")
    assert answer.headers["Location"] == reverse("studio-upload", args=[made.slug])
    assert Membership.objects.get(collection=made).role == MemberRole.OWNER
    assert not made.open_to_public


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"title": ""}, "title", "required"),
        ({"title": "국경"}, "slug", "no letters"),
        ({"slug": "Nice Address"}, "slug", "valid"),
        ({"slug": "taken"}, "slug", "taken"),
        ({"rights": "own"}, "rights_own", "Write the address"),
        ({"rights": "own", "rights_own": "javascript:alert(1)"}, "rights_own", "valid"),
        ({"largest_public_px": "7"}, "largest_public_px", "valid choice"),
    ],
)
def test_an_error_names_the_field_and_keeps_what_was_typed(changes, field, says):
    founder = a_user()
    a_collection(founder, slug="taken")
    typed = filled(description="Seven pictures") | changes
    page = logged_in(founder).post(reverse("studio-new-collection"), typed)
    assert says in str(page.context["form"].errors[field])
    assert "Seven pictures" in page.content.decode()


def test_rights_are_chosen_from_known_statements_or_written():
    owner = a_user()
    collection = a_collection(owner)
    url = reverse("studio-edit-collection", args=[collection.slug])
    statement = "http://rightsstatements.org/vocab/NKC/1.0/"
    logged_in(owner).post(url, filled(rights=statement, visibility="public"))
    collection.refresh_from_db()
    assert collection.rights_uri == statement
    own = "https://example.org/rights"
    logged_in(owner).post(url, filled(rights="own", rights_own=own, visibility="public"))
    collection.refresh_from_db()
    assert collection.rights_uri == own
    assert logged_in(owner).get(url).context["form"]["rights"].value() == "own"


def test_making_a_collection_public_is_asked_twice_with_the_number_of_photos():
    owner = a_user()
    collection = a_collection(owner, visibility=Visibility.PRIVATE)
    inside = a_collection(owner, visibility=Visibility.PUBLIC, parent=collection)
    hidden = a_collection(owner, visibility=Visibility.PRIVATE, parent=collection)
    for place in (collection, collection, inside, hidden):
        a_photo(place)
    url = reverse("studio-edit-collection", args=[collection.slug])
    page = logged_in(owner).post(url, filled(visibility="public"))
    assert "3 photos become visible to everybody, in 2 collections" in page.content.decode()
    assert not visible(STRANGER).exists()
    logged_in(owner).post(url, filled(visibility="public", opens="2"))
    assert not visible(STRANGER).exists()
    logged_in(owner).post(url, filled(visibility="public", opens="3"))
    assert visible(STRANGER).count() == 3


def test_a_public_collection_inside_a_private_one_says_that_it_is_private():
    owner = a_user()
    outer = a_collection(owner, visibility=Visibility.PRIVATE, title="Family papers")
    inner = a_collection(owner, visibility=Visibility.PRIVATE, parent=outer)
    url = reverse("studio-edit-collection", args=[inner.slug])
    assert "“Family papers”, which is private" in logged_in(owner).get(url).content.decode()
    answer = logged_in(owner).post(url, filled(visibility="public", parent=str(outer.pk)))
    assert answer.status_code == 302
    inner.refresh_from_db()
    assert not inner.open_to_public


def test_a_parent_that_the_owner_does_not_own_stays_where_it_is():
    outer = a_collection(visibility=Visibility.PRIVATE)
    inner = a_collection(visibility=Visibility.PRIVATE, parent=outer)
    owner = a_member(inner, MemberRole.OWNER)
    client, url = logged_in(owner), reverse("studio-edit-collection", args=[inner.slug])
    assert "parent" not in client.get(url).context["form"].fields
    client.post(url, filled(parent=""))
    inner.refresh_from_db()
    assert inner.parent == outer


def test_an_owner_makes_somebody_a_member_changes_the_role_and_ends_it():
    owner, other = a_user(), a_user("grace")
    collection = a_collection(owner)
    client, url = logged_in(owner), reverse("studio-members", args=[collection.slug])
    for role in ("reader", "curator"):
        client.post(url, {"username": "grace", "role": role})
        assert Membership.objects.get(user=other).role == role
    client.post(reverse("studio-remove-member", args=[collection.slug]), {"username": "grace"})
    assert not Membership.objects.filter(user=other).exists()


def test_the_last_owner_stays_owner():
    owner = a_user("ada")
    collection = a_collection(owner)
    client = logged_in(owner)
    client.post(reverse("studio-members", args=[collection.slug]), {"username": "ada", "role": "reader"})
    client.post(reverse("studio-remove-member", args=[collection.slug]), {"username": "ada"})
    assert Membership.objects.get(user=owner).role == MemberRole.OWNER


def test_an_unknown_name_is_said_to_be_unknown_and_kept():
    owner = a_user()
    collection = a_collection(owner)
    url = reverse("studio-members", args=[collection.slug])
    page = logged_in(owner).post(url, {"username": "gracce", "role": "reader"})
    assert "No account is called “gracce”" in page.content.decode()


def test_the_grid_shows_all_the_unplaced_and_the_undated():
    owner = a_user()
    collection = a_collection(owner)
    placed, unplaced = a_photo(collection, place=Place(1, 2)), a_photo(collection)
    client, url = logged_in(owner), reverse("studio-collection", args=[collection.slug])

    def shown(query: str) -> list[str]:
        return [card.url.split("/")[3] for card in client.get(url + query).context["cards"]]

    assert shown("") == [placed.public_id, unplaced.public_id]
    assert shown("?show=unplaced") == [unplaced.public_id]
    assert len(shown("?show=undated")) == 2
    assert shown("?show=nonsense") == shown("")


def test_the_grid_shows_refused_files_with_their_reasons():
    owner = a_user()
    collection = a_collection(owner)
    deposit = Deposit.objects.create(collection=collection, user=owner)
    DepositFile.objects.create(
        deposit=deposit, name="notes.doc", byte_count=1, state=FileState.REFUSED, reason="Not a picture"
    )
    page = logged_in(owner).get(reverse("studio-collection", args=[collection.slug]), {"show": "refused"})
    assert "notes.doc" in page.content.decode()
    assert "Not a picture" in page.content.decode()


def test_the_grid_of_one_upload_shows_its_photos_alone():
    owner = a_user()
    collection = a_collection(owner)
    photo, _other = a_photo(collection), a_photo(collection)
    deposit = Deposit.objects.create(collection=collection, user=owner)
    DepositFile.objects.create(
        deposit=deposit, name="a.jpg", byte_count=1, state=FileState.STORED, photo=photo
    )
    url = reverse("studio-collection", args=[collection.slug])
    cards = logged_in(owner).get(url, {"deposit": deposit.public_id}).context["cards"]
    assert [photo.public_id in card.url for card in cards] == [True]


def test_the_summary_of_an_upload_names_what_is_left_to_do():
    owner = a_user()
    collection = a_collection(owner)
    deposit = Deposit.objects.create(collection=collection, user=owner)
    for photo in (a_photo(collection), a_photo(collection, place=Place(1, 2))):
        DepositFile.objects.create(
            deposit=deposit, name=photo.public_id, byte_count=1, state=FileState.STORED, photo=photo
        )
    DepositFile.objects.create(
        deposit=deposit, name="b", byte_count=1, state=FileState.DUPLICATE, photo=photo
    )
    page = logged_in(owner).get(reverse("studio-deposit-summary", args=[deposit.public_id])).content.decode()
    assert "2 stored · 1 already here" in page
    assert "1 without a location" in page
    assert "2 without a date" in page


def test_a_reader_sees_the_grid_with_links_to_the_photos_pages():
    collection = a_collection()
    photo = a_photo(collection)
    reader = a_user()
    grant(user=reader, collection=collection, role=MemberRole.READER)
    (card,) = logged_in(reader).get(reverse("studio-collection", args=[collection.slug])).context["cards"]
    assert card.url == reverse("photo", args=[photo.public_id])
