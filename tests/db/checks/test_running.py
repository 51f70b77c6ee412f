"""Findings are kept by version and told by readership; neighbours of a device follow."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.catalogue.models import Photo
from archive.checks import run
from archive.checks.check import Check, Reliability, Scope
from archive.checks.models import Finding, Fingerprint, Outcome
from archive.checks.results import Result
from archive.checks.run import check_photo, current_findings, nothing_to_look_at
from archive.evidence.claims import claim_place, claim_time
from archive.evidence.models import Appearance
from archive.values.place import Place
from archive.values.readership import Readership
from tests.db.making import a_collection, a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db

EVERYONE = [Readership.PUBLIC]
REVIEWERS = list(Readership)
SEOUL = Place(37.5665, 126.978)
TOKYO = Place(35.6812, 139.7671)
BUSAN = Place(35.1796, 129.0756)
START = datetime(2020, 6, 1, 12, 0, 0)
CAMERA = {"make": "Canon", "model": "EOS R5", "serial": "023021000484"}


@pytest.fixture(autouse=True)
def _facts_alone(monkeypatch):
    """Leave out the checks that open the original: these photos have no bytes."""
    facts_alone = tuple(check for check in run.REGISTER if check.scope in (Scope.PHOTO, Scope.DEVICE))
    monkeypatch.setattr(run, "REGISTER", facts_alone)
    monkeypatch.setattr(run.fingerprints, "take", lambda _photo: None)


def a_frame(collection, place, minutes, **more) -> Photo:
    """A photo of one camera, so many minutes after the first."""
    taken = START + timedelta(minutes=minutes)
    return a_photo(collection, a_reading(place=place, taken=taken, **{**CAMERA, **more}))


def finding(photo: Photo, code: str) -> Finding | None:
    return Finding.objects.filter(photo=photo, check_code=code, replaced_at=None).first()


def told(photo, code, readers=REVIEWERS):
    return next((one for one in current_findings(photo, readers) if one.code == code), None)


def test_a_check_run_twice_changes_nothing():
    photo = a_photo(place=SEOUL, taken=START, aperture=8.0, exposure_s=0.004, iso=100)
    first = {row.pk for row in check_photo(photo)}
    assert first
    assert {row.pk for row in check_photo(photo)} == first
    assert Finding.objects.filter(photo=photo).count() == len(first)


def test_a_result_that_changes_keeps_the_old_one():
    photo = a_photo(place=SEOUL, taken=START, aperture=8.0, exposure_s=0.004, iso=100)
    check_photo(photo)
    before = finding(photo, "sun")
    assert before.outcome == Outcome.FITS
    claim_time(photo=photo, by=a_user(), text="2020-06-02T00:30:00")
    check_photo(photo)
    before.refresh_from_db()
    assert before.replaced_at is not None
    assert finding(photo, "sun").outcome == Outcome.DOES_NOT_FIT


def test_a_check_that_raises_could_not_check_and_stops_no_other(monkeypatch, caplog):
    def stumble(_facts):
        raise ZeroDivisionError("nothing to divide by")

    broken = Check("broken", 1, "A check", "A rule.", "Help.", ("none",), Reliability.LOW, stumble, str)
    monkeypatch.setattr(run, "REGISTER", (broken, *run.REGISTER))
    photo = a_photo(taken=START)
    rows = {row.check_code: row for row in check_photo(photo)}
    assert rows["broken"].outcome == Outcome.COULD_NOT_CHECK
    assert rows["broken"].facts == {"error": "ZeroDivisionError"}
    assert rows["date_chain"].outcome == Outcome.FITS
    assert "nothing to divide by" in caplog.text


def test_a_new_version_asks_again_and_keeps_what_the_old_one_found(monkeypatch):
    photo = a_photo(taken=START)
    check_photo(photo)
    old = finding(photo, "date_chain")
    newer = tuple(
        dataclasses.replace(check, version=2) if check.code == "date_chain" else check
        for check in run.REGISTER
    )
    monkeypatch.setattr(run, "REGISTER", newer)
    check_photo(photo)
    old.refresh_from_db()
    assert old.replaced_at is not None
    assert finding(photo, "date_chain").version == 2


def test_what_rests_on_the_bytes_alone_is_not_asked_again(monkeypatch):
    asked = []

    def ask(facts):
        asked.append(facts.photo)
        return [Result(Outcome.FITS)]

    check = Check(
        "bytes", 1, "A check", "A rule.", "Help.", ("none",), Reliability.LOW, ask, lambda *_: "", Scope.FILE
    )
    monkeypatch.setattr(run, "REGISTER", (check,))
    photo = a_photo()
    check_photo(photo)
    check_photo(photo)
    assert len(asked) == 1
    check_photo(photo, afresh=True)
    assert len(asked) == 2


def test_facts_that_change_while_checks_run_are_looked_at_again(monkeypatch):
    """The date chain is asked while somebody records an appearance: what is written knows of it."""
    photo = a_photo(taken=START)
    real = run._run

    def meanwhile(facts, checks):
        found = real(facts, checks)
        Appearance.objects.get_or_create(
            photo=photo,
            platform="Reddit",
            defaults={"posted_latest": datetime(2019, 1, 1, tzinfo=UTC), "salt": "s"},
        )
        return found

    monkeypatch.setattr(run, "_run", meanwhile)
    check_photo(photo)
    assert finding(photo, "date_chain").outcome == Outcome.DOES_NOT_FIT


def test_a_frame_that_comes_between_is_compared_with_both_sides_and_they_with_it():
    collection = a_collection()
    first, last = a_frame(collection, SEOUL, 0), a_frame(collection, SEOUL, 60)
    check_photo(first)
    check_photo(last)
    assert finding(first, "speed").facts["neighbours"] == [last.public_id]
    between = a_frame(collection, TOKYO, 30)
    check_photo(between)
    assert finding(between, "speed").outcome == Outcome.DOES_NOT_FIT
    for photo in (first, last):
        assert finding(photo, "speed").facts["neighbours"] == [between.public_id]
        assert finding(photo, "speed").outcome == Outcome.DOES_NOT_FIT


def test_a_frame_that_moves_away_frees_its_old_neighbours_and_finds_new_ones():
    collection = a_collection()
    frames = [a_frame(collection, SEOUL, minutes) for minutes in (0, 10, 20, 60, 70)]
    for frame in frames:
        check_photo(frame)
    first, moved, third, fourth, fifth = frames
    claim_time(photo=moved, by=a_user(), text="2020-06-01T13:05:00")
    check_photo(moved)
    assert finding(first, "speed").facts["neighbours"] == [third.public_id]
    assert finding(third, "speed").facts["neighbours"] == [first.public_id, fourth.public_id]
    assert finding(fourth, "speed").facts["neighbours"] == [third.public_id, moved.public_id]
    assert finding(fifth, "speed").facts["neighbours"] == [moved.public_id]


def test_a_worker_killed_before_it_wrote_is_made_good_by_the_next(monkeypatch):
    collection = a_collection()
    first, moved, last = (a_frame(collection, SEOUL, minutes) for minutes in (0, 10, 20))
    for frame in (first, moved, last):
        check_photo(frame)
    claim_time(photo=moved, by=a_user(), text="2020-06-01T12:30:00")
    with monkeypatch.context() as stop:
        stop.setattr(run, "_settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            check_photo(moved)
    check_photo(moved)
    assert finding(first, "speed").facts["neighbours"] == [last.public_id]
    assert finding(last, "speed").facts["neighbours"] == [first.public_id, moved.public_id]


def _killed(*_args):
    raise KeyboardInterrupt


def test_frames_of_another_collection_and_of_another_camera_are_no_neighbours():
    collection = a_collection()
    here = a_frame(collection, SEOUL, 0)
    a_frame(a_collection(), BUSAN, 1)
    a_frame(collection, BUSAN, 1, serial="999888777666")
    for photo in Photo.objects.all():
        check_photo(photo)
    assert finding(here, "speed") is None


def test_a_check_asks_as_much_of_a_large_collection_as_of_a_small_one():
    collection = a_collection()
    photos = [a_frame(collection, SEOUL, minutes) for minutes in range(3)]
    for photo in photos:
        check_photo(photo)
    counts = []
    for more in (0, 12):
        for minutes in range(more):
            check_photo(a_frame(collection, SEOUL, 100 + minutes))
        with CaptureQueriesContext(connection) as asked:
            check_photo(photos[1])
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 45


def test_devices_are_told_to_reviewers_with_a_count_that_is_never_stale():
    collection = a_collection()
    photo = a_frame(collection, SEOUL, 0)
    check_photo(photo)
    assert "No other photo" in told(photo, "same_device").sentence
    check_photo(a_frame(collection, SEOUL, 5))
    assert "One other photo is from the same device" in told(photo, "same_device").sentence
    assert told(photo, "same_device", EVERYONE) is None
    kept = json.dumps([row.facts for row in Finding.objects.all()]) + Fingerprint.objects.first().device
    assert CAMERA["serial"] not in kept


def test_a_told_finding_says_everything_a_person_needs():
    photo = a_photo(place=SEOUL, taken=START)
    check_photo(photo)
    one = told(photo, "date_chain", EVERYONE)
    assert one.outcome_words == "fits"
    assert one.sentence.startswith("The dates are in an order that can be")
    assert one.innocent
    assert one.help
    assert one.inputs[0].tag == "EXIF DateTimeOriginal"
    assert one.reliability == "medium"


def test_what_had_nothing_to_look_at_is_known_and_before_the_first_check_nothing_is():
    photo = a_photo(taken=START)
    assert nothing_to_look_at(photo) == ()
    check_photo(photo)
    assert "speed" in {check.code for check in nothing_to_look_at(photo)}


def test_a_place_a_person_claims_is_checked_like_the_files():
    photo = a_photo(taken=START, aperture=8.0, exposure_s=0.004, iso=100)
    check_photo(photo)
    assert finding(photo, "sun") is None
    claim_place(photo=photo, by=a_user(), place=SEOUL)
    check_photo(photo)
    assert finding(photo, "sun").outcome == Outcome.FITS


def test_a_removed_photo_is_no_photo_to_check():
    with pytest.raises(Photo.DoesNotExist):
        check_photo(Photo(pk=987_654))
