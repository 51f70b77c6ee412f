"""What a depositor is told of a deposit, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.ingest import arrivals
from archive.ingest.models import Deposit, DepositFile, FileState
from tests.db.ingest.arriving import Desk, work_through
from tests.db.making import a_collection, a_member, a_user
from tests.pictures import a_jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def desk():
    user = a_user()
    collection = a_collection(by=user, visibility=Visibility.PRIVATE)
    return Desk(collection, user, arrivals.open_deposit(collection=collection, by=user))


@pytest.fixture
def depositor(client, desk):
    client.force_login(desk.user)
    return client


def address(desk: Desk, tail: str = "") -> str:
    return f"/api/deposits/{desk.deposit.public_id}{tail}"


def opened_by(user, collection) -> int:
    client = Client()
    client.force_login(user)
    return client.post(
        "/api/deposits/", {"collection": collection.slug}, content_type="application/json"
    ).status_code


def test_contributors_may_deposit_and_readers_may_not(desk):
    assert opened_by(a_member(desk.collection, MemberRole.CONTRIBUTOR), desk.collection) == 201
    assert opened_by(a_member(desk.collection, MemberRole.READER), desk.collection) == 403


def test_a_private_collection_does_not_exist_for_a_stranger(desk):
    assert opened_by(a_user(), desk.collection) == 404


@pytest.mark.parametrize("body", ["", "no json", "[]", '{"collection": 7}', '{"collection": "nowhere"}'])
def test_a_deposit_without_a_collection_is_not_opened(depositor, body):
    answer = depositor.post("/api/deposits/", body, content_type="application/json")
    assert answer.status_code in {400, 404}
    assert answer.json()["error"]


def test_progress_counts_every_state_and_every_byte(depositor, desk):
    data = a_jpeg()
    desk.take("a.jpg", data)
    desk.take("b.jpg", data)
    desk.take("c.jpg", b"no picture")
    arrivals.announce_one(deposit=desk.deposit, name="d.jpg", byte_count=1000)
    told = depositor.get(address(desk)).json()
    counts = {state: n for state, n in told["counts"].items() if n}
    assert counts == {"stored": 1, "duplicate": 1, "refused": 1, "uploading": 1}
    assert told["bytes"] == {"total": 2 * len(data) + 10 + 1000, "received": 2 * len(data) + 10}
    assert not told["done"]
    by_name = {file["name"]: file for file in told["files"]}
    assert by_name["a.jpg"]["photo"]["url"].startswith("/photos/")
    assert by_name["b.jpg"]["photo"] == by_name["a.jpg"]["photo"]
    assert by_name["c.jpg"]["reason"]
    assert by_name["d.jpg"]["received"] == 0


def test_only_what_changed_since_comes_again(depositor, desk):
    desk.take("a.jpg", a_jpeg())
    first = depositor.get(address(desk)).json()
    assert [file["name"] for file in first["files"]] == ["a.jpg"]
    assert depositor.get(address(desk, f"?since={first['next']}")).json()["files"] == []
    desk.take("b.jpg", a_jpeg())
    later = depositor.get(address(desk, f"?since={first['next']}")).json()
    assert [file["name"] for file in later["files"]] == ["b.jpg"]


def test_pages_hold_every_file_once_even_when_all_changed_at_once(depositor, desk):
    arrivals.announce(deposit=desk.deposit, files=[(f"{n}.jpg", 10) for n in range(25)])
    seen, since, more = [], "", True
    while more:
        told = depositor.get(address(desk, f"?limit=10&since={since}")).json()
        seen += [file["name"] for file in told["files"]]
        since, more = told["next"], told["more"]
    assert sorted(seen) == sorted(f"{n}.jpg" for n in range(25))


def test_nothing_is_sent_while_nothing_changed(depositor, desk):
    desk.take("a.jpg", a_jpeg())
    etag = depositor.get(address(desk))["ETag"]
    assert depositor.get(address(desk), headers={"If-None-Match": etag}).status_code == 304
    desk.bring("b.jpg", a_jpeg())
    assert depositor.get(address(desk), headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("query", ["?since=x", "?since=1", "?limit=many", "?since=1-2-3"])
def test_a_query_that_cannot_be_understood_is_refused(depositor, desk, query):
    assert depositor.get(address(desk, query)).status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_files(depositor, desk, django_assert_max_num_queries):
    for n in range(6):
        desk.bring(f"{n}.jpg", a_jpeg())
    desk.finish()
    with django_assert_max_num_queries(14):
        depositor.get(address(desk))


def test_cancelling_stops_what_waits_and_keeps_what_is_stored(depositor, desk, tmp_path):
    kept = desk.take("a.jpg", a_jpeg())
    desk.bring("b.jpg", a_jpeg())
    arrivals.announce_one(deposit=desk.deposit, name="c.jpg", byte_count=1000)
    told = depositor.post(address(desk, "/cancel")).json()
    assert told["state"] == "cancelled"
    assert told["done"]
    assert {file["name"]: file["state"] for file in told["files"]} == {
        "a.jpg": "stored",
        "b.jpg": "cancelled",
        "c.jpg": "cancelled",
    }
    work_through()
    assert vault.exists(kept.sha256)
    assert not [path for path in (tmp_path / "staging").rglob("*") if path.is_file()]


def test_retrying_queues_every_failed_file(depositor, desk):
    file = desk.bring("a.jpg", a_jpeg())
    DepositFile.objects.filter(pk=file.pk).update(state=FileState.FAILED, reason="the disk was full")
    told = depositor.post(address(desk, "/retry")).json()
    assert told["counts"]["waiting"] == 1
    work_through()
    file.refresh_from_db()
    assert file.state == FileState.STORED


@pytest.mark.parametrize("tail", ["", "/cancel", "/retry"])
@pytest.mark.parametrize("who", ["stranger", "teammate", "nobody"])
def test_a_deposit_is_its_depositors_alone(desk, tail, who):
    other = Client()
    if who == "stranger":
        other.force_login(a_user())
    elif who == "teammate":
        other.force_login(a_member(desk.collection, MemberRole.OWNER))
    answer = other.post(address(desk, tail)) if tail else other.get(address(desk))
    assert answer.status_code == (401 if who == "nobody" else 404)
    assert Deposit.objects.get().state == "open"


def test_the_latest_deposits_are_listed_for_their_depositor(depositor, desk):
    other = a_collection(by=desk.user)
    arrivals.open_deposit(collection=other, by=desk.user)
    arrivals.open_deposit(collection=desk.collection, by=a_member(desk.collection, MemberRole.OWNER))
    here = depositor.get(f"/api/deposits/?collection={desk.collection.slug}").json()["deposits"]
    assert [deposit["id"] for deposit in here] == [desk.deposit.public_id]
    assert len(depositor.get("/api/deposits/").json()["deposits"]) == 2
