from __future__ import annotations

import io
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from archive import vault
from archive.access import rights
from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.checks import nearness
from archive.checks.devices import take_place_in_order
from archive.checks.fingerprints import alike, take
from archive.checks.models import Finding, Fingerprint, Outcome
from archive.checks.nearness import NearIndex
from archive.checks.run import check_photo
from archive.checks.told import current_findings
from archive.evidence.appearances import record_appearance
from archive.values.readership import Readership
from tests.db.making import STRANGER, a_collection, a_member, a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db

LOOK, OTHER_LOOK = 0x0F0F_3C3C_5A5A_1122, -0x1234_5678_0000_4321


def looks(photo, perceptual, confirming=77):
    """Give a photo hashes without a picture; as ingest does, before it is checked."""
    Fingerprint.objects.filter(photo=photo).delete()
    Fingerprint.objects.create(
        photo=photo, collection_id=photo.collection_id, perceptual=perceptual, confirming=confirming
    )
    return photo


def checked(*photos):
    for photo in photos:
        check_photo(photo)


def copies_told(photo, viewer=None):
    """The copies a viewer is told of, and in which words."""
    seen = None if viewer is None else rights.visible(viewer)
    told = current_findings(photo, list(Readership), seen=seen)
    return {(each.other, each.sentence) for each in told if each.code == "duplicates" and each.other}


def others(photo, viewer=None):
    return {other for other, _sentence in copies_told(photo, viewer)}


def a_scene(seed=3, size=(480, 360)):
    rough = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC)


def kept(picture, quality, collection=None):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    stored = vault.put(io.BytesIO(out.getvalue()))
    return a_photo(collection or a_collection(), a_reading(sha256=stored.sha256))


def test_a_smaller_re_encoded_copy_is_found_and_another_picture_is_not():
    one = kept(a_scene(), 92)
    small = kept(a_scene(size=(240, 180)), 40)
    stranger = kept(a_scene(seed=9), 92)
    for photo in (one, small, stranger):
        take(photo.pk)
    assert [each.photo for each in alike(one.pk)] == [small.pk]
    assert alike(stranger.pk) == ()


def test_a_picture_without_features_is_like_no_other():
    plain = [kept(Image.new("RGB", (300, 200), shade), 90) for shade in ("navy", "black")]
    for photo in plain:
        take(photo.pk)
        assert Fingerprint.objects.get(photo=photo).perceptual is None
        assert alike(photo.pk) == ()


def test_hashes_are_taken_once_and_keep_the_place_in_the_device_order():
    photo = kept(a_scene(), 92)
    take_place_in_order(photo.pk)
    take(photo.pk)
    row = Fingerprint.objects.get(photo=photo)
    take(photo.pk)
    assert Fingerprint.objects.get(photo=photo).pk == row.pk
    assert row.perceptual is not None


def test_the_second_hash_must_agree():
    one, other = looks(a_photo(), LOOK, 0), looks(a_photo(), LOOK, 0xFFFF)
    assert alike(one.pk) == ()
    assert alike(other.pk) == ()


@pytest.mark.parametrize(("bits", "found"), [(10, True), (11, False)])
def test_up_to_ten_bits_are_near(bits, found):
    one, other = looks(a_photo(), LOOK), looks(a_photo(), LOOK ^ (2**bits - 1))
    assert bool(alike(one.pk)) is found
    assert bool(alike(other.pk)) is found


def test_the_sign_bit_is_a_bit_like_any_other():
    one = looks(a_photo(), LOOK)
    other = looks(a_photo(), LOOK - 2**63)
    assert [each.bits for each in alike(one.pk)] == [1]
    assert [each.bits for each in alike(other.pk)] == [1]


def test_the_same_bytes_in_two_collections_are_copies_of_each_other():
    reading = a_reading()
    one, other = a_photo(reading=reading), a_photo(reading=reading)
    checked(one, other)
    (told,) = copies_told(one, a_user(is_superuser=True))
    assert told[0] == other.public_id
    assert "byte for byte" in told[1]


def test_a_copy_that_comes_later_is_told_at_the_earlier_photo_too():
    one = looks(a_photo(), LOOK)
    checked(one)
    other = looks(a_photo(), LOOK ^ 3)
    checked(other)
    root = a_user(is_superuser=True)
    assert others(one, root) == {other.public_id}
    assert others(other, root) == {one.public_id}


def test_a_removed_copy_is_told_no_more():
    one, other = looks(a_photo(), LOOK), looks(a_photo(), LOOK)
    checked(one, other)
    other.delete()
    checked(one)
    assert others(one, a_user(is_superuser=True)) == set()


