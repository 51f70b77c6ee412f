"""/photos/<id>/: what it says of where and when, and who may read what."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.models import Role, Visibility
from archive.catalogue.photos import edit_photo, remove_photo
from archive.evidence.claims import claim_place, claim_time, withdraw
from archive.metadata import Problem
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from tests.db.making import a_collection, a_member, a_photo, a_user
from tests.db.photographs import a_further_file, a_kept_photo

pytestmark = pytest.mark.django_db

AREZZO = Place(43.467448, 11.885127, 12.0)
TAKEN = datetime(2008, 10, 22, 16, 28, 39)


def page_of(client, photo, query="", status=200):
    answer = client.get(f"/photos/{photo.public_id}/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def words_of(page):
    """The page as read: tags gone, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def owner():
    return a_user("wren.k")


@pytest.fixture
def collection(owner):
    return a_collection(owner, title="Walks")


@pytest.fixture
def photo(collection):
    return a_kept_photo(collection, place=AREZZO, taken=TAKEN, direction=Direction(47.0, "T"))


class TestHeadline:
    def test_place_and_date_of_the_file(self, client, photo):
        assert "nobody has reviewed either." in page_of(client, photo)

    def test_nothing_known(self, client, collection):
        page = page_of(client, a_kept_photo(collection))
        assert "Nobody has said where or when." in page
        assert "No location: nobody has said where this was taken." in page
        assert "No date: nobody has said when this was taken." in page
        assert "<place-map" not in page

    def test_place_alone(self, client, collection):
        assert "Nobody has said when." in page_of(client, a_kept_photo(collection, place=AREZZO))

    def test_date_alone(self, client, collection):
        page = page_of(client, a_kept_photo(collection, taken=TAKEN))
        assert "Date by the camera’s clock, not reviewed. Nobody has said where." in page


class TestWhere:
    def test_three_places_are_three_questions(self, client, photo, owner):
        claim_place(photo=photo, by=owner, place=Place(43.5, 11.9), facet=Facet.OPERATOR_PLACE)
        words = words_of(page_of(client, photo))
        assert re.search(r"photographer stood about \d+ km [a-z-]+ of .*? camera was near Arezzo", words)
        assert "picture shows not known" in words

    def test_coordinates_come_in_both_spellings(self, client, photo):
        page = page_of(client, photo)
        assert "43.467448, 11.885127" in page
        assert "43°28′02.8″ N 11°53′06.5″ E" in page
        assert "±12 m" in page

    def test_the_map_is_told_circle_and_wedge(self, client, photo):
        assert '"radius_m": 12.0, "degrees": 47.0' in page_of(client, photo)
        assert "looking north-east (47°, from true north)" in page_of(client, photo)

    def test_each_claim_has_its_speaker_tag_and_raw_text(self, client, photo):
        words = words_of(page_of(client, photo))
        assert "the file · GPS GPSLatitude" in words
        assert "as written: 43.467448" in words

    def test_a_person_stands_before_the_file_and_the_page_says_why(self, client, photo, owner):
        claim_place(photo=photo, by=owner, place=Place(35.0, 129.0), words="Seen from the pier")
        words = words_of(page_of(client, photo))
        assert "Place by a person’s word" in words
        assert "That stands before what the file says." in words
        assert words.index("35.000000, 129.000000 · accuracy") < words.index("behind a person's word")

    def test_what_was_taken_back_stays_in_the_list(self, client, photo, owner):
        claim_place(photo=photo, by=owner, place=Place(35.0, 129.0))
        withdraw(photo=photo, facet=Facet.CAMERA_PLACE, by=owner)
        words = words_of(page_of(client, photo))
        assert "replaced" in words
        assert "taken back" in words
        assert "Claims that were replaced or taken back no longer count" in words

    def test_a_subject_place_is_not_passed_off_as_the_cameras(self, client, collection, owner):
        photo = a_kept_photo(collection)
        claim_place(photo=photo, by=owner, place=AREZZO, facet=Facet.SUBJECT_PLACE)
        words = words_of(page_of(client, photo))
        assert "The map shows what the picture shows; where the camera was is not known." in words

    def test_coordinates_of_exactly_zero_are_a_place(self, client, collection):
        page = page_of(client, a_kept_photo(collection, place=Place(0.0, 0.0)))
        assert "0.000000, 0.000000" in page
        assert "<place-map" in page

    def test_at_sea_there_is_no_civil_time(self, client, collection):
        page = page_of(client, a_kept_photo(collection, place=Place(-40.0, -20.0), taken=TAKEN))
        assert "at sea, no civil time" in page
        assert "26 hours" in page


