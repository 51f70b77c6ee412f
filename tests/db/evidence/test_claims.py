from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.catalogue.models import IndexRow
from archive.custody.chain import verify_chains
from archive.evidence.claims import (
    claim_place,
    claim_time,
    history,
    newest_claim,
    undo_claim,
    withdraw,
)
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import Claim
from archive.evidence.proposing import propose
from archive.values.direction import Direction
from archive.values.moment import Moment, local_seconds
from archive.values.place import Place
from archive.values.settled import Basis, Facet, SettledPlace, SettledTime
from tests.db.making import a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db

SEOUL = Place(37.5665, 126.978, 12)
BUSAN = Place(35.1796, 129.0756)
NOON = datetime(2020, 6, 1, 12, 0, 0)


def place_of(photo) -> SettledPlace:
    photo.refresh_from_db()
    return SettledPlace.from_json(photo.settled_place)


def time_of(photo) -> SettledTime:
    photo.refresh_from_db()
    return SettledTime.from_json(photo.settled_time)


def test_the_file_proposes_place_direction_and_time_with_tag_and_raw_text():
    photo = a_photo(place=SEOUL, taken=NOON, direction=Direction(90, "T"))
    claims = {claim.facet: claim for claim in Claim.objects.filter(photo=photo)}
    assert set(claims) == {"camera_place", "direction", "time"}
    assert claims["camera_place"].tag == "GPS GPSLatitude"
    assert claims["camera_place"].raw == "37.5665"
    assert claims["camera_place"].method == "exif"
    assert place_of(photo).zone == "Asia/Seoul"
    assert time_of(photo).earliest_utc == "2020-06-01T03:00:00+00:00"


def test_a_file_without_place_or_date_leaves_both_unknown():
    photo = a_photo()
    assert not Claim.objects.exists()
    row = IndexRow.objects.filter(photo=photo).first()
    assert (row.key, row.parts, row.earliest) == (None, 0, None)


def test_the_same_reading_again_makes_no_second_claim():
    reading = a_reading(place=SEOUL, taken=NOON)
    photo = a_photo(reading=reading)
    assert propose(photo=photo, file=photo.files.get(), reading=reading) == []


def test_a_better_reading_supersedes_what_the_file_said_before():
    reading = a_reading(place=SEOUL)
    photo = a_photo(reading=reading)
    (claim,) = propose(photo=photo, file=photo.files.get(), reading=replace(reading, place=BUSAN))
    assert claim.supersedes is not None
    assert [part.place for part in place_of(photo).parts] == [BUSAN]


def test_a_persons_place_stands_and_withdrawing_it_brings_the_files_back():
    photo, user = a_photo(place=SEOUL), a_user()
    claim_place(photo=photo, by=user, place=BUSAN, words="the tower is in Busan")
    assert place_of(photo).parts[0].basis is Basis.PERSON
    withdraw(photo=photo, facet=Facet.CAMERA_PLACE, by=user)
    assert place_of(photo).parts[0].place == SEOUL
    assert [claim.method for claim in history(photo)] == ["withdrawn", "stated", "exif"]


def test_a_correction_by_another_curator_supersedes_and_both_stay_in_the_history():
    photo = a_photo()
    claim_place(photo=photo, by=a_user(), place=SEOUL)
    claim_place(photo=photo, by=a_user(), place=BUSAN)
    assert [part.place for part in place_of(photo).parts] == [BUSAN]
    assert len(history(photo)) == 2


def test_moving_the_place_recomputes_the_utc_time():
    photo, user = a_photo(place=SEOUL, taken=NOON), a_user()
    claim_place(photo=photo, by=user, place=Place(51.5, -0.12))
    assert time_of(photo).zone_assumed == "Europe/London"
    assert time_of(photo).earliest_utc == "2020-06-01T11:00:00+00:00"


def test_a_typed_date_becomes_an_interval_on_the_timeline():
    photo = a_photo()
    claim_time(photo=photo, by=a_user(), text="2020")
    row = IndexRow.objects.filter(photo=photo).first()
    assert row.earliest == local_seconds(datetime(2020, 1, 1))
    assert row.latest == local_seconds(datetime(2020, 12, 31, 23, 59, 59))
    assert time_of(photo).text == "2020"


def test_an_unreadable_date_is_refused_and_nothing_changes():
    photo = a_photo(taken=NOON)
    with pytest.raises(EvidenceError):
        claim_time(photo=photo, by=a_user(), text="when the cows came home")
    assert time_of(photo).moment == Moment.at(NOON)


def test_a_direction_is_no_place():
    with pytest.raises(EvidenceError, match="which place"):
        claim_place(photo=a_photo(), by=a_user(), place=SEOUL, facet=Facet.DIRECTION)


def test_satellite_time_alone_gets_a_local_date_from_the_place():
    photo = a_photo(place=SEOUL, gps_time_utc=datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC))
    assert time_of(photo).moment.earliest == datetime(2020, 6, 1, 7, 0, 0)


def test_claims_are_chained_without_their_words():
    photo = a_photo(place=SEOUL)
    claim_place(photo=photo, by=a_user(), place=BUSAN, words="a neighbour told me")
    assert list(verify_chains(photo.public_id)) == []


def test_both_audiences_hold_a_row_for_each_place():
    photo = a_photo(place=SEOUL)
    assert sorted(IndexRow.objects.filter(photo=photo).values_list("audience", "part")) == [(0, 0), (1, 0)]


def test_undoing_a_place_brings_back_what_stood_before_and_undoing_again_the_file():
    photo, user = a_photo(place=SEOUL), a_user()
    first = claim_place(photo=photo, by=user, place=BUSAN, words="a tower")
    second = claim_place(photo=photo, by=user, place=Place(36, 127))
    restored = undo_claim(claim=second, by=user)
    assert (place_of(photo).parts[0].place, restored.words) == (BUSAN, "a tower")
    with pytest.raises(StaleClaimError):
        undo_claim(claim=first, by=user)


def test_undoing_the_only_place_a_person_gave_leaves_the_files_word():
    photo, user = a_photo(place=SEOUL), a_user()
    undo_claim(claim=claim_place(photo=photo, by=user, place=BUSAN), by=user)
    assert place_of(photo).parts[0].place == SEOUL


def test_undoing_a_withdrawal_brings_the_persons_word_back():
    photo, user = a_photo(place=SEOUL), a_user()
    claim_place(photo=photo, by=user, place=BUSAN)
    undo_claim(claim=withdraw(photo=photo, facet=Facet.CAMERA_PLACE, by=user), by=user)
    assert place_of(photo).parts[0].place == BUSAN


def test_what_a_file_says_cannot_be_undone():
    photo = a_photo(place=SEOUL)
    with pytest.raises(EvidenceError, match="say what you know"):
        undo_claim(claim=Claim.objects.get(photo=photo), by=a_user())


def test_a_claim_made_on_an_old_page_is_refused_and_nothing_is_written():
    photo, user = a_photo(place=SEOUL), a_user()
    seen = newest_claim(photo, Facet.CAMERA_PLACE)
    claim_place(photo=photo, by=a_user(), place=BUSAN, seen=seen)
    with pytest.raises(StaleClaimError):
        claim_place(photo=photo, by=user, place=Place(36, 127), seen=seen)
    with pytest.raises(StaleClaimError):
        withdraw(photo=photo, facet=Facet.CAMERA_PLACE, by=user, seen=seen)
    assert Claim.objects.filter(photo=photo).count() == 2
