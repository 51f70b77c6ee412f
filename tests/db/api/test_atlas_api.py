from __future__ import annotations

import gzip
import json
from datetime import datetime
from typing import Any

import brotli
import pytest
from django.test import Client

from archive.access.models import MemberRole
from archive.atlas.columns import following
from archive.atlas.columns.building import in_memory
from archive.catalogue.models import Visibility
from archive.values.place import Place
from tests.db.making import a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


def asked(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/atlas?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_the_answer_has_the_published_shape(client):
    a_photo(a_collection(), place=Place(39.03, 125.75, 30.0), taken=datetime(2019, 6, 12, 14, 30))
    a_photo(a_collection())
    found = asked(client, "zoom=5")
    assert {name: found[name] for name in ("total", "placed", "unplaced", "undated", "level", "might")} == {
        "total": 2,
        "placed": 1,
        "unplaced": 1,
        "undated": 1,
        "level": 7,
        "might": 0,
    }
    assert found["cells"]["n"] == [1]
    assert found["cells"]["unit"] == 1e-4
    assert (found["cells"]["lat"], found["cells"]["lon"]) == ([390300], [1257500])
    assert found["cells"]["radius_m"] == {"at": [0], "value": [30.0]}
    assert found["cells"]["possible"] == {}
    assert found["extent"] == [125.75, 39.03, 125.75, 39.03]
    assert found["bins"]["unit"] == "second"
    assert found["bins"]["first"] == "2019-06-12T14:30:00"
    assert found["bins"]["certain"] == [1]
    assert {value["value"]: value["n"] for value in found["facets"]["year"]} == {"2019": 1}
    assert {value["label"] for value in found["facets"]["licence"]} == {"no licence stated"}


def test_coordinates_are_told_as_steps_and_finer_the_closer_the_map_is(client):
    for longitude in (20.0, 10.0000004, 30.0):
        a_photo(a_collection(), place=Place(0.0, longitude))
    assert asked(client, "zoom=4")["cells"]["lon"] == [100000, 100000, 100000]
    close = asked(client, "zoom=18")["cells"]
    assert (close["unit"], close["lon"]) == (1e-7, [100000004, 99999996, 100000000])
    assert len(close["n"]) == len(close["photo"]) == len(close["depth"]) == 3


def test_owner_reader_and_stranger_count_what_each_may_see(client):
    owner = a_user()
    secret = a_collection(by=owner, visibility=Visibility.PRIVATE, title="Secret")
    photo = a_photo(secret, place=Place(39.0, 125.0), make="Rare", model="Camera")
    reader = a_member(secret, MemberRole.READER)
    for viewer in (owner, reader):
        client.force_login(viewer)
        assert asked(client)["total"] == 1
    client.logout()
    answer = client.get("/api/atlas").content.decode()
    assert json.loads(answer)["total"] == 0
    for word in (photo.public_id, "Secret", "Rare", secret.slug):
        assert word not in answer


def test_a_strangers_answer_is_the_same_bytes_with_and_without_a_hidden_photo(client):
    a_photo(a_collection(), place=Place(10.0, 10.0))
    paths = [
        "/api/atlas?zoom=3",
        "/api/atlas?bbox=120,30,130,45&sure=possibly",
        "/api/photos",
        "/api/photos.csv",
    ]

    def answers() -> list[bytes]:
        responses = [client.get(path) for path in paths]
        return [response.getvalue() + response.headers.get("ETag", "").encode() for response in responses]

    before = answers()
    a_photo(a_collection(visibility=Visibility.PRIVATE), place=Place(39.0, 125.0, 500.0))
    assert answers() == before


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("bbox=1,2", "write bbox=west,south,east,north"),
        ("zoom=99", "from 0 to 24"),
        ("zoom=x", "from 0 to 24"),
        ("span=2019", "write two dates"),
        ("span=2020,2019", "earlier date first"),
        ("colour=red", "no parameter colour"),
        ("cube=yes", "write cube=1"),
    ],
)
def test_a_wrong_address_is_answered_with_what_to_write(client, query, advice):
    response = client.get(f"/api/atlas?{query}")
    assert response.status_code == 400
    assert advice in response.json()["error"]


