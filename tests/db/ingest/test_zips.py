from __future__ import annotations

import io
import stat
import zipfile

import pytest

from archive.catalogue.models import Photo
from archive.ingest import arrivals, recipe, zips
from archive.ingest.models import FileState
from tests.pictures import a_jpeg, a_sidecar


def a_zip(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def outcomes(desk) -> dict[str, tuple[str, str]]:
    return {file.name: (file.state, file.reason) for file in desk.deposit.files.all()}


def test_each_entry_has_its_own_outcome(desk):
    data = a_zip(("walk/a.jpg", a_jpeg()), ("walk/b.jpg", a_jpeg()), ("walk/notes.txt", b"hello"))
    box = desk.take("box.zip", data)
    assert box.state == FileState.UNPACKED
    told = outcomes(desk)
    assert told["box.zip/walk/a.jpg"][0] == told["box.zip/walk/b.jpg"][0] == FileState.STORED
    assert told["box.zip/walk/notes.txt"][0] == FileState.REFUSED
    assert "not taken" in told["box.zip/walk/notes.txt"][1]


def test_sidecars_and_further_files_pair_within_the_archive(desk):
    entries = [("a.xmp", a_sidecar()), ("a_back.jpg", a_jpeg()), ("a.jpg", a_jpeg())]
    desk.take("box.zip", a_zip(*entries))
    roles = Photo.objects.get().files.values_list("role", flat=True)
    assert sorted(roles) == ["back", "primary", "sidecar"]


def test_clutter_of_desktops_is_passed_over(desk):
    desk.take(
        "box.zip", a_zip(("a.jpg", a_jpeg()), ("__MACOSX/._a.jpg", b"x"), (".DS_Store", b"x"), ("d/", b""))
    )
    assert set(outcomes(desk)) == {"box.zip", "box.zip/a.jpg"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../outside.jpg", "leads out"),
        ("/etc/passwd.jpg", "leads out"),
        ("C:\\a.jpg", "leads out"),
        ("a/../../b.jpg", "leads out"),
        ("inner.zip", "archives within archives"),
    ],
)
def test_a_path_or_kind_that_must_not_be_unpacked_is_refused(desk, name, words, tmp_path):
    desk.take("box.zip", a_zip((name, a_jpeg()), ("good.jpg", a_jpeg())))
    told = outcomes(desk)
    assert told.pop("box.zip/good.jpg")[0] == FileState.STORED
    assert told.pop("box.zip")[0] == FileState.UNPACKED
    ((state, reason),) = told.values()
    assert state == FileState.REFUSED
    assert words in reason


def test_a_link_is_refused(desk):
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    desk.take("box.zip", a_zip((link, b"/etc/passwd")))
    assert "link" in outcomes(desk)["box.zip/link.jpg"][1]


def test_an_encrypted_entry_is_refused_with_what_to_do(desk):
    data = bytearray(a_zip(("a.jpg", a_jpeg())))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    desk.take("box.zip", bytes(data))
    assert "without a password" in outcomes(desk)["box.zip/a.jpg"][1]


def test_an_entry_that_grows_as_no_photograph_does_is_refused(desk):
    bomb = a_zip(("bomb.jpg", bytes(20_000_000)), method=zipfile.ZIP_DEFLATED)
    desk.take("box.zip", bomb)
    assert "grows" in outcomes(desk)["box.zip/bomb.jpg"][1]


def test_an_entry_larger_than_a_file_may_be_is_refused(desk, settings):
    settings.MAX_FILE_BYTES = 1000
    desk.take("box.zip", a_zip(("a.jpg", a_jpeg(size=(400, 300)))))
    assert "larger" in outcomes(desk)["box.zip/a.jpg"][1]


def test_an_archive_of_too_many_bytes_is_refused_whole(desk, settings):
    settings.MAX_FILE_BYTES = 400
    desk.take("box.zip", a_zip(*[(f"{n}.jpg", bytes(399)) for n in range(9)]))
    assert outcomes(desk)["box.zip"][0] == FileState.REFUSED
    assert list(outcomes(desk)) == ["box.zip"]


def test_an_archive_of_too_many_entries_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setattr(zips, "MOST_ENTRIES", 3)
    desk.take("box.zip", a_zip(*[(f"{n}.jpg", b"x") for n in range(4)]))
    assert "entries" in outcomes(desk)["box.zip"][1]


@pytest.mark.parametrize("cut", [0.2, 0.9])
def test_half_an_archive_is_refused(desk, cut):
    data = a_zip(("a.jpg", a_jpeg(size=(600, 400))))
    box = desk.take("box.zip", data[: int(len(data) * cut)])
    assert box.state == FileState.REFUSED
    assert "make it again" in box.reason


def test_an_entry_with_a_wrong_checksum_is_refused_and_the_rest_goes_on(desk):
    good, bad = a_jpeg(), a_jpeg(size=(300, 200))
    data = bytearray(a_zip(("bad.jpg", bad), ("good.jpg", good)))
    data[data.find(bad) + 500] ^= 0xFF
    desk.take("box.zip", bytes(data))
    told = outcomes(desk)
    assert told["box.zip/good.jpg"][0] == FileState.STORED
    assert "could not be unpacked" in told["box.zip/bad.jpg"][1]


@pytest.mark.django_db(transaction=True)
def test_unpacking_cut_short_goes_on_where_it_stood(desk, monkeypatch):
    store = arrivals.store
    stored: list[str] = []

    def stopping(**kwargs):
        if len(stored) == 1:
            raise KeyboardInterrupt
        stored.append(kwargs["file"].name)
        store(**kwargs)

    box = desk.bring("box.zip", a_zip(*[(f"{n}.jpg", a_jpeg()) for n in range(3)]))
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "store", stopping)
        with pytest.raises(KeyboardInterrupt):
            recipe.take_in(box.pk)
    desk.finish()
    assert Photo.objects.count() == 3
    assert {state for state, _ in outcomes(desk).values()} == {FileState.STORED, FileState.UNPACKED}


def test_the_same_archive_twice_stores_nothing_new(desk):
    data = a_zip(("a.jpg", a_jpeg()))
    desk.take("box.zip", data)
    desk.take("again.zip", data)
    assert Photo.objects.count() == 1
    assert outcomes(desk)["again.zip/a.jpg"][0] == FileState.DUPLICATE