class TestWhen:
    def test_the_zone_of_the_place_narrows_the_clock_and_is_named(self, client, photo):
        words = words_of(page_of(client, photo))
        assert "Wednesday, 22 October 2008, 16:28:39" in words
        assert "2008-10-22 14:28:39 UTC" in words
        assert "Assumes the clock was on local time at the place (Europe/Rome)." in words

    def test_a_clock_without_zone_or_place_is_twenty_six_hours_wide(self, client, collection):
        words = words_of(page_of(client, a_kept_photo(collection, taken=TAKEN)))
        assert "between 2008-10-22 02:28:39 UTC and 2008-10-23 04:28:39 UTC: 26 hours" in words

    def test_a_persons_date_is_said_in_words(self, client, photo, owner):
        claim_time(photo=photo, by=owner, text="1923~", words="from the album")
        words = words_of(page_of(client, photo))
        assert "about 1923" in words
        assert "A person says when. That stands before what the file says." in words

    def test_the_day_of_receipt_bounds_it(self, client, collection):
        page = page_of(client, a_kept_photo(collection))
        today = datetime.now(UTC)
        assert f"It is not younger than its arrival here on {today.day} " in page


class TestWhoMayRead:
    def test_a_private_photo_looks_as_if_it_never_was(self, client):
        hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
        answers = [client.get(f"/photos/{name}/") for name in (hidden.public_id, "aaaaaaaaaaaaa")]
        assert {answer.status_code for answer in answers} == {404}
        theirs, nobodys = (answer.content.decode() for answer in answers)
        assert theirs.replace(hidden.public_id, "aaaaaaaaaaaaa") == nobodys
        client.force_login(a_user())
        assert client.get(f"/photos/{hidden.public_id}/").status_code == 404

    @pytest.mark.parametrize("role", list(MemberRole))
    def test_every_member_sees_a_private_photo(self, client, role):
        hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
        client.force_login(a_member(hidden.collection, role))
        assert "Private: only members see it" in page_of(client, hidden)

    def test_a_removed_photo_is_gone(self, client, photo, owner):
        remove_photo(photo=photo, by=owner.pk)
        assert client.get(f"/photos/{photo.public_id}/").status_code == 404

    @pytest.mark.parametrize(
        ("role", "edits"), [(MemberRole.OWNER, True), (MemberRole.CURATOR, True), (MemberRole.READER, False)]
    )
    def test_who_may_edit_is_led_to_the_form(self, client, photo, role, edits):
        client.force_login(a_member(photo.collection, role))
        assert (f"/studio/photos/{photo.public_id}/" in page_of(client, photo)) is edits

    def test_strangers_learn_no_names_words_or_originals(self, client, photo, owner):
        claim_place(photo=photo, by=owner, place=Place(35.0, 129.0), words="my aunt told me")
        edit_photo(photo=photo, by=owner.pk, title="New title")
        photo.files.update(name="wrens-phone.jpg")
        page = page_of(client, photo)
        for secret in ("wren.k", "my aunt told me", "/original", "Changes of the texts"):
            assert secret not in page
        client.force_login(a_member(photo.collection, MemberRole.READER))
        inside = page_of(client, photo)
        for told in ("wren.k", "my aunt told me", "/original", "Changes of the texts", "wrens-phone.jpg"):
            assert told in inside

    def test_serial_numbers_are_for_members_wherever_they_stand(self, client, collection):
        photo = a_kept_photo(
            collection,
            serial="SN-4711-X",
            statements=[
                ("serial", "EXIF BodySerialNumber", "SN-4711-X"),
                ("owner", "EXIF CameraOwnerName", "Ms Owner"),
                ("comment", "EXIF UserComment", "shot with SN-4711-X"),
                ("title", "XMP dc:title", "by Ms Owner"),
                ("lens", "EXIF LensModel", "50 mm"),
            ],
        )
        page = page_of(client, photo)
        assert "SN-4711-X" not in page
        assert "Ms Owner" not in page
        assert "50 mm" in page
        assert "4 statements that could tell one device" in page
        client.force_login(a_member(collection, MemberRole.READER))
        assert "SN-4711-X" in page_of(client, photo)

    def test_a_hidden_photo_changes_no_byte_of_a_strangers_page(self, client, photo):
        addresses = (f"/photos/{photo.public_id}/", "/collections/", f"/collections/{photo.collection.slug}/",
                     f"/iiif/image/{photo.public_id}/info.json")  # fmt: skip
        before = [client.get(address).content for address in addresses]
        hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE), place=AREZZO, taken=TAKEN)
        edit_photo(photo=hidden, by=None, title="Hidden")
        assert [client.get(address).content for address in addresses] == before


