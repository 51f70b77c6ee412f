"""/photos/<id>/: provenance as safe Markdown, rights, the file, its check and its problems."""

from __future__ import annotations

import re

import pytest

from archive import vault
from archive.catalogue.models import Role, Visibility
from archive.catalogue.photos import edit_photo
from archive.metadata import Problem
from archive.values.direction import Direction
from archive.values.place import Place
from tests.db.making import a_collection, a_user
from tests.db.pages.reading import AREZZO, TAKEN, page_of, words_of
from tests.db.photographs import a_further_file, a_kept_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_user("wren.k")


@pytest.fixture
def collection(owner):
    return a_collection(owner, title="Walks")


@pytest.fixture
def photo(collection):
    return a_kept_photo(collection, place=AREZZO, taken=TAKEN, direction=Direction(47.0, "T"))


@pytest.mark.parametrize(
    "notes",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://elsewhere.example/pixel.png)",
        "<iframe src=//elsewhere.example></iframe>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<svg/onload=alert(1)>",
        "[a]: javascript:alert(1)\n[a]",
        "<a href='vbscript:x'>x</a>",
        "`<script>`",
    ],
)
def test_notes_can_neither_run_nor_call_out(client, photo, owner, notes):
    edit_photo(photo=photo, by=owner.pk, provenance_notes=notes)
    raw = client.get(f"/photos/{photo.public_id}/").content.decode()
    note = re.search(r'<div class="prose notes">(.*?)</div>', raw, re.DOTALL)
    assert note
    written = note.group(1).lower()
    tags = re.findall(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", written)
    assert {name for name, _ in tags} <= {"p", "a", "code", "em", "strong"}
    for _, attributes in tags:
        assert not re.search(r"\bon\w+\s*=(?![^\"]*\")|javascript:|data:|vbscript:|src=", attributes)


def test_notes_are_markdown(client, photo, owner):
    edit_photo(photo=photo, by=owner.pk, provenance_notes="# Found\n\nIn a *drawer*, see <https://a.example>")
    page = page_of(client, photo)
    assert "<h4>Found</h4>" in page
    assert "<em>drawer</em>" in page
    assert 'rel="noopener noreferrer nofollow"' in page


def test_what_people_type_is_only_text(client, photo, owner):
    evil = '"><script>alert(1)</script>'
    edit_photo(
        photo=photo, by=owner.pk, title=evil, caption=evil, credit=evil, keywords=[evil], alt_text=evil
    )
    raw = client.get(f"/photos/{photo.public_id}/").content.decode()
    assert "<script>alert" not in raw


def test_rights_of_the_photo_go_before_those_of_the_collection(client, photo, owner):
    photo.collection.rights_uri = "https://creativecommons.org/licenses/by/4.0/"
    photo.collection.save()
    assert "CC BY 4.0" in page_of(client, photo)
    edit_photo(photo=photo, by=owner.pk, rights_uri="https://rightsstatements.org/vocab/InC/1.0/")
    page = page_of(client, photo)
    assert "In copyright" in page
    assert "CC BY 4.0" not in page


def test_unchanged_is_said_only_after_looking(client, photo):
    page = page_of(client, photo)
    assert "Unchanged since received" not in page
    found = client.get(f"/photos/{photo.public_id}/check", headers={"hx-request": "true"}).content.decode()
    assert "Unchanged since received" in found
    assert "<html" not in found
    assert "<html" in client.get(f"/photos/{photo.public_id}/check").content.decode()


def test_bytes_that_changed_are_found(client, collection):
    photo = a_kept_photo(collection)
    place = vault.path(photo.files.get().sha256)
    place.chmod(0o644)
    place.write_bytes(b"something else")
    found = client.get(f"/photos/{photo.public_id}/check").content.decode()
    assert "Unchanged since received" not in found
    assert "has changed on disk" in found


def test_bytes_that_are_lost_are_found(client, collection):
    photo = a_kept_photo(collection)
    vault.delete(photo.files.get().sha256)
    assert "not in the vault" in client.get(f"/photos/{photo.public_id}/check").content.decode()


def test_a_private_photo_is_checked_for_members_only(client):
    hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
    assert client.get(f"/photos/{hidden.public_id}/check").status_code == 404


def test_further_files_stand_with_their_role(client, photo):
    a_further_file(photo, Role.BACK)
    page = page_of(client, photo)
    assert "Further files of this photo" in page
    assert "file=2" in page


def test_problems_are_explained_with_an_innocent_reading(client, collection):
    photo = a_kept_photo(
        collection,
        problems=(Problem("gps_null_island", "GPS GPSLatitude", "0, 0 with nothing else about a fix."),),
        place=Place(0.0, 0.0),
    )
    words = words_of(page_of(client, photo))
    assert "The coordinates are exactly 0, 0" in words
    assert "May be innocent: Receivers write zeros" in words
    assert "gps_null_island" in words
    assert words.index("exactly 0, 0 · what this may mean") < words.index("Problems found")
