"""/photos/<id>/: what it says of where and when, and who may read what."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from archive.catalogue.photos import edit_photo
from archive.evidence.claims import claim_place, claim_time, withdraw
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from tests.db.making import a_collection, a_photo, a_user
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
    with django_assert_max_num_queries(25):
        page_of(client, photo)
    client.force_login(owner)
    with django_assert_max_num_queries(38):
        page_of(client, photo)