def test_a_copy_is_named_only_to_those_who_may_see_both():
    hidden = a_collection(visibility=Visibility.PRIVATE)
    public, secret = looks(a_photo(), LOOK), looks(a_photo(hidden), LOOK)
    checked(public, secret)
    assert others(public, STRANGER) == set()
    assert others(public, a_user()) == set()
    assert others(public, a_member(public.collection, MemberRole.CURATOR)) == set()
    assert others(public, a_member(hidden, MemberRole.READER)) == {secret.public_id}
    assert others(public) == set(), "who does not say what the reader sees is told of no other collection"


def test_a_hidden_copy_changes_nothing_that_a_stranger_is_told():
    alone, public = looks(a_photo(), OTHER_LOOK), looks(a_photo(), LOOK)
    checked(alone, public)
    secret = looks(a_photo(a_collection(visibility=Visibility.PRIVATE)), LOOK)
    before = current_findings(public, [Readership.PUBLIC], seen=rights.visible(STRANGER))
    checked(secret, public)
    after = current_findings(public, [Readership.PUBLIC], seen=rights.visible(STRANGER))
    assert after == before
    mine = [each for each in after if each.code == "duplicates"]
    assert [each.sentence for each in mine] == [
        each.sentence
        for each in current_findings(alone, [Readership.PUBLIC], seen=rights.visible(STRANGER))
        if each.code == "duplicates"
    ]


def published(photo, day, readership=Readership.PUBLIC):
    owner = a_member(photo.collection, MemberRole.OWNER)
    return record_appearance(
        target=photo, by=owner, url="https://example.org/1", posted=day, readership=readership
    )


def test_a_copy_published_before_the_stated_date_does_not_fit():
    collection = a_collection()
    dated = looks(a_photo(collection, taken=datetime(2019, 6, 12, 10)), LOOK)
    copy = looks(a_photo(collection), LOOK)
    published(copy, "2018-05-01", Readership.MEMBERS)
    checked(dated, copy)
    (finding,) = Finding.objects.filter(
        photo=dated, check_code="duplicates", outcome=Outcome.DOES_NOT_FIT, replaced_at=None
    )
    assert finding.other == copy
    assert finding.readership == Readership.MEMBERS.value
    assert all("published" not in said for _other, said in copies_told(dated) if "64 bits" in said)


def test_an_appearance_recorded_later_is_told_at_the_copies_too():
    collection = a_collection()
    dated = looks(a_photo(collection, taken=datetime(2019, 6, 12, 10)), LOOK)
    copy = looks(a_photo(collection), LOOK)
    checked(dated, copy)
    published(copy, "2018-05-01")
    checked(copy)
    assert any("was published by 2018-05-01" in said for _other, said in copies_told(dated))


def test_the_photo_page_names_a_copy_in_another_collection_to_those_who_may_see_it(client):
    hidden = a_collection(visibility=Visibility.PRIVATE)
    public, secret = looks(a_photo(), LOOK), looks(a_photo(hidden), LOOK)
    checked(public, secret)
    address = f"/photos/{public.public_id}/"
    assert secret.public_id not in client.get(address).content.decode()
    client.force_login(a_member(hidden, MemberRole.READER))
    assert secret.public_id in client.get(address).content.decode()


def test_a_row_written_late_under_an_early_number_is_found():
    index = NearIndex()
    late = looks(a_photo(), LOOK)
    row = Fingerprint.objects.get(photo=late)
    Fingerprint.objects.filter(pk=row.pk).delete()
    first = looks(a_photo(), OTHER_LOOK)
    assert index.near(OTHER_LOOK, 0, most=5) == [first.pk]
    row.save(force_insert=True)
    assert index.near(LOOK, 0, most=5) == [late.pk]


def test_the_index_grows_in_steps_and_begins_anew_when_rows_are_gone(monkeypatch):
    monkeypatch.setattr(nearness, "_CHUNK", 3)
    monkeypatch.setattr(nearness, "OVERLAP", 2)
    monkeypatch.setattr(nearness, "_FIRST_ROOM", 4)
    index = NearIndex()
    photos = [looks(a_photo(), LOOK + number) for number in range(5)]
    assert index.near(LOOK, 0, most=9) == [photos[0].pk]
    photos += [looks(a_photo(), LOOK + number) for number in range(5, 11)]
    assert set(index.near(LOOK, 64, most=99)) == {photo.pk for photo in photos}
    assert index.near(LOOK, 64, most=2) == [photos[0].pk, min(photos[1].pk, photos[2].pk)]
    Fingerprint.objects.filter(photo__in=photos[4:]).delete()
    assert set(index.near(LOOK, 64, most=99)) == {photo.pk for photo in photos[:4]}
