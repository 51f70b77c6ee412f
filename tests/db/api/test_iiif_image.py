"""/iiif/image/…: info.json, tiles, parts, and what a request cannot do."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.access.models import MemberRole
from archive.api import photo_files
from archive.catalogue.models import Role, Visibility
from tests.db.making import a_collection, a_member, a_user
from tests.db.photographs import BLUE, GREEN, RED, YELLOW, a_further_file, a_kept_photo, got

pytestmark = pytest.mark.django_db
NOBODY = "aaaaaaaaaaaaa"


def info_of(client, photo):
    answer = got(client, f"/iiif/image/{photo.public_id}/info.json")
    assert answer.status_code == 200
    return json.loads(answer.body)


def part_of(client, photo, part, status=200):
    answer = got(client, f"/iiif/image/{photo.public_id}/{part}")
    assert answer.status_code == status, answer.body
    return answer


def picture_of(client, photo, part):
    return Image.open(io.BytesIO(part_of(client, photo, part).body))


def nearly(colour, other):
    return all(abs(one - two) < 30 for one, two in zip(colour, other, strict=True))


def corners(picture):
    """Name the colours of the four quarters, row by row."""
    picture = picture.convert("RGB")
    width, height = picture.size
    names = {RED: "r", GREEN: "g", BLUE: "b", YELLOW: "y"}
    seen = [
        picture.getpixel((int(width * across), int(height * down)))
        for down in (0.2, 0.8)
        for across in (0.2, 0.8)
    ]
    return "".join(next(name for colour, name in names.items() if nearly(colour, spot)) for spot in seen)


@pytest.fixture
def photo():
    return a_kept_photo(a_collection(), size=(1200, 800))


def test_info_describes_the_picture_and_its_tiles(client, photo):
    said = info_of(client, photo)
    assert said["@context"] == "http://iiif.io/api/image/3/context.json"
    assert said["id"] == f"http://testserver/iiif/image/{photo.public_id}"
    assert (said["type"], said["protocol"], said["profile"]) == (
        "ImageService3",
        "http://iiif.io/api/image",
        "level2",
    )
    assert (said["width"], said["height"]) == (1200, 800)
    assert said["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert said["sizes"][-1] == {"width": 1200, "height": 800}


def test_info_is_linked_data_to_whom_asks_for_it(client, photo):
    address = f"/iiif/image/{photo.public_id}/info.json"
    assert got(client, address)["Content-Type"] == "application/json"
    linked = got(client, address, headers={"accept": "application/ld+json"})
    assert linked["Content-Type"].startswith("application/ld+json")


def test_the_bare_address_leads_to_info(client, photo):
    answer = client.get(f"/iiif/image/{photo.public_id}")
    assert answer.status_code == 303
    assert answer["Location"] == f"/iiif/image/{photo.public_id}/info.json"


def test_other_sites_may_read_every_answer(client, photo):
    addresses = ["info.json", "full/max/0/default.jpg", "full/0,/0/default.jpg", "full/max/45/default.jpg"]
    answers = [got(client, f"/iiif/image/{photo.public_id}/{part}") for part in addresses]
    answers.append(got(client, f"/iiif/image/{NOBODY}/info.json"))
    assert {answer["Access-Control-Allow-Origin"] for answer in answers} == {"*"}
    assert [answer.status_code for answer in answers] == [200, 200, 400, 501, 404]


def test_an_answer_names_its_canonical_address_and_profile(client, photo):
    link = part_of(client, photo, "0,0,1200,800/1200,/360/color.jpg")["Link"]
    assert f'<http://testserver/iiif/image/{photo.public_id}/full/max/0/default.jpg>;rel="canonical"' in link
    assert '<http://iiif.io/api/image/3/level2.json>;rel="profile"' in link


def test_strangers_get_no_more_pixels_than_the_collection_allows(client):
    collection = a_collection()
    collection.largest_public_px = 600
    collection.save()
    photo = a_kept_photo(collection, size=(1200, 800))
    assert (info_of(client, photo)["width"], info_of(client, photo)["height"]) == (600, 400)
    assert picture_of(client, photo, "full/max/0/default.jpg").size == (600, 400)
    part_of(client, photo, "full/1200,/0/default.jpg", status=400)
    part_of(client, photo, "700,0,10,10/max/0/default.jpg", status=400)
    client.force_login(a_member(collection, MemberRole.READER))
    assert info_of(client, photo)["width"] == 1200
    assert part_of(client, photo, "full/max/0/default.jpg")["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("part", "size", "seen"),
    [
        ("full/max/0/default.jpg", (1200, 800), "rgby"),
        ("full/300,/0/default.jpg", (300, 200), "rgby"),
        ("full/,80/0/default.jpg", (120, 80), "rgby"),
        ("full/pct:25/0/default.jpg", (300, 200), "rgby"),
        ("full/!500,500/0/default.jpg", (500, 333), "rgby"),
        ("full/100,200/0/default.jpg", (100, 200), "rgby"),
        ("square/200,/0/default.jpg", (200, 200), "rgby"),
        ("pct:25,25,50,50/max/0/default.jpg", (600, 400), "rgby"),
        ("0,0,600,400/100,/0/default.jpg", (100, 67), "rrrr"),
        ("590,390,20,20/max/0/default.png", (20, 20), "rgby"),
        ("1100,700,500,500/max/0/default.jpg", (100, 100), "yyyy"),
        ("full/300,/90/default.jpg", (200, 300), "bryg"),
        ("full/300,/180/default.jpg", (300, 200), "ybgr"),
        ("full/300,/270/default.jpg", (200, 300), "gyrb"),
        ("full/300,/!0/default.jpg", (300, 200), "gryb"),
        ("full/300,/!90/default.jpg", (200, 300), "ygbr"),
        ("full/1,/0/default.png", (1, 1), None),
    ],
)
def test_parts_show_what_was_asked(client, photo, part, size, seen):
    picture = picture_of(client, photo, part)
    assert picture.size == size
    assert seen is None or corners(picture) == seen


@pytest.mark.parametrize(
    ("last", "form", "modes"),
    [
        ("default.jpg", "JPEG", {"RGB"}),
        ("color.png", "PNG", {"RGB"}),
        ("gray.jpg", "JPEG", {"L"}),
        ("gray.png", "PNG", {"L"}),
        ("bitonal.png", "PNG", {"1"}),
        ("bitonal.jpg", "JPEG", {"L"}),
    ],
)
def test_qualities_and_formats(client, photo, last, form, modes):
    answer = part_of(client, photo, f"full/100,/0/{last}")
    picture = Image.open(io.BytesIO(answer.body))
    assert picture.format == form
    assert picture.mode in modes
    assert answer["Content-Type"] == {"JPEG": "image/jpeg", "PNG": "image/png"}[form]
    assert not picture.getexif()


def test_tiles_at_every_level_fit_together(client, photo):
    """Each tile of a level, asked as viewers ask, has the size the level leaves for it."""
    for scale in (1, 2, 4):
        edge = 512 * scale
        for x in range(0, 1200, edge):
            for y in range(0, 800, edge):
                width, height = min(edge, 1200 - x), min(edge, 800 - y)
                size = -(-width // scale), -(-height // scale)
                part = f"{x},{y},{width},{height}/{size[0]},{size[1]}/0/default.jpg"
                assert picture_of(client, photo, part).size == size


def test_a_stored_tile_is_sent_as_it_lies_on_the_disk(client, photo, monkeypatch):
    monkeypatch.setattr("archive.api.iiif.crop", None)  # nothing may be put together for a tile
    answer = part_of(client, photo, "512,0,512,512/512,512/0/default.jpg")
    assert answer["ETag"]
    again = got(client, f"/iiif/image/{photo.public_id}/512,0,512,512/512,/0/color.jpg",
                headers={"if-none-match": answer["ETag"]})  # fmt: skip
    assert again.status_code == 304


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_stands_upright(client, orientation):
    photo = a_kept_photo(a_collection(), size=(120, 80), orientation=orientation)
    picture = picture_of(client, photo, "full/max/0/default.jpg")
    assert picture.size == ((80, 120) if orientation >= 5 else (120, 80))
    upright = {1: "rgby", 2: "gryb", 3: "ybgr", 4: "byrg", 5: "rbgy", 6: "bryg", 7: "ygbr", 8: "gyrb"}
    assert corners(picture) == upright[orientation]


def test_hidden_pictures_look_as_if_they_never_were(client):
    hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    client.force_login(a_user())
    for tail in ("", "/info.json", "/full/max/0/default.jpg", "/nonsense/max/0/default.jpg"):
        answers = [got(client, f"/iiif/image/{name}{tail}") for name in (hidden.public_id, NOBODY)]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].body == answers[1].body
        assert dict(answers[0].headers) == dict(answers[1].headers)


def test_a_members_picture_never_reaches_a_shared_cache(client):
    photo = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    client.force_login(a_member(photo.collection, MemberRole.READER))
    for part in ("info.json", "full/max/0/default.jpg", "full/10,/0/default.jpg"):
        answer = part_of(client, photo, part)
        assert answer["Cache-Control"].startswith("private")
        assert "Cookie" in answer["Vary"]


def test_a_further_file_can_be_looked_at_closely_and_a_sidecar_cannot(client):
    photo = a_kept_photo(a_collection())
    a_further_file(photo, Role.BACK)
    a_further_file(photo, Role.SIDECAR, "picture.xmp")
    assert json.loads(got(client, f"/iiif/image/{photo.public_id}/info.json?file=2").body)["width"] == 80
    assert got(client, f"/iiif/image/{photo.public_id}/info.json?file=3").status_code == 404


def test_when_too_many_pictures_are_being_made_one_is_asked_to_wait(client, photo, monkeypatch):
    info_of(client, photo)
    monkeypatch.setattr(photo_files, "_WAIT_SECONDS", 0.01)
    held = [photo_files._turnstile.acquire() for _ in range(photo_files._AT_ONCE)]
    try:
        answer = part_of(client, photo, "full/10,/0/default.jpg", status=503)
        part_of(client, photo, "0,0,512,512/512,512/0/default.jpg")  # what lies ready waits for nobody
    finally:
        for _ in held:
            photo_files._turnstile.release()
    assert answer["Retry-After"] == "2"


PART = st.one_of(
    st.text(st.characters(exclude_characters="/?#"), min_size=1, max_size=20),
    st.from_regex(r"[!^]?(pct:)?[0-9.]{1,6}(,[0-9.]{0,6}){0,4}", fullmatch=True),
    st.sampled_from(["full", "square", "max", "^max", "0", "90", "!180", "default.jpg", "bitonal.png"]),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(PART, PART, PART, PART))
def test_no_request_breaks_the_service(client, photo, parts):
    answer = got(client, f"/iiif/image/{photo.public_id}/" + "/".join(parts))
    assert answer.status_code in {200, 400, 404, 501}
