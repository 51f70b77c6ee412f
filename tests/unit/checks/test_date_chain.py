from __future__ import annotations

from datetime import UTC, datetime

from archive.checks.date_chain import CHECK
from archive.checks.facts import FirstSeen
from archive.checks.models import Outcome
from archive.metadata import Problem
from archive.values.readership import Readership
from tests.unit.checks.making import a_reading, some_facts, the_result, told

TAKEN = datetime(2020, 6, 1, 12, 0, 0)


def seen(by: datetime, readership=Readership.PUBLIC) -> FirstSeen:
    return FirstSeen(by, by.date().isoformat(), "A post", readership)


def test_taken_then_changed_then_received_is_an_order_that_can_be():
    reading = a_reading(TAKEN, said=[("modified", "Image DateTime", "2020:06:03 12:00:00")])
    result = the_result(CHECK, some_facts(reading))
    assert result.outcome == Outcome.FITS
    assert result.facts["stages"] == ["taken", "modified", "received"]


def test_a_picture_published_before_it_was_taken_does_not_fit():
    facts = some_facts(a_reading(TAKEN), first_seen=seen(datetime(2019, 1, 5, tzinfo=UTC)))
    result = the_result(CHECK, facts)
    assert result.outcome == Outcome.DOES_NOT_FIT
    sentence = told(CHECK, result)
    assert "the picture was taken on 31 May 2020 at the earliest" in sentence
    assert "it was first seen published on 5 January 2019" in sentence


def test_a_clock_ahead_of_the_day_it_came_does_not_fit():
    facts = some_facts(a_reading(TAKEN), received_at=datetime(2020, 5, 1, tzinfo=UTC))
    assert the_result(CHECK, facts).facts["later"] == "received"


def test_published_the_same_day_may_be_a_matter_of_zones():
    facts = some_facts(a_reading(TAKEN), first_seen=seen(datetime(2020, 6, 1, 1, 0, tzinfo=UTC)))
    assert the_result(CHECK, facts).outcome == Outcome.FITS


def test_a_scan_digitised_years_after_the_picture_fits():
    reading = a_reading(
        datetime(1950, 6, 1), said=[("digitised", "EXIF DateTimeDigitized", "2010:01:01 10:00:00")]
    )
    assert the_result(CHECK, some_facts(reading)).outcome == Outcome.FITS


def test_digitised_before_it_was_taken_does_not_fit():
    reading = a_reading(TAKEN, said=[("digitised", "EXIF DateTimeDigitized", "2010:01:01 10:00:00")])
    result = the_result(CHECK, some_facts(reading))
    assert (result.facts["first"], result.facts["later"]) == ("taken", "digitised")


def test_a_program_that_put_its_own_zone_on_the_clock_is_given_a_day():
    reading = a_reading(
        TAKEN, offset=-240, said=[("digitised", "XMP exif:DateTimeDigitized", "2020-06-01T12:00:00+01:00")]
    )
    assert the_result(CHECK, some_facts(reading)).outcome == Outcome.FITS


def test_a_step_of_history_before_the_capture_does_not_fit():
    step = "action=saved, when=2018-03-01T10:00:00+01:00, softwareAgent=A Program 1.0"
    reading = a_reading(TAKEN, said=[("history", "XMP xmpMM:History[1]", step)])
    result = the_result(CHECK, some_facts(reading))
    assert (result.outcome, result.facts["later"]) == (Outcome.DOES_NOT_FIT, "history")


def test_two_changes_have_no_order_among_themselves():
    said = [
        ("modified", "XMP xmp:ModifyDate", "2020-07-01T10:00:00Z"),
        ("history", "XMP xmpMM:History[1]", "action=saved, when=2020-06-20T10:00:00Z"),
    ]
    assert the_result(CHECK, some_facts(a_reading(TAKEN, said=said))).outcome == Outcome.FITS


def test_an_unset_clock_is_told_as_that_and_no_date_at_all_not():
    unset = a_reading(problems=(Problem("date_unset", "EXIF DateTimeOriginal", "unset", "taken"),))
    assert the_result(CHECK, some_facts(unset)).facts["case"] == "unset"
    assert not list(CHECK.run(some_facts()))


def test_an_appearance_for_reviewers_makes_the_finding_theirs():
    by = seen(datetime(2019, 1, 5, tzinfo=UTC), Readership.REVIEWERS)
    assert the_result(CHECK, some_facts(a_reading(TAKEN), first_seen=by)).readership == Readership.REVIEWERS
