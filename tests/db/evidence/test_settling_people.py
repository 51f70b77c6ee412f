"""What people say, settled and written: which answers outsiders get, and what a change names."""

from __future__ import annotations

import pytest

from archive.catalogue.index import settled
from archive.catalogue.models import Audience, IndexRow
from archive.evidence.claims import make_claim, retract_claim
from archive.evidence.errors import EvidenceError
from archive.evidence.making import source_of
from archive.values.readership import Readership
from archive.values.settled import STATUS_CODES, Facet, Status
from tests.db.evidence.people import BUSAN, LIMA, SEOUL, a_claim, a_source, a_verdict, place_of, words
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db


def outside_rows(photo):
    rows = IndexRow.objects.filter(photo=photo, audience=Audience.PUBLIC)
    return list(rows.order_by("part").values_list("latitude", "place_status", "parts"))


def test_a_claim_for_reviewers_alone_would_show_through_what_members_see():
    with pytest.raises(EvidenceError, match="for everyone or for members"):
        a_claim(a_photo(), BUSAN, readership=Readership.REVIEWERS)


def test_a_claim_that_is_not_public_changes_nothing_outside():
    photo = a_photo(place=SEOUL)
    before = outside_rows(photo)
    a_verdict(a_claim(photo, BUSAN, readership=Readership.MEMBERS))
    photo.refresh_from_db()
    assert [part.place for part in settled(photo, inside=True)[0].parts] == [BUSAN]
    assert [part.place for part in settled(photo, inside=False)[0].parts] == [SEOUL]
    assert outside_rows(photo) == before == [(SEOUL.latitude, STATUS_CODES[Status.UNREVIEWED], 1)]


def test_a_hidden_correction_leaves_outsiders_what_they_had():
    photo = a_photo()
    source = a_source(photo.collection)
    first = a_claim(photo, source=source)
    before = outside_rows(photo)
    a_claim(photo, BUSAN, source=source, supersedes=first, readership=Readership.MEMBERS)
    assert outside_rows(photo) == before


def test_a_hidden_voice_corroborates_nothing_outside():
    photo = a_photo()
    a_claim(photo)
    a_claim(photo, name="another", readership=Readership.MEMBERS)
    photo.refresh_from_db()
    assert settled(photo, inside=True)[0].status is Status.CORROBORATED
    assert settled(photo, inside=False)[0].status is Status.UNREVIEWED


def test_where_everything_is_public_one_answer_serves_all():
    photo = a_photo(place=SEOUL)
    a_claim(photo, BUSAN)
    photo.refresh_from_db()
    assert photo.settled_public is None


def test_a_claim_that_changes_a_status_is_named():
    photo = a_photo()
    a_claim(photo)
    second = a_claim(photo, name="another")
    change = photo.status_changes.last()
    assert (change.claim, change.verdict, change.after) == (second, None, "corroborated")


def test_a_members_entry_agreeing_with_a_source_corroborates_nothing():
    photo, user = a_photo(), a_user()
    a_claim(photo)
    make_claim(target=photo, facet=Facet.CAMERA_PLACE, value=SEOUL, source=source_of(user), by=user)
    assert place_of(photo).status is Status.UNREVIEWED


def test_rival_sources_are_parts_and_rows_of_the_map():
    photo = a_photo()
    a_claim(photo)
    a_claim(photo, BUSAN, name="another")
    assert [latitude for latitude, _, parts in outside_rows(photo)] == [SEOUL.latitude, BUSAN.latitude]


def test_taking_the_only_claim_back_leaves_the_question_unknown():
    photo = a_photo()
    claim = a_claim(photo)
    gone = retract_claim(claim=claim, by=a_user(), rationale="mistaken")
    assert (place_of(photo).parts, place_of(photo).status) == ((), Status.UNKNOWN)
    assert photo.status_changes.last().claim == gone


def test_what_a_file_says_is_not_taken_back():
    photo = a_photo(place=SEOUL)
    with pytest.raises(EvidenceError, match="cannot be taken back"):
        retract_claim(claim=photo.claims.get(), by=a_user())


def test_the_maker_of_a_picture_is_a_question_of_its_own():
    photo = a_photo(place=SEOUL)
    a_claim(photo, words("XiaoHao"), Facet.AUTHOR)
    a_claim(photo, words("u/XiaoHao2"), Facet.AUTHOR, name="another")
    photo.refresh_from_db()
    assert photo.settled_facets["author"] == "unreviewed"
    assert photo.settled_facets["camera_place"] == "unreviewed"


@pytest.mark.parametrize(
    ("facet", "value"), [(Facet.TIME, SEOUL), (Facet.AUTHOR, SEOUL), (Facet.DIRECTION, words("north"))]
)
def test_each_question_takes_its_own_kind_of_answer(facet, value):
    with pytest.raises(EvidenceError):
        a_claim(a_photo(), value, facet)


def test_a_correction_answers_the_same_question_and_is_made_once():
    photo = a_photo()
    source = a_source(photo.collection)
    first = a_claim(photo, source=source)
    with pytest.raises(EvidenceError, match="same question"):
        a_claim(photo, LIMA, Facet.SUBJECT_PLACE, source, supersedes=first)
    a_claim(photo, BUSAN, source=source, supersedes=first)
    with pytest.raises(EvidenceError):
        a_claim(photo, LIMA, source=source, supersedes=first)