def test_an_unchanged_answer_is_not_sent_again_and_an_edit_changes_its_mark(client):
    collection = a_collection()
    a_photo(collection)
    first = client.get("/api/atlas")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first.headers["Vary"]
    again = client.get("/api/atlas", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    a_photo(collection)
    changed = client.get("/api/atlas", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_long_answer_is_packed_for_whoever_unpacks(client):
    for longitude in range(5):
        a_photo(a_collection(), place=Place(1.0, longitude * 30.0), taken=datetime(2019, 6, 12))
    packed = client.get("/api/atlas", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    assert json.loads(gzip.decompress(packed.content)) == client.get("/api/atlas").json()


def test_brotli_is_taken_before_gzip_and_a_refusal_is_heard(client):
    for longitude in range(5):
        a_photo(a_collection(), place=Place(1.0, longitude * 30.0), taken=datetime(2019, 6, 12))
    plain = client.get("/api/atlas")
    packed = client.get("/api/atlas", headers={"Accept-Encoding": "gzip, deflate, br;q=0.9"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    refused = client.get("/api/atlas", headers={"Accept-Encoding": "br;q=0, gzip;q=0.0"})
    assert "Content-Encoding" not in refused.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_any_cache_may_keep_what_a_stranger_asks_by_the_newest_state(client, monkeypatch, settings):
    a_photo(a_collection(), place=Place(1.0, 2.0))
    view = in_memory()
    monkeypatch.setattr(following, "view", lambda: view)
    first = client.get("/api/atlas?zoom=3")
    newest = first.json()["rev"]
    assert newest
    assert first.headers["Cache-Control"] == "private, no-cache"
    kept = client.get(f"/api/atlas?zoom=3&rev={newest}")
    assert kept.headers["Cache-Control"].startswith("public, max-age=")
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.content == first.content
    again = client.get(f"/api/atlas?zoom=3&rev={newest}", headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, kept.headers["Cache-Control"])
    older = client.get("/api/atlas?zoom=3&rev=older")
    assert (older.headers["Cache-Control"], older.json()["rev"]) == ("private, no-cache", newest)
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-a-session-that-has-ended"
    ended = client.get(f"/api/atlas?zoom=3&rev={newest}")
    assert (ended.headers["Cache-Control"], ended.json()["rev"]) == ("private, no-cache", newest)
    client.force_login(a_user())
    member = client.get(f"/api/atlas?zoom=3&rev={newest}")
    assert (member.headers["Cache-Control"], member.json()["rev"]) == ("private, no-cache", None)


def test_the_cube_tells_cells_and_bins_by_number(client, monkeypatch):
    for year in (1950, 1950, 2019):
        a_photo(a_collection(), place=Place(1.0, 2.0), taken=datetime(year, 6, 12))
    assert "cube" not in asked(client)
    view = in_memory()
    by_sql = asked(client, "cube=1&span=1950,2019")["cube"]
    monkeypatch.setattr(following, "view", lambda: view)
    found = asked(client, "cube=1&span=1950,2019")["cube"]
    assert found == by_sql
    assert found["cells"] is None
    assert (found["cell"], found["first"], found["length"], found["n"]) == ([0, 0], [0, 69], {}, [2, 1])
    brushed = asked(client, "cube=1&span=1950,2019&from=2019")["cube"]
    assert brushed["cells"]["n"] == [3]


def test_photos_that_look_at_a_point_are_told_beside_those_near_enough(client):
    a_photo(a_collection(), place=Place(1.0, 2.0))
    assert asked(client, "sees=1.001,2.0")["sees"] == {"within_reach": 1, "directed": 0}
    assert "sees" not in asked(client)


def test_only_reading_is_possible(client):
    for path in ("/api/atlas", "/api/photos", "/api/photos.csv"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 8), ("q=boats&bbox=0,0,40,40&from=1990&to=2030&collection=x&status=date-unknown", 14)],
)
def test_queries_do_not_grow_with_the_archive(client, django_assert_max_num_queries, query, most):
    for number in range(4):
        a_photo(a_collection(), place=Place(number * 5.0, 10.0), taken=datetime(1990 + number * 10, 6, 12))
    with django_assert_max_num_queries(most):
        asked(client, query)


def test_a_span_zooms_the_timeline_and_counts_the_rest_as_outside(client):
    for year in (1950, 2019, 2020):
        a_photo(a_collection(), taken=datetime(year, 6, 12, 12))
    bins = asked(client, "span=2019-06-01T00:00:00,2020-06-30T23:59:59")["bins"]
    assert bins["unit"] == "month"
    assert (sum(bins["certain"]), bins["outside"], bins["total"]) == (2, 1, 3)
    assert bins["first"] == "2019-06-01T00:00:00"
    assert len(bins["certain"]) == len(bins["possible"]) == 13
