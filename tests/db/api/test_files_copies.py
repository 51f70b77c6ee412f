"""/files/<photo>/<size>.jpg: copies without metadata, for everyone who may see the photo."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.files import copy_version
from archive.catalogue.models import Role, Visibility
from tests.db.making import a_collection, a_member, a_user
from tests.db.photographs import BLUE, RED, a_further_file, a_kept_photo, got

pytestmark = pytest.mark.django_db


def copy_of(client, photo, size=256, **query):
    answer = got(client, f"/files/{photo.public_id}/{size}.jpg", query)
    assert answer.status_code == 200
    return answer, Image.open(io.BytesIO(answer.body))


def nearly(colour, other):
    return all(abs(one - two) < 25 for one, two in zip(colour, other, strict=True))


def test_a_copy_holds_the_picture_and_not_a_word_of_metadata(client):
    photo = a_kept_photo(a_collection(), size=(600, 400))
    answer, picture = copy_of(client, photo)
    assert answer["Content-Type"] == "image/jpeg"
    assert picture.size == (256, 171)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_copy_is_never_larger_than_the_picture(client):
    _, picture = copy_of(client, a_kept_photo(a_collection()), 1600)
    assert picture.size == (64, 48)


def test_a_copy_stands_upright(client):
    """Orientation 6 asks for a quarter turn clockwise: what was left below comes left above."""
    photo = a_kept_photo(a_collection(), size=(64, 48), orientation=6)
    _, picture = copy_of(client, photo)
    assert picture.size == (48, 64)
    assert nearly(picture.getpixel((6, 6)), BLUE)
    assert nearly(picture.getpixel((42, 6)), RED)


def test_a_copy_that_was_deleted_is_made_again(client):
    photo = a_kept_photo(a_collection())
    copy_of(client, photo)
    vault.derivative_path(photo.files.get().sha256, 256).unlink()
    copy_of(client, photo)


@pytest.mark.parametrize("size", [0, 1, 255, 512, 4096, 99999999])
def test_there_are_two_sizes(client, size):
    photo = a_kept_photo(a_collection())
    assert got(client, f"/files/{photo.public_id}/{size}.jpg").status_code == 404


def test_a_private_copy_is_for_members(client):
    photo = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    address = f"/files/{photo.public_id}/256.jpg"
    stranger, never = got(client, address), got(client, "/files/aaaaaaaaaaaaa/256.jpg")
    assert stranger.status_code == 404
    assert (stranger.content, dict(stranger.headers)) == (never.content, dict(never.headers))
    client.force_login(a_user())
    assert got(client, address).status_code == 404
    client.force_login(a_member(photo.collection, MemberRole.READER))
    assert got(client, address).status_code == 200


def test_shared_caches_keep_public_copies_only(client):
    public = a_kept_photo(a_collection())
    private = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    client.force_login(a_member(private.collection, MemberRole.READER))
    for photo, start in ((public, "public"), (private, "private")):
        plain, _ = copy_of(client, photo)
        named, _ = copy_of(client, photo, v=copy_version(photo.files.get()))
        assert plain["Cache-Control"] == f"{start}, max-age=3600"
        assert named["Cache-Control"].startswith(f"{start}, max-age=31536000")
        assert named["Cache-Control"].endswith("immutable")
        assert "Cookie" in named["Vary"]


def test_a_shared_cache_asks_hourly_whether_the_photo_is_still_public(client):
    photo = a_kept_photo(a_collection())
    named, _ = copy_of(client, photo, v=copy_version(photo.files.get()))
    assert "s-maxage=3600" in named["Cache-Control"]


def test_an_old_version_is_not_kept_for_good(client):
    plain, _ = copy_of(client, a_kept_photo(a_collection()), v="old")
    assert "immutable" not in plain["Cache-Control"]


def test_who_has_the_copy_already_is_sent_nothing(client):
    photo = a_kept_photo(a_collection())
    first, _ = copy_of(client, photo)
    again = got(client, f"/files/{photo.public_id}/256.jpg", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_back_of_a_print_has_copies_too_but_a_sidecar_has_none(client):
    photo = a_kept_photo(a_collection())
    a_further_file(photo, Role.BACK)
    a_further_file(photo, Role.SIDECAR, "picture.xmp")
    _, back = copy_of(client, photo, file=2)
    assert back.size == (80, 40)
    assert got(client, f"/files/{photo.public_id}/256.jpg?file=3").status_code == 404


def test_a_copy_costs_few_queries(client, django_assert_max_num_queries):
    photo = a_kept_photo(a_collection())
    copy_of(client, photo)
    with django_assert_max_num_queries(2):
        copy_of(client, photo)
    client.force_login(a_member(photo.collection, MemberRole.READER))
    with django_assert_max_num_queries(4):
        copy_of(client, photo)
