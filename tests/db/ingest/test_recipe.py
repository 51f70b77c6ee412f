from __future__ import annotations

import pytest

from archive import vault
from archive.catalogue.models import File, IndexRow, Photo, Role
from archive.custody.chain import verify_chains
from archive.custody.models import CustodyEvent
from archive.evidence.models import Claim
from archive.ingest import arrivals, children, recipe, staging
from archive.ingest.models import FileState
from archive.quarantine import Killed
from tests.db.ingest.arriving import Desk, work_through
from tests.db.making import a_collection
from tests.pictures import a_huge_header, a_jpeg, exif_of

TAKEN = "2019:06:12 14:03:05"


def test_a_photograph_is_stored_with_what_it_says(desk):
    data = a_jpeg(exif=exif_of(taken=TAKEN, latitude=51.5, longitude=-0.125))
    file = desk.take("walk/IMG_1.jpg", data)
    assert (file.state, file.reason) == (FileState.STORED, "")
    photo = file.photo
    with vault.open_original(file.sha256) as original:
        assert original.read() == data
    assert photo.settled_place["parts"][0]["latitude"] == pytest.approx(51.5, abs=1e-7)
    assert photo.settled_time["earliest"].startswith("2019-06-12T14:03:05")
    assert all(vault.derivative_path(file.sha256, size).stat().st_size for size in vault.SIZES)
    assert IndexRow.objects.filter(photo=photo).exists()
    assert list(verify_chains(photo.public_id)) == []
    assert not staging.path_of(file).exists()


def test_the_depositor_stands_in_the_custody_chain(desk):
    file = desk.take("a.jpg", a_jpeg())
    first = CustodyEvent.objects.filter(chain=file.photo.public_id).get(sequence=0)
    assert first.actor == f"user:{desk.user.pk}"
    assert first.detail["sha256"] == file.sha256


def test_the_displayed_size_counts_orientation(desk):
    file = desk.take("a.jpg", a_jpeg(size=(120, 80), exif=exif_of(orientation=6)))
    stored = file.photo.files.get()
    assert (stored.width, stored.height) == (80, 120)


def test_the_same_bytes_again_are_a_duplicate_that_names_the_photo(desk):
    data = a_jpeg()
    first = desk.take("a.jpg", data)
    second = desk.take("copy of a.jpg", data)
    assert second.state == FileState.DUPLICATE
    assert second.photo == first.photo
    assert "a.jpg" in second.reason
    assert Photo.objects.count() == 1


def test_the_same_bytes_in_another_collection_are_a_photo_of_their_own(desk):
    data = a_jpeg()
    first = desk.take("a.jpg", data)
    other = a_collection(by=desk.user)
    elsewhere = Desk(other, desk.user, arrivals.open_deposit(collection=other, by=desk.user))
    second = elsewhere.take("a.jpg", data)
    assert second.state == FileState.STORED
    assert second.photo != first.photo
    assert second.sha256 == first.sha256


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.gif", b"GIF89a", "not taken"),
        ("a.NEF", b"II*\x00", "raw"),
        ("a.jpg", b"these are words", "photograph"),
        ("a.jpg", a_jpeg()[:700], "breaks off"),
        ("a.png", a_huge_header(30_000, 30_000), "30000"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_the_rest_goes_on(desk, name, data, words):
    refused = desk.bring(name, data)
    good = desk.take("good.jpg", a_jpeg())
    refused.refresh_from_db()
    assert refused.state == FileState.REFUSED
    assert words in refused.reason
    assert good.state == FileState.STORED
    assert not staging.path_of(refused).exists()
    assert not vault.exists(refused.sha256)


def test_a_full_disk_fails_the_file_and_retrying_stores_it(desk, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(vault, "adopt", _no_room)
        file = desk.take("a.jpg", a_jpeg())
    assert file.state == FileState.FAILED
    assert "make room" in file.reason
    assert Photo.objects.count() == 0
    assert arrivals.retry(deposit=desk.deposit) == 1
    work_through()
    file.refresh_from_db()
    assert (file.state, file.reason) == (FileState.STORED, "")


def test_bytes_that_vanish_from_the_staging_area_ask_to_be_sent_again(desk):
    file = desk.bring("a.jpg", a_jpeg())
    staging.path_of(file).unlink()
    desk.finish()
    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert "upload it again" in file.reason


def test_a_child_killed_from_outside_three_times_fails_the_file(desk, monkeypatch):
    class Doomed:
        def run(self, *_args, **_kwargs):
            raise Killed("the machine ran out of memory")

    with monkeypatch.context() as patched:
        patched.setattr(children, "pool", Doomed)
        file = desk.take("a.jpg", a_jpeg())
    assert file.state == FileState.FAILED
    assert "memory" in file.reason
    assert staging.path_of(file).exists()


def test_an_error_nobody_foresaw_fails_the_file_after_three_starts(desk, monkeypatch):
    starts = []

    def broken(*_args, **_kwargs):
        starts.append(1)
        raise RuntimeError("a bug")

    monkeypatch.setattr(recipe, "add_photo", broken)
    file = desk.take("a.jpg", a_jpeg())
    assert file.state == FileState.FAILED
    assert len(starts) == 3
    assert "server's log" in file.reason


def test_a_cancelled_file_is_left_alone(desk):
    file = desk.bring("a.jpg", a_jpeg())
    assert arrivals.cancel_file(file=file)
    desk.finish()
    file.refresh_from_db()
    assert file.state == FileState.CANCELLED
    assert Photo.objects.count() == 0


class Stopped(BaseException):
    """The process ends here, as after kill -9: nothing is caught, nothing cleaned up."""


@pytest.mark.parametrize(
    "where",
    [
        "recipe.look",
        "recipe.vault.adopt",
        "recipe.add_photo",
        "recipe.propose",
        "recipe.finish",
        "recipe.staging.discard",
    ],
)
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.django_db(transaction=True)
def test_stopped_anywhere_and_started_again_a_file_is_stored_once(desk, monkeypatch, where, after):
    *path, name = where.split(".")
    owner = recipe
    for part in path[1:]:
        owner = getattr(owner, part)
    real = getattr(owner, name)

    def stopping(*args, **kwargs):
        if after:
            real(*args, **kwargs)
        raise Stopped

    file = desk.bring("a.jpg", a_jpeg(exif=exif_of(taken=TAKEN)))
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, stopping)
        with pytest.raises(Stopped):
            recipe.take_in(file.pk)
    recipe.take_in(file.pk)
    recipe.take_in(file.pk)
    file.refresh_from_db()
    assert file.state == FileState.STORED
    assert Photo.objects.count() == File.objects.count() == 1
    assert Claim.objects.filter(facet="time").count() == 1
    assert CustodyEvent.objects.filter(kind="received").count() == 1
    assert vault.check(file.sha256) == file.byte_count


def test_a_further_file_chosen_by_the_depositor_joins_its_photo(desk):
    photo = desk.take("a.jpg", a_jpeg()).photo
    back = desk.take("scan0002.jpg", a_jpeg(), role=Role.BACK, of=photo.public_id)
    assert back.state == FileState.UPDATED
    assert back.photo == photo
    assert sorted(photo.files.values_list("role", flat=True)) == ["back", "primary"]


def test_a_photo_chosen_that_is_gone_refuses_the_file(desk):
    file = desk.take("b.jpg", a_jpeg(), role=Role.BACK, of="nosuchphoto22")
    assert file.state == FileState.REFUSED
    assert "no longer" in file.reason


def _no_room(*_args, **_kwargs):
    raise vault.NoRoom("the archive's disk is full: make room, then try again")
