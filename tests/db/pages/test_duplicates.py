from __future__ import annotations

import html

import pytest

from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.checks.models import Fingerprint
from archive.checks.run import check_photo
from archive.evidence.appearances import record_appearance
from archive.values.readership import Readership
from tests.db.making import a_collection, a_member, a_photo
from tests.db.pages.reading import words_of

pytestmark = pytest.mark.django_db

LOOK = 0x0123_4567_89AB_CDEF


def alike(collection, bits=0, title=""):
    photo = a_photo(collection, title=title or f"Picture {bits}")
    Fingerprint.objects.filter(photo=photo).delete()
    Fingerprint.objects.create(
        photo=photo, collection=collection, perceptual=LOOK ^ (2**bits - 1), confirming=5
    )
    return photo


def checked(*photos):
    for photo in photos:
        check_photo(photo)


def copies_of(client, photo, status=200):
    answer = client.get(f"/photos/{photo.public_id}/copies/")
    assert answer.status_code == status
    return words_of(html.unescape(answer.content.decode()))


def published(photo, day, **more):
    owner = a_member(photo.collection, MemberRole.OWNER)
    record_appearance(target=photo, by=owner, url="https://example.org/1", posted=day, **more)


def test_copies_stand_side_by_side_with_how_they_were_known(client):
    collection = a_collection(title="Harbour")
    one, other = alike(collection, 0, "The original print"), alike(collection, 4, "A small copy")
    checked(one, other)
    page = copies_of(client, one)
    assert "2 photos that you may see show the same picture" in page
    assert "The original print" in page
    assert "A small copy" in page
    assert "the same picture: 4 and 0 of 64 bits differ" in page
    assert "No appearance elsewhere is recorded for any of them" in page


def test_the_earliest_appearance_of_the_cluster_is_named_and_marked_once(client):
    collection = a_collection()
    one, early, late = alike(collection, 0), alike(collection, 1), alike(collection, 2)
    published(early, "2011-03-04", platform="First Board")
    published(late, "2015-06-07", platform="Second Board")
    checked(one, early, late)
    page = copies_of(client, one)
    assert "Earliest known appearance: 4 March 2011, First Board" in page
    assert page.count("earliest appearance") == 1
    assert page.index("Picture 0") < page.index("First Board")
    assert page.index("4 March 2011") < page.index("Second Board")


def test_a_copy_in_a_collection_one_may_not_see_is_neither_shown_nor_counted(client):
    hidden = a_collection(visibility=Visibility.PRIVATE, title="Secret papers")
    public, secret = alike(a_collection()), alike(hidden, 2, "A secret print")
    published(secret, "2001-01-01", platform="Inner Board")
    alone = alike(a_collection())
    Fingerprint.objects.filter(photo=alone).update(perceptual=~LOOK)
    checked(public, secret, alone)
    seen = copies_of(client, public)
    assert "secret" not in seen.casefold()
    assert "Inner Board" not in seen
    assert "No copy that you may see" in seen
    assert seen.replace(public.collection.title, "") == copies_of(client, alone).replace(
        alone.collection.title, ""
    )
    client.force_login(a_member(hidden, MemberRole.READER))
    page = copies_of(client, public)
    assert "A secret print" in page
    assert "Earliest known appearance: 1 January 2001, Inner Board" in page


def test_an_appearance_for_members_is_not_told_to_others(client):
    collection = a_collection()
    one, other = alike(collection, 0), alike(collection, 2)
    published(other, "2001-01-01", platform="Inner Board", readership=Readership.MEMBERS)
    checked(one, other)
    assert "Inner Board" not in copies_of(client, one)
    client.force_login(a_member(collection, MemberRole.READER))
    assert "Inner Board" in copies_of(client, one)


def test_the_copies_of_a_photo_one_may_not_see_are_not_found(client):
    collection = a_collection(visibility=Visibility.PRIVATE)
    photo = alike(collection)
    checked(photo)
    copies_of(client, photo, status=404)
    client.force_login(a_member(collection, MemberRole.READER))
    copies_of(client, photo)


def test_a_photo_nobody_compared_yet_says_so(client):
    assert "has not been compared with the others yet" in copies_of(client, a_photo())


def test_a_cluster_costs_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    collection = a_collection()
    photos = [alike(collection, bits) for bits in range(8)]
    checked(*photos)
    with django_assert_max_num_queries(24):
        copies_of(client, photos[0])