class TestWay:
    def test_steps_keep_the_selection_and_count_in_it(self, client, collection):
        photos = [a_kept_photo(collection, taken=TAKEN.replace(day=day)) for day in (1, 2, 3)]
        a_photo(a_collection(), taken=TAKEN)
        query = f"?collection={collection.slug}"
        page = page_of(client, photos[1], query)
        assert "2 of 3" in page
        assert "back to 3 results" in page
        assert f'rel="prev" href="/photos/{photos[0].public_id}/{query}"' in page
        assert f'rel="next" href="/photos/{photos[2].public_id}/{query}"' in page
        assert f'href="/{query}"' in page

    def test_at_the_ends_there_is_no_step(self, client, collection):
        photo = a_kept_photo(collection, taken=TAKEN)
        page = page_of(client, photo)
        assert "1 of 1" in page
        assert 'rel="prev"' not in page
        assert 'rel="next"' not in page

    def test_outside_the_view_the_page_says_so(self, client, photo):
        other = a_collection()
        assert "not in this view" in page_of(client, photo, f"?collection={other.slug}")

    @pytest.mark.parametrize(
        "query", ["?bbox=nonsense", "?from=never", "?sees=1,2", "?sort=x", "?q=" + "x" * 9000]
    )
    def test_a_selection_nobody_can_read_still_shows_the_photo(self, client, photo, query):
        assert "Where" in page_of(client, photo, query)


