"""tus 1.0 under /api/deposits/: bytes arrive once, in order, from their owner alone."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import io
from typing import Any

import pytest
from django.test import Client

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.ingest import arrivals, staging, uploads
from archive.ingest.models import Deposit, DepositFile, FileState
from tests.db.ingest.arriving import work_through
from tests.db.making import a_collection, a_member, a_user
from tests.pictures import a_jpeg

pytestmark = pytest.mark.django_db
OCTETS = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def owner():
    return a_user()


@pytest.fixture
def collection(owner):
    return a_collection(by=owner, visibility=Visibility.PRIVATE)


@pytest.fixture
def uploader(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def deposit(uploader, collection):
    answer = uploader.post("/api/deposits/", {"collection": collection.slug}, content_type="application/json")
    assert answer.status_code == 201
    return Deposit.objects.get(public_id=answer.json()["id"])


def metadata(**pairs: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def created(client: Client, deposit: Deposit, length: int, *, data: bytes | None = None, **pairs: str) -> Any:
    pairs = pairs or {"relativePath": "walk/a.jpg"}
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": metadata(**pairs)}
    kind = "text/plain" if data is None else OCTETS
    url = f"/api/deposits/{deposit.public_id}/files/"
    return client.post(url, data or b"", content_type=kind, headers=headers)


def patched(client: Client, url: str, data: bytes, offset: int, **headers: str) -> Any:
    told = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return client.patch(url, data, content_type=OCTETS, headers=told)


def offset_of(client: Client, url: str) -> int:
    answer = client.head(url, headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code == 200
    return int(answer["Upload-Offset"])


def test_a_file_arrives_in_pieces_and_is_stored_byte_for_byte(uploader, deposit):
    data = a_jpeg(size=(400, 300))
    url = created(uploader, deposit, len(data))["Location"]
    for at in range(0, len(data), 1000):
        answer = patched(uploader, url, data[at : at + 1000], at)
        assert (answer.status_code, int(answer["Upload-Offset"])) == (204, min(at + 1000, len(data)))
    work_through()
    file = DepositFile.objects.get()
    assert (file.state, file.name) == (FileState.STORED, "walk/a.jpg")
    with vault.open_original(hashlib.sha256(data).hexdigest()) as original:
        assert original.read() == data


def test_the_whole_file_may_come_with_its_creation(uploader, deposit):
    data = a_jpeg()
    answer = created(uploader, deposit, len(data), data=data)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(data)))
    work_through()
    assert DepositFile.objects.get().state == FileState.STORED


def test_a_reloaded_page_finds_its_file_again(uploader, deposit):
    data = a_jpeg()
    first = created(uploader, deposit, len(data))
    patched(uploader, first["Location"], data[:500], 0)
    again = created(uploader, deposit, len(data))
    assert again["Location"] == first["Location"]
    assert again["Upload-Offset"] == "500"
    assert offset_of(uploader, again["Location"]) == 500
    assert DepositFile.objects.count() == 1


def test_after_a_restart_the_digest_is_made_from_the_disk(uploader, deposit):
    data = a_jpeg()
    url = created(uploader, deposit, len(data))["Location"]
    patched(uploader, url, data[:500], 0)
    uploads._digests._kept.clear()
    patched(uploader, url, data[500:], 500)
    assert DepositFile.objects.get().sha256 == hashlib.sha256(data).hexdigest()


def test_the_last_byte_that_came_as_the_server_died_counts_when_the_client_asks(uploader, deposit):
    data = a_jpeg()
    url = created(uploader, deposit, len(data))["Location"]
    file = DepositFile.objects.get()
    staging.path_of(file).parent.mkdir(parents=True)
    staging.path_of(file).write_bytes(data)
    assert offset_of(uploader, url) == len(data)
    file.refresh_from_db()
    assert (file.state, file.sha256) == (FileState.WAITING, hashlib.sha256(data).hexdigest())


def test_a_wrong_offset_conflicts_and_keeps_what_is_here(uploader, deposit):
    url = created(uploader, deposit, 2000)["Location"]
    patched(uploader, url, b"a" * 500, 0)
    for offset in (0, 400, 501):
        answer = patched(uploader, url, b"b" * 100, offset)
        assert answer.status_code == 409
        assert "500" in answer.json()["error"]
    assert offset_of(uploader, url) == 500


def test_more_than_was_announced_is_refused(uploader, deposit):
    url = created(uploader, deposit, 100)["Location"]
    assert patched(uploader, url, b"a" * 101, 0).status_code == 413
    assert offset_of(uploader, url) == 0


def test_a_second_writer_is_told_to_wait(uploader, deposit):
    url = created(uploader, deposit, 2000)["Location"]
    patched(uploader, url, b"a" * 500, 0)
    with staging.path_of(DepositFile.objects.get()).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert patched(uploader, url, b"b" * 100, 500).status_code == 423
    assert patched(uploader, url, b"b" * 100, 500).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_is_held_against_the_bytes(uploader, deposit, algorithm):
    url = created(uploader, deposit, 2000)["Location"]
    good = base64.b64encode(hashlib.new(algorithm, b"a" * 500).digest()).decode()
    assert patched(uploader, url, b"b" * 500, 0, Upload_Checksum=f"{algorithm} {good}").status_code == 460
    assert offset_of(uploader, url) == 0
    assert patched(uploader, url, b"a" * 500, 0, Upload_Checksum=f"{algorithm} {good}").status_code == 204


@pytest.mark.parametrize("text", ["md5 AAAA", "sha256 not-base64!", "sha256"])
def test_a_checksum_that_cannot_be_understood_is_refused(uploader, deposit, text):
    url = created(uploader, deposit, 2000)["Location"]
    assert patched(uploader, url, b"b", 0, Upload_Checksum=text).status_code in {400, 460}
    assert offset_of(uploader, url) == 0


def test_a_connection_that_breaks_keeps_what_has_arrived(owner, collection):
    deposit = arrivals.open_deposit(collection=collection, by=owner)
    file, _ = uploads.begin(deposit, uploads.Wish("a.jpg", 3000))

    class Torn(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError("gone")
            return super().read(min(size or 0, 700))

    with pytest.raises(ConnectionResetError):
        uploads.append(file, Torn(b"x" * 3000), at=0, length=3000)
    assert uploads.offset(file) == 700
    assert uploads.append(file, io.BytesIO(b"y" * 2300), at=700, length=2300) == 3000
    file.refresh_from_db()
    assert file.sha256 == hashlib.sha256(b"x" * 700 + b"y" * 2300).hexdigest()


def test_termination_cancels_and_the_same_file_may_begin_again(uploader, deposit):
    url = created(uploader, deposit, 2000)["Location"]
    patched(uploader, url, b"a" * 500, 0)
    assert uploader.delete(url, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert not staging.path_of(DepositFile.objects.get()).exists()
    assert uploader.head(url, headers={"Tus-Resumable": "1.0.0"}).status_code == 410
    assert patched(uploader, url, b"a", 500).status_code == 410
    again = created(uploader, deposit, 2000)
    assert (again["Location"], again["Upload-Offset"]) == (url, "0")


def test_what_is_stored_cannot_be_terminated(uploader, deposit):
    data = a_jpeg()
    url = created(uploader, deposit, len(data), data=data)["Location"]
    work_through()
    assert uploader.delete(url, headers={"Tus-Resumable": "1.0.0"}).status_code == 409


@pytest.mark.parametrize(
    ("length", "pairs", "status"),
    [
        (0, {"filename": "a.jpg"}, 400),
        (10, {"filename": ""}, 400),
        (10, {"filename": "../.."}, 400),
        (10, {"filename": "a" * 600 + ".jpg"}, 400),
        (10, {"filename": "a.exe"}, 415),
        (10, {"filename": "a.NEF"}, 415),
        (2**40, {"filename": "a.jpg"}, 413),
        (10, {"filename": "a.jpg", "role": "back"}, 400),
        (10, {"filename": "a.jpg", "role": "hero", "of": "x"}, 400),
        (10, {"filename": "a.jpg", "role": "back", "of": "nosuchphoto22"}, 400),
    ],
)
def test_a_file_that_will_never_be_taken_is_refused_before_a_byte_is_sent(
    uploader, deposit, length, pairs, status
):
    answer = created(uploader, deposit, length, **pairs)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not DepositFile.objects.exists()


def test_a_full_disk_is_said_before_a_byte_is_sent(uploader, deposit, monkeypatch):
    monkeypatch.setattr(staging, "SPARE_BYTES", 2**60)
    answer = created(uploader, deposit, 1000)
    assert answer.status_code == 507
    assert "make room" in answer.json()["error"]


def test_another_version_of_the_protocol_is_refused(uploader, deposit):
    answer = uploader.post(
        f"/api/deposits/{deposit.public_id}/files/",
        content_type="text/plain",
        headers={"Tus-Resumable": "0.2.2"},
    )
    assert answer.status_code == 412


def test_options_tell_what_is_spoken(uploader, deposit, settings):
    answer = uploader.options(f"/api/deposits/{deposit.public_id}/files/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert {"creation", "termination", "checksum"} <= set(answer["Tus-Extension"].split(","))
    assert int(answer["Tus-Max-Size"]) == settings.MAX_FILE_BYTES
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


VERBS = ["head", "patch", "delete", "options"]


def asked(client: Client, verb: str, url: str) -> int:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    extra: dict[str, Any] = {"content_type": OCTETS, "data": b"x"} if verb == "patch" else {}
    status: int = getattr(client, verb)(url, headers=headers, **extra).status_code
    return status


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["stranger", "teammate", "nobody", "former member"])
def test_only_the_depositor_may_touch_an_upload(uploader, deposit, verb, who):
    url = created(uploader, deposit, 2000)["Location"]
    collection = deposit.collection
    other = Client()
    if who == "stranger":
        other.force_login(a_user())
    elif who == "teammate":
        other.force_login(a_member(collection, MemberRole.CURATOR))
    elif who == "former member":
        contributor = a_member(collection, MemberRole.CONTRIBUTOR)
        Deposit.objects.filter(pk=deposit.pk).update(user=contributor)
        contributor.memberships.all().delete()
        other.force_login(contributor)
    assert asked(other, verb, url) == (401 if who == "nobody" else 404)


def test_without_the_csrf_header_nothing_is_written(owner, collection):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    deposit = arrivals.open_deposit(collection=collection, by=owner)
    assert created(client, deposit, 2000).status_code == 403
    file, _ = uploads.begin(deposit, uploads.Wish("a.jpg", 2000))
    url = f"/api/deposits/{deposit.public_id}/files/{file.public_id}"
    assert patched(client, url, b"x", 0).status_code == 403
    assert asked(client, "delete", url) == 403
    assert staging.received(file) == 0
