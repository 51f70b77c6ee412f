"""/files/<photo>/original: bytes as received, for insiders alone."""

from __future__ import annotations

import hashlib

import pytest

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.models import Role, Visibility
from archive.catalogue.photos import remove_photo
from tests.db.making import a_collection, a_member, a_user
from tests.db.photographs import a_further_file, a_kept_photo, got, original_of

pytestmark = pytest.mark.django_db
NOBODY = "aaaaaaaaaaaaa"


def address(photo, tail=""):
    return f"/files/{photo.public_id}/original{tail}"


@pytest.fixture
def owner():
    return a_user()


@pytest.fixture
def photo(owner):
    return a_kept_photo(a_collection(owner))


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.READER])
def test_a_member_gets_the_original_byte_for_byte(client, photo, role):
    client.force_login(a_member(photo.collection, role))
    answer = got(client, address(photo))
    body = answer.body
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Length"] == str(len(body))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert hashlib.sha256(body).hexdigest() == photo.files.get().sha256


def test_a_stranger_learns_no_more_than_of_a_photo_that_never_was(client, photo):
    closed = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    client.force_login(a_user())
    answers = [got(client, f"/files/{name}/original") for name in (photo.public_id, closed.public_id, NOBODY)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_removed_photo_is_gone_at_once(client, photo, owner):
    client.force_login(owner)
    remove_photo(photo=photo, by=owner.pk)
    assert got(client, address(photo)).status_code == 404


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None)), ("bytes=-5", slice(-5, None))],
)
def test_a_range_is_answered_with_that_part(client, photo, owner, header, part):
    client.force_login(owner)
    whole = original_of(photo)
    answer = got(client, address(photo), headers={"range": header})
    start, _, _ = part.indices(len(whole))
    assert answer.status_code == 206
    assert answer.body == whole[part]
    assert answer["Content-Range"] == f"bytes {start}-{start + len(whole[part]) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(whole[part]))


def test_a_range_behind_the_end_says_how_long_the_file_is(client, photo, owner):
    client.force_login(owner)
    answer = got(client, address(photo), headers={"range": "bytes=999999-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(original_of(photo))}"


@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "items=0-1", "bytes=9-1"])
def test_a_range_that_cannot_be_served_gets_the_whole(client, photo, owner, header):
    client.force_login(owner)
    answer = got(client, address(photo), headers={"range": header})
    assert answer.status_code == 200
    assert answer.body == original_of(photo)


def test_a_download_goes_on_only_with_the_same_file(client, photo, owner):
    client.force_login(owner)
    etag = got(client, address(photo))["ETag"]
    same = got(client, address(photo), headers={"range": "bytes=5-", "if-range": etag})
    other = got(client, address(photo), headers={"range": "bytes=5-", "if-range": '"another"'})
    dated = got(
        client, address(photo), headers={"range": "bytes=5-", "if-range": "Sun, 01 Nov 2026 08:00:00 GMT"}
    )
    assert [answer.status_code for answer in (same, other, dated)] == [206, 200, 200]


def test_who_has_the_file_already_is_sent_nothing(client, photo, owner):
    client.force_login(owner)
    etag = got(client, address(photo))["ETag"]
    answer = got(client, address(photo), headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert answer.body == b""
    assert got(client, address(photo), headers={"if-match": '"another"'}).status_code == 412


def test_head_tells_all_but_sends_nothing(client, photo, owner):
    client.force_login(owner)
    answer = client.head(address(photo), headers={"range": "bytes=0-1"})
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(len(original_of(photo)))
    assert answer["Accept-Ranges"] == "bytes"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("sent", "saved"),
    [
        ("walk.jpg", "walk.jpg"),
        ("folder/walk.JPEG", "walk.JPEG"),
        ("..\\..\\boot.ini", "boot.ini.jpg"),
        ("page.html", "page.html.jpg"),
        ('a"b<c>.jpg', "a_b_c_.jpg"),
        ("line\r\nX-Evil: 1.jpg", "lineX-Evil_ 1.jpg"),
        ("gpj\u202egnp.jpg", "gpjgnp.jpg"),
        ("사진.jpg", "사진.jpg"),
        ("...", None),
        ("x" * 496 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_download_has_a_harmless_name(client, photo, owner, sent, saved):
    photo.files.update(name=sent)
    client.force_login(owner)
    header = got(client, address(photo))["Content-Disposition"]
    saved = saved or f"{photo.public_id}.jpg"
    if saved.isascii():
        assert header == f'attachment; filename="{saved}"'
    else:
        assert header.startswith("attachment; filename*=utf-8''")


def test_further_files_have_their_own_number(client, photo, owner):
    back = a_further_file(photo, Role.BACK)
    client.force_login(owner)
    assert got(client, address(photo, "?file=2"))["ETag"] == f'"{back.sha256}"'
    assert got(client, address(photo, "?file=1"))["ETag"] == got(client, address(photo))["ETag"]


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "", "99999999999999999999", "²"])
def test_a_number_without_a_file_is_not_there(client, photo, owner, number):
    a_further_file(photo)
    client.force_login(owner)
    assert got(client, address(photo), {"file": number}).status_code == 404


def test_bytes_lost_from_the_vault_are_not_there(client, photo, owner):
    vault.delete(photo.files.get().sha256)
    client.force_login(owner)
    assert got(client, address(photo)).status_code == 404


def test_nginx_is_handed_the_file_when_it_stands_in_front(client, photo, owner, settings):
    settings.ACCEL = True
    client.force_login(owner)
    answer = got(client, address(photo))
    digest = photo.files.get().sha256
    assert answer["X-Accel-Redirect"] == f"/-/vault/originals/{digest[:2]}/{digest[2:4]}/{digest}"
    assert answer["Content-Disposition"] == 'attachment; filename="picture.jpg"'
    assert answer.body == b""


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_originals_are_only_read(client, photo, owner, method):
    client.force_login(owner)
    assert getattr(client, method)(address(photo)).status_code == 405