class TestProvenance:
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
    def test_notes_can_neither_run_nor_call_out(self, client, photo, owner, notes):
        edit_photo(photo=photo, by=owner.pk, provenance_notes=notes)
        raw = client.get(f"/photos/{photo.public_id}/").content.decode()
        note = re.search(r'<div class="prose notes">(.*?)</div>', raw, re.DOTALL)
        assert note
        written = note.group(1).lower()
        tags = re.findall(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", written)
        assert {name for name, _ in tags} <= {"p", "a", "code", "em", "strong"}
        for _, attributes in tags:
            assert not re.search(r"\bon\w+\s*=(?![^\"]*\")|javascript:|data:|vbscript:|src=", attributes)

    def test_notes_are_markdown(self, client, photo, owner):
        edit_photo(
            photo=photo, by=owner.pk, provenance_notes="# Found\n\nIn a *drawer*, see <https://a.example>"
        )
        page = page_of(client, photo)
        assert "<h4>Found</h4>" in page
        assert "<em>drawer</em>" in page
        assert 'rel="noopener noreferrer nofollow"' in page

    def test_what_people_type_is_only_text(self, client, photo, owner):
        evil = '"><script>alert(1)</script>'
        edit_photo(
            photo=photo, by=owner.pk, title=evil, caption=evil, credit=evil, keywords=[evil], alt_text=evil
        )
        raw = client.get(f"/photos/{photo.public_id}/").content.decode()
        assert "<script>alert" not in raw

    def test_rights_of_the_photo_go_before_those_of_the_collection(self, client, photo, owner):
        photo.collection.rights_uri = "https://creativecommons.org/licenses/by/4.0/"
        photo.collection.save()
        assert "CC BY 4.0" in page_of(client, photo)
        edit_photo(photo=photo, by=owner.pk, rights_uri="https://rightsstatements.org/vocab/InC/1.0/")
        page = page_of(client, photo)
        assert "In copyright" in page
        assert "CC BY 4.0" not in page


class TestFile:
    def test_unchanged_is_said_only_after_looking(self, client, photo):
        page = page_of(client, photo)
        assert "Unchanged since received" not in page
        found = client.get(
            f"/photos/{photo.public_id}/check", headers={"hx-request": "true"}
        ).content.decode()
        assert "Unchanged since received" in found
        assert "<html" not in found
        assert "<html" in client.get(f"/photos/{photo.public_id}/check").content.decode()

    def test_bytes_that_changed_are_found(self, client, collection):
        photo = a_kept_photo(collection)
        place = vault.path(photo.files.get().sha256)
        place.chmod(0o644)
        place.write_bytes(b"something else")
        found = client.get(f"/photos/{photo.public_id}/check").content.decode()
        assert "Unchanged since received" not in found
        assert "has changed on disk" in found

    def test_bytes_that_are_lost_are_found(self, client, collection):
        photo = a_kept_photo(collection)
        vault.delete(photo.files.get().sha256)
        assert "not in the vault" in client.get(f"/photos/{photo.public_id}/check").content.decode()

    def test_a_private_photo_is_checked_for_members_only(self, client):
        hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
        assert client.get(f"/photos/{hidden.public_id}/check").status_code == 404

    def test_further_files_stand_with_their_role(self, client, photo):
        a_further_file(photo, Role.BACK)
        page = page_of(client, photo)
        assert "Further files of this photo" in page
        assert "file=2" in page

    def test_problems_are_explained_with_an_innocent_reading(self, client, collection):
        photo = a_kept_photo(
            collection,
            problems=(Problem("gps_null_island", "GPS GPSLatitude", "0, 0 with nothing else about a fix."),),
            place=Place(0.0, 0.0),
        )
        words = words_of(page_of(client, photo))
        assert "The coordinates are exactly 0, 0" in words
        assert "May be innocent: Receivers write zeros" in words
        assert "gps_null_island" in words


def test_the_citation_names_creator_title_date_collection_and_address(client, photo, owner):
    edit_photo(photo=photo, by=owner.pk, title="Hill", creator="A. Person", identifier="W-17")
    page = page_of(client, photo)
    address = f"http://testserver/photos/{photo.public_id}/"
    assert f"A. Person, “Hill”, 22 October 2008, 16:28:39. Walks, W-17. Whence, {address}" in page


def test_the_page_costs_a_bounded_number_of_queries(client, photo, owner, django_assert_max_num_queries):
    for number in range(12):
        edit_photo(photo=photo, by=owner.pk, title=f"Title {number}")
        claim_place(photo=photo, by=owner, place=Place(1.0 + number, 2.0))
    a_further_file(photo)
    with django_assert_max_num_queries(18):
        page_of(client, photo)
    client.force_login(owner)
    with django_assert_max_num_queries(26):
        page_of(client, photo)
