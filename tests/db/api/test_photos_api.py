from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.test import Client

from archive.access.models import MemberRole
from archive.api.export_csv import COLUMNS, safe
from archive.catalogue.models import Visibility
from archive.catalogue.photos import edit_photo
from archive.evidence.claims import claim_time
from archive.metadata import Statement
from archive.values.place import Place
from tests.db.making import a_collection, a_member, a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db
KML = "{http://www.opengis.net/kml/2.2}"


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.getvalue().decode()


def test_a_card_says_where_when_and_how_sure(client):
    collection = a_collection(title="Border flights")
    photo = a_photo(
        collection,
        place=Place(39.03, 125.75, 30.0),
        taken=datetime(2019, 6, 12, 14, 30, 5),
        title="Crossroads",
    )
    (card,) = client.get("/api/photos").json()["photos"]
    assert card["id"] == photo.public_id
    assert card["url"] == f"/photos/{photo.public_id}/"
    assert card["title"] == "Crossroads"
    assert card["collection"] == {"slug": collection.slug, "title": "Border flights"}
    assert card["place"]["latitude"] == 39.03
    assert card["place"]["text"] == "not confirmed ±30 m"
    assert card["time"]["text"] == "12 June 2019, 14:30:05"
    assert card["group"] == "12 June 2019"
    assert card["status"] == "nobody has looked yet"
    assert (card["thumb"]["width"], card["thumb"]["height"]) == (256, 192)
    assert card["thumb"]["src"].startswith(f"/files/{photo.public_id}/256.jpg?v=")


def test_a_photo_without_place_and_date_says_so(client):
    a_photo(a_collection())
    (card,) = client.get("/api/photos").json()["photos"]
    assert (card["place"], card["time"]) == (None, None)
    assert (card["group"], card["status"]) == ("No date", "no location · no date")


def test_headings_are_never_torn_apart_by_dates_that_begin_together(client):
    collection, user = a_collection(), a_user()
    for text in ("2020", "2020-01", "2020-01-01", "2020-01-01T00:00:00") * 4:
        claim_time(photo=a_photo(collection), by=user, text=text)
    groups = [card["group"] for card in client.get("/api/photos").json()["photos"]]
    kept = [group for number, group in enumerate(groups) if number == 0 or groups[number - 1] != group]
    assert kept == ["1 January 2020", "January 2020", "2020, some time in the year"]


def test_pages_hold_every_photo_once_even_when_one_goes_in_between(client):
    collection = a_collection()
    photos = [a_photo(collection, taken=datetime(2019, 6, day)) for day in range(1, 8)]
    first = client.get("/api/photos?limit=3").json()
    photos[2].delete()
    second = client.get(f"/api/photos?limit=3&after={first['next']}").json()
    third = client.get(f"/api/photos?limit=3&after={second['next']}").json()
    seen = [card["id"] for part in (first, second, third) for card in part["photos"]]
    assert seen == [photo.public_id for photo in photos]
    assert third["next"] is None
    assert str(photos[0].pk) not in first["next"].split(".")


@pytest.mark.parametrize(
    "after", ["x", "d.1.2", "u.aaaaaaaaaaaaa.1", "a.5.aaaaaaaaaaaaa", "d.1.2.AAAAAAAAAAAAA"]
)
def test_a_foreign_cursor_is_refused(client, after):
    response = client.get(f"/api/photos?after={after}")
    assert response.status_code == 400
    assert "leave it out" in response.json()["error"]


def test_a_page_takes_five_queries_however_many_photos(client, django_assert_num_queries):
    collection = a_collection()
    for day in range(1, 6):
        a_photo(collection, taken=datetime(2019, 6, day), place=Place(1.0, 1.0))
    with django_assert_num_queries(5):
        client.get("/api/photos")


