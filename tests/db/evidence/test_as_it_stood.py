from __future__ import annotations

import pytest
from django.utils import timezone

from archive.evidence.claims import except_photo, retract_claim
from archive.evidence.hearing import case_of
from archive.evidence.series import open_series
from archive.evidence.settling import as_it_stood
from archive.evidence.verdicts import withdraw_verdict
from archive.values.readership import Readership
from archive.values.settled import Facet, Status
from tests.db.evidence.people import BUSAN, SEOUL, a_claim, a_verdict
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({Readership.PUBLIC})


def stood(photo, at, **reader):
    place = as_it_stood(photo, at, **(reader or {"inside": True})).place
    return place.status, [part.place for part in place.parts]


def test_each_step_can_be_read_again():
    photo, reviewer = a_photo(), a_user()
    never = timezone.now()
    claim = a_claim(photo)
    said = timezone.now()
    verdict = a_verdict(claim, reviewer=reviewer)
    confirmed = timezone.now()
    withdraw_verdict(verdict=verdict, by=reviewer)
    retract_claim(claim=claim, by=a_user())
    assert stood(photo, never) == (Status.UNKNOWN, [])
    assert stood(photo, said) == (Status.UNREVIEWED, [SEOUL])
    assert stood(photo, confirmed) == (Status.CONFIRMED, [SEOUL])
    assert stood(photo, timezone.now()) == (Status.UNKNOWN, [])


def test_an_exception_made_later_did_not_hold_before():
    photo = a_photo()
    series = open_series(collection=photo.collection, title="One post", photos=[photo], by=a_user())
    claim = a_claim(series)
    before = timezone.now()
    except_photo(claim=claim, photo=photo, by=a_user())
    assert stood(photo, before) == (Status.UNREVIEWED, [SEOUL])
    assert stood(photo, timezone.now()) == (Status.UNKNOWN, [])


def test_outsiders_read_the_past_without_what_is_not_theirs():
    photo = a_photo()
    a_claim(photo, readership=Readership.MEMBERS)
    assert stood(photo, timezone.now(), inside=False) == (Status.UNKNOWN, [])


def test_the_case_of_an_earlier_day_holds_only_what_was_known_then():
    photo = a_photo()
    a_claim(photo)
    then = timezone.now()
    a_verdict(a_claim(photo, BUSAN, name="another"))
    case = case_of(photo, readerships=PUBLIC, at=then)
    question = case.questions[Facet.CAMERA_PLACE]
    assert [hypothesis.value for hypothesis in question.hypotheses] == [SEOUL]
    assert (question.verdicts, [turn.after for turn in case.turns]) == ((), [Status.UNREVIEWED])
