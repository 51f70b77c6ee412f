"""/photos/<id>/: who may read what, and that a hidden photo leaves no trace."""

from __future__ import annotations

import pytest

from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.catalogue.photos import edit_photo, remove_photo
from archive.evidence.claims import claim_place
from archive.values.direction import Direction
from archive.values.place import Place
from tests.db.making import a_collection, a_member, a_user
from tests.db.pages.reading import AREZZO, TAKEN, page_of
from tests.db.photographs import a_kept_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_user("wren.k")


@pytest.fixture
def collection(owner):
    return a_collection(owner, title="Walks")


@pytest.fixture
def photo(collection):
    return a_kept_photo(collection, place=AREZZO, taken=TAKEN, direction=Direction(47.0, "T"))


def test_a_private_photo_looks_as_if_it_never_was(client):
    hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    answers = [client.get(f"/photos/{name}/") for name in (hidden.public_id, "aaaaaaaaaaaaa")]
    assert {answer.status_code for answer in answers} == {404}
    theirs, nobodys = (answer.content.decode() for answer in answers)
    assert theirs.replace(hidden.public_id, "aaaaaaaaaaaaa") == nobodys
    client.force_login(a_user())
    assert client.get(f"/photos/{hidden.public_id}/").status_code == 404


@pytest.mark.parametrize("role", list(MemberRole))
def test_every_member_sees_a_private_photo(client, role):
    hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    client.force_login(a_member(hidden.collection, role))
    assert "Private: only members see it" in page_of(client, hidden)


def test_a_removed_photo_is_gone(client, photo, owner):
    remove_photo(photo=photo, by=owner.pk)
    assert client.get(f"/photos/{photo.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "edits"), [(MemberRole.OWNER, True), (MemberRole.CURATOR, True), (MemberRole.READER, False)]
)
def test_who_may_edit_is_led_to_the_form(client, photo, role, edits):
    client.force_login(a_member(photo.collection, role))
    assert (f"/studio/photos/{photo.public_id}/" in page_of(client, photo)) is edits


def test_strangers_learn_no_names_words_or_originals(client, photo, owner):
    claim_place(photo=photo, by=owner, place=Place(35.0, 129.0), words="my aunt told me")
    edit_photo(photo=photo, by=owner.pk, title="New title")
    photo.files.update(name="wrens-phone.jpg")
    page = page_of(client, photo)
    for secret in ("wren.k", "my aunt told me", "/original", "Changes of the texts"):
        assert secret not in page
    client.force_login(a_member(photo.collection, MemberRole.READER))
    inside = page_of(client, photo)
    for told in ("wren.k", "my aunt told me", "/original", "Changes of the texts", "wrens-phone.jpg"):
        assert told in inside


def test_serial_numbers_are_for_members_wherever_they_stand(client, collection):
    photo = a_kept_photo(
        collection,
        serial="SN-4711-X",
        statements=[
            ("serial", "EXIF BodySerialNumber", "SN-4711-X"),
            ("owner", "EXIF CameraOwnerName", "Ms Owner"),
            ("comment", "EXIF UserComment", "shot with SN-4711-X"),
            ("title", "XMP dc:title", "by Ms Owner"),
            ("lens", "EXIF LensModel", "50 mm"),
        ],
    )
    page = page_of(client, photo)
    assert "SN-4711-X" not in page
    assert "Ms Owner" not in page
    assert "50 mm" in page
    assert "4 statements that could tell one device" in page
    client.force_login(a_member(collection, MemberRole.READER))
    assert "SN-4711-X" in page_of(client, photo)


def test_a_hidden_photo_changes_no_byte_of_a_strangers_page(client, photo):
    addresses = (f"/photos/{photo.public_id}/", "/collections/", f"/collections/{photo.collection.slug}/",
                 f"/iiif/image/{photo.public_id}/info.json")  # fmt: skip
    before = [client.get(address).content for address in addresses]
    hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE), place=AREZZO, taken=TAKEN)
    edit_photo(photo=hidden, by=None, title="Hidden")
    assert [client.get(address).content for address in addresses] == before