def test_a_strangers_photo_holds_no_name_serial_owner_or_raw_text(client):
    reading = a_reading(
        place=Place(1.0, 2.0), serial="SN-4711", make="Maker", model="Model SN-4711", software="Tool"
    )
    reading = type(reading)(
        **{
            **{name: getattr(reading, name) for name in reading.__dataclass_fields__},
            "statements": (
                Statement("serial", "EXIF BodySerialNumber", "SN-4711"),
                Statement("owner", "Owner", "Kim"),
            ),
        }
    )
    collection = a_collection()
    photo = a_photo(collection, reading)
    told = client.get(f"/api/photos/{photo.public_id}").content.decode()
    for secret in ("SN-4711", "Kim", "picture.jpg", "original", "Tool"):
        assert secret not in told
    assert json.loads(told)["files"][0]["facts"]["make"] == "Maker"
    client.force_login(a_member(collection, MemberRole.READER))
    told = client.get(f"/api/photos/{photo.public_id}").content.decode()
    for word in ("SN-4711", "Kim", "picture.jpg", f"/files/{photo.public_id}/original"):
        assert word in told


def test_a_hidden_photo_and_one_that_never_was_answer_alike(client):
    photo = a_photo(a_collection(visibility=Visibility.PRIVATE))
    hidden, missing = client.get(f"/api/photos/{photo.public_id}"), client.get("/api/photos/aaaaaaaaaaaaa")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_geojson_holds_every_photo_and_null_for_no_location(client):
    collection = a_collection()
    a_photo(collection, place=Place(39.03, 125.75, 30.0), taken=datetime(2019, 6, 12))
    a_photo(collection)
    found = json.loads(text_of(client, "/api/photos.geojson"))
    assert [feature["geometry"] for feature in found["features"]] == [
        {"type": "Point", "coordinates": [125.75, 39.03]},
        None,
    ]
    assert found["features"][0]["properties"]["radius_m"] == [30.0]


def test_an_empty_selection_is_still_a_whole_file(client):
    assert json.loads(text_of(client, "/api/photos.geojson"))["features"] == []
    assert text_of(client, "/api/photos.csv").splitlines() == [",".join(COLUMNS)]
    assert ET.fromstring(text_of(client, "/api/photos.kml")).tag == f"{KML}kml"


def test_csv_cells_are_never_formulas_and_coordinates_stay_numbers(client):
    photo = a_photo(a_collection(), place=Place(-33.5, -70.25))
    edit_photo(
        photo=photo, by=None, title='=HYPERLINK("x")', caption="two\nlines, and a comma", creator="-1+1"
    )
    (row,) = csv.DictReader(io.StringIO(text_of(client, "/api/photos.csv"), newline=""))
    assert row["title"] == '\'=HYPERLINK("x")'
    assert row["creator"] == "'-1+1"
    assert row["caption"] == "two\nlines, and a comma"
    assert (row["latitude"], row["longitude"]) == ("-33.5", "-70.25")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_whatever_a_spreadsheet_computes_is_quoted(text):
    assert safe(text) == f"'{text}"
    assert safe("a=1") == "a=1"


def test_kml_escapes_texts_and_gives_the_local_dates(client):
    photo = a_photo(a_collection(), place=Place(39.03, 125.75), taken=datetime(2019, 6, 12, 7))
    edit_photo(photo=photo, by=None, title="A <b> & \x0b c")
    root = ET.fromstring(text_of(client, "/api/photos.kml"))
    placemark = root.find(f".//{KML}Placemark")
    assert placemark.findtext(f"{KML}name") == "A <b> &  c"
    assert placemark.findtext(f".//{KML}begin") == "2019-06-12"
    assert placemark.findtext(f".//{KML}coordinates") == "125.75,39.03"


def test_exports_stream_more_than_one_batch(client, monkeypatch):
    monkeypatch.setattr("archive.atlas.records.LONGEST_PAGE", 2)
    collection = a_collection()
    ids = {a_photo(collection).public_id for _ in range(5)}
    rows = list(csv.DictReader(io.StringIO(text_of(client, "/api/photos.csv"))))
    assert {row["id"] for row in rows} == ids
    assert len(rows) == 5


def test_exports_are_files_and_refuse_a_wrong_address(client):
    response = client.get("/api/photos.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="photos.csv"'
    assert client.get("/api/photos.csv?bbox=1").status_code == 400
    assert client.get("/api/photos.csv?after=1").status_code == 400
