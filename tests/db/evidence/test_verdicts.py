from __future__ import annotations

import pytest

from archive.custody.chain import verify_chains
from archive.evidence.claims import retract_claim
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import StatusChange, Verdict
from archive.evidence.verdicts import give_verdict, has_judged, withdraw_verdict
from archive.values.settled import Facet, Status
from tests.db.evidence.people import BUSAN, SEOUL, a_claim, a_verdict, place_of, words
from tests.db.making import a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db


def changes_of(photo):
    return [(change.facet, change.before, change.after) for change in photo.status_changes.all()]


def test_a_verdict_moves_the_answer_and_names_itself_as_the_reason():
    photo = a_photo()
    claim = a_claim(photo)
    verdict = a_verdict(claim)
    assert place_of(photo).status is Status.CONFIRMED
    change = StatusChange.objects.get(photo=photo, after="confirmed")
    assert (change.verdict, change.claim, change.before) == (verdict, None, "unreviewed")


def test_dissent_stays_and_the_question_is_disputed():
    photo = a_photo()
    claim = a_claim(photo)
    a_verdict(claim, "confirmed")
    a_verdict(claim, "refuted", reasons="the river is missing")
    assert place_of(photo).status is Status.DISPUTED
    assert [part.place for part in place_of(photo).parts] == [SEOUL]
    assert Verdict.objects.count() == 2


def test_a_later_verdict_of_the_same_reviewer_replaces_the_earlier_one_which_stays():
    photo, reviewer = a_photo(), a_user()
    claim = a_claim(photo)
    first = a_verdict(claim, "refuted", reviewer)
    second = a_verdict(claim, "confirmed", reviewer)
    assert (second.supersedes, place_of(photo).status) == (first, Status.CONFIRMED)
    assert Verdict.objects.count() == 2


def test_a_verdict_taken_back_counts_no_more():
    photo, reviewer = a_photo(), a_user()
    claim = a_claim(photo)
    withdraw_verdict(verdict=a_verdict(claim, reviewer=reviewer), by=reviewer)
    assert place_of(photo).status is Status.UNREVIEWED
    assert changes_of(photo)[-1] == ("camera_place", "confirmed", "unreviewed")


def test_only_its_reviewer_takes_a_verdict_back_and_only_once():
    reviewer = a_user()
    verdict = a_verdict(a_claim(a_photo()), reviewer=reviewer)
    with pytest.raises(EvidenceError, match="Only the reviewer"):
        withdraw_verdict(verdict=verdict, by=a_user())
    withdraw_verdict(verdict=verdict, by=reviewer)
    with pytest.raises(StaleClaimError):
        withdraw_verdict(verdict=verdict, by=reviewer)


@pytest.mark.parametrize(
    "wrong",
    [{"judgement": "withdrawn"}, {"judgement": "fake"}, {"credibility": 7}, {"reasons": "  "}],
)
def test_a_verdict_needs_a_judgement_and_reasons(wrong):
    fields = {"judgement": "possible", "reasons": "seen", **wrong}
    with pytest.raises(EvidenceError):
        give_verdict(claim=a_claim(a_photo()), reviewer=a_user(), **fields)
    assert not Verdict.objects.exists()


def test_a_claim_that_was_taken_back_is_not_judged():
    claim = a_claim(a_photo())
    retract_claim(claim=claim, by=a_user())
    with pytest.raises(StaleClaimError):
        a_verdict(claim)


def test_where_two_reviewers_are_asked_for_the_second_moves_the_answer():
    photo = a_photo(a_collection())
    type(photo.collection).objects.update(two_reviewers=True)
    claim = a_claim(photo)
    a_verdict(claim)
    assert place_of(photo).status is Status.IN_REVIEW
    a_verdict(claim)
    assert place_of(photo).status is Status.CONFIRMED


def test_only_a_first_verdict_is_blind():
    photo, reviewer = a_photo(), a_user()
    type(photo.collection).objects.update(blind_first_verdict=True)
    claim = a_claim(photo)
    assert not has_judged(claim, reviewer)
    first = a_verdict(claim, reviewer=reviewer)
    assert has_judged(claim, reviewer)
    assert [first.blind, a_verdict(claim, reviewer=reviewer).blind] == [True, False]


def test_a_reviewer_whose_account_is_gone_keeps_one_voice():
    photo, reviewer = a_photo(), a_user()
    claim = a_claim(photo)
    a_verdict(claim, "refuted", reviewer)
    a_verdict(claim, "confirmed", reviewer)
    reviewer.delete()
    a_verdict(claim, "confirmed")
    assert place_of(photo).status is Status.CONFIRMED


def test_verdicts_are_chained_without_their_reasons():
    photo = a_photo()
    a_verdict(a_claim(photo), reasons="a neighbour told me")
    assert list(verify_chains(photo.public_id)) == []


def test_a_verdict_that_moves_neither_place_nor_date_writes_no_rows_anew():
    photo, reviewer = a_photo(place=SEOUL), a_user()
    claim = a_claim(photo, words("XiaoHao"), Facet.AUTHOR)
    a_verdict(claim, "possible", reviewer)
    rows = list(photo.index_rows.values_list("pk", flat=True))
    a_verdict(claim, "possible", reviewer)
    assert list(photo.index_rows.values_list("pk", flat=True)) == rows


def test_what_rests_on_a_claim_about_another_photo_falls_with_it():
    collection = a_collection()
    first, second = a_photo(collection), a_photo(collection)
    root = a_claim(first)
    a_claim(second, BUSAN, bases=[root], name="another", method="derived")
    assert [part.place for part in place_of(second).parts] == [BUSAN]
    verdict = a_verdict(root, "refuted")
    assert place_of(second).parts == ()
    assert second.status_changes.last().verdict == verdict
