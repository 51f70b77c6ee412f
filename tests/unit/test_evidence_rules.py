"""The rules of settling, one example each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.evidence.rules import Level, Out, Rule, agree, answers
from archive.evidence.values import CivilTime, Instant, Text
from archive.evidence.vocabulary import Judgement
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet, Status
from archive.values.shapes import Candidate, Relating, Relation
from tests.unit.saying import ANN, BEN, CAT, LIMA, LONDON, SEOUL, judged, says

CAMERA = Facet.CAMERA_PLACE
TWO = Rule(two_reviewers=True)
WIDE_SEOUL = Place(37.6, 127.0, 20_000)


def answer(*claims, facet=CAMERA, rule=None):
    return answers(claims, rule or Rule())[facet]


def standing(found, number):
    return next(one for one in found.standings if one.said.claim == number)


def winning(found):
    return [said.claim for said in found.winners]


@pytest.mark.parametrize(
    ("judgement", "level", "status"),
    [
        (Judgement.CONFIRMED, Level.CONFIRMED, Status.CONFIRMED),
        (Judgement.PROBABLE, Level.PROBABLE, Status.IN_REVIEW),
        (Judgement.POSSIBLE, Level.POSSIBLE, Status.IN_REVIEW),
        (Judgement.DOUBTFUL, Level.DOUBTFUL, Status.IN_REVIEW),
        (Judgement.UNDETERMINABLE, Level.PERSON, Status.UNDETERMINABLE),
    ],
)
def test_one_verdict_gives_its_level(judgement, level, status):
    found = answer(says(1, SEOUL, judged(ANN, judgement)))
    assert (standing(found, 1).level, found.status) == (level, status)


def test_the_lower_of_two_verdicts_is_the_level():
    found = answer(says(1, SEOUL, judged(ANN, Judgement.CONFIRMED), judged(BEN, Judgement.POSSIBLE)))
    assert standing(found, 1).level is Level.POSSIBLE


def test_two_reviewers_who_hold_it_probable_corroborate():
    found = answer(says(1, SEOUL, judged(ANN, Judgement.PROBABLE), judged(BEN, Judgement.CONFIRMED)))
    assert found.status is Status.CORROBORATED


def test_a_reviewer_who_cannot_tell_is_no_second_voice():
    found = answer(says(1, SEOUL, judged(ANN, Judgement.PROBABLE), judged(BEN, Judgement.UNDETERMINABLE)))
    assert found.status is Status.IN_REVIEW


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        (Judgement.CONFIRMED, Judgement.REFUTED, True),
        (Judgement.PROBABLE, Judgement.REFUTED, True),
        (Judgement.POSSIBLE, Judgement.REFUTED, True),
        (Judgement.PROBABLE, Judgement.DOUBTFUL, True),
        (Judgement.POSSIBLE, Judgement.DOUBTFUL, False),
        (Judgement.CONFIRMED, Judgement.POSSIBLE, False),
        (Judgement.UNDETERMINABLE, Judgement.REFUTED, False),
    ],
)
def test_opposed_verdicts_are_a_dispute_and_shades_are_not(one, other, disputed):
    found = answer(says(1, SEOUL, judged(ANN, one), judged(BEN, other)))
    assert (found.status is Status.DISPUTED) is disputed


def test_a_disputed_claim_stays_beside_the_one_that_is_confirmed():
    disputed = says(1, SEOUL, judged(ANN, Judgement.CONFIRMED), judged(BEN, Judgement.REFUTED))
    found = answer(disputed, says(2, LONDON, judged(CAT, Judgement.CONFIRMED)))
    assert (found.status, winning(found)) == (Status.DISPUTED, [1, 2])


def test_two_confirmed_answers_that_differ_are_a_dispute():
    one, other = (says(n, at, judged(ANN, Judgement.CONFIRMED)) for n, at in ((1, SEOUL), (2, LONDON)))
    assert answer(one, other).status is Status.DISPUTED


def test_two_confirmed_answers_that_fit_a_third_are_still_a_dispute():
    """A wide area that holds both does not reconcile two places in it, whichever was said first."""
    everywhere = Place(0, 0, 20_100_000)
    values = (everywhere, SEOUL, LONDON)
    claims = [says(n, value, judged(ANN, Judgement.CONFIRMED)) for n, value in enumerate(values, 1)]
    assert answer(*claims).status is Status.DISPUTED


def test_where_all_but_one_are_refuted_the_last_is_no_better_judged_than_before():
    gone = [says(n, at, judged(ANN, Judgement.REFUTED)) for n, at in ((1, SEOUL), (2, LONDON))]
    found = answer(*gone, says(3, LIMA))
    assert (winning(found), standing(found, 3).level) == ([3], Level.PERSON)
    assert found.status is Status.UNREVIEWED


def test_two_independent_sources_corroborate():
    found = answer(says(1, SEOUL), says(2, SEOUL), says(3, LONDON))
    assert (found.status, winning(found)) == (Status.CORROBORATED, [1, 2])


@pytest.mark.parametrize("more", [{"source": 1}, {"bases": (1,)}, {"independent": False}])
def test_the_same_source_a_derivation_and_a_member_are_no_second_voice(more):
    found = answer(says(1, SEOUL), says(2, SEOUL, **more))
    assert found.status is Status.UNREVIEWED
    assert standing(found, 2).roots <= {1}


def test_the_file_and_a_source_that_agrees_corroborate_each_other():
    assert answer(says(1, SEOUL, basis=Basis.FILE), says(2, WIDE_SEOUL)).status is Status.CORROBORATED


@pytest.mark.parametrize(
    "verdicts", [[Judgement.DOUBTFUL], [Judgement.CONFIRMED, Judgement.REFUTED], [Judgement.REFUTED]]
)
def test_a_claim_that_is_doubted_lends_no_support(verdicts):
    doubted = says(1, SEOUL, *(judged(who, one) for who, one in enumerate(verdicts, 1)))
    assert standing(answer(doubted, says(2, SEOUL)), 2).level is Level.PERSON


def test_what_rests_only_on_refuted_claims_is_out_however_long_the_chain():
    found = answer(
        says(1, SEOUL, judged(ANN, Judgement.REFUTED)), says(2, SEOUL, bases=(1,)), says(3, SEOUL, bases=(2,))
    )
    assert [one.out for one in found.standings] == [Out.REFUTED, Out.UNFOUNDED, Out.UNFOUNDED]
    assert found.status is Status.UNKNOWN


def test_what_rests_on_one_claim_that_stands_stands():
    refuted = says(1, SEOUL, judged(ANN, Judgement.REFUTED))
    found = answer(refuted, says(2, LONDON), says(3, LIMA, bases=(1, 2)))
    assert (standing(found, 3).out, standing(found, 3).roots) == (None, frozenset({2}))


def test_a_basis_on_another_question_counts():
    words = says(
        1, Text("two kilometres from the border"), judged(ANN, Judgement.REFUTED), facet=Facet.CONTENT
    )
    assert standing(answer(words, says(2, SEOUL, bases=(1,))), 2).out is Out.UNFOUNDED


def test_a_correction_of_words_alone_carries_what_rests_on_the_claim():
    found = answer(says(1, SEOUL), says(2, SEOUL, source=1, supersedes=1), says(3, LONDON, bases=(1,)))
    assert (standing(found, 3).out, standing(found, 3).roots) == (None, frozenset({1}))


def test_a_correction_of_the_value_leaves_what_rested_on_it_without_ground():
    found = answer(says(1, SEOUL), says(2, LIMA, source=1, supersedes=1), says(3, LONDON, bases=(1,)))
    assert standing(found, 3).out is Out.UNFOUNDED


def test_a_claim_about_another_photo_founds_and_answers_nothing():
    there = says(1, LONDON, judged(ANN, Judgement.CONFIRMED), elsewhere=True)
    found = answer(there, says(2, SEOUL, bases=(1,)))
    assert (winning(found), standing(found, 2).roots) == ([2], frozenset({1}))


def test_one_refusal_does_not_throw_out_where_two_reviewers_are_asked_for():
    found = answer(says(1, SEOUL, judged(ANN, Judgement.REFUTED)), rule=TWO)
    assert (winning(found), found.status) == ([1], Status.IN_REVIEW)


def test_two_refusals_do():
    refuted = says(1, SEOUL, judged(ANN, Judgement.REFUTED), judged(BEN, Judgement.REFUTED))
    assert answer(refuted, rule=TWO).status is Status.UNKNOWN


def test_one_verdict_puts_under_review_and_the_second_confirms():
    first, second = judged(ANN, Judgement.CONFIRMED), judged(BEN, Judgement.CONFIRMED)
    assert answer(says(1, SEOUL, first), rule=TWO).status is Status.IN_REVIEW
    assert answer(says(1, SEOUL, first, second), rule=TWO).status is Status.CONFIRMED


def test_opposed_first_verdicts_are_a_dispute_under_two_reviewers_too():
    opposed = says(1, SEOUL, judged(ANN, Judgement.CONFIRMED), judged(BEN, Judgement.REFUTED))
    assert answer(opposed, rule=TWO).status is Status.DISPUTED


def test_the_levels_are_ordered_as_published():
    assert sorted(Level, reverse=True) == [
        Level.CONFIRMED,
        Level.PROBABLE,
        Level.CORROBORATED,
        Level.PERSON,
        Level.FILE,
        Level.POSSIBLE,
        Level.DOUBTFUL,
    ]


def test_the_fifth_of_june_lies_in_june():
    june = CivilTime(Moment(datetime(2020, 6, 1), datetime(2020, 6, 30, 23, 59, 59)), "2020-06")
    fifth = CivilTime(Moment.at(datetime(2020, 6, 5, 8, 0, 0)), "2020-06-05T08:00:00")
    july = CivilTime(Moment.at(datetime(2020, 7, 5, 8, 0, 0)), "2020-07-05T08:00:00")
    assert (agree(june, fifth), agree(fifth, june), agree(june, july)) == (True, True, False)


def test_clocks_whose_zones_are_known_are_compared_in_utc():
    noon = datetime(2020, 6, 5, 12, 0, 0)
    seoul = CivilTime(Moment.at(noon, 540), "")
    utc = CivilTime(Moment.at(datetime(2020, 6, 5, 3, 0, 0), 0), "")
    assert agree(seoul, utc)
    assert not agree(seoul, CivilTime(Moment.at(noon, 0), ""))


def test_satellite_time_agrees_with_the_year_it_lies_in():
    year = CivilTime(Moment(datetime(2020, 1, 1), datetime(2020, 12, 31, 23, 59, 59)), "2020")
    assert agree(year, Instant(datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC)))
    assert not agree(year, Instant(datetime(2021, 5, 31, 22, 0, 0, tzinfo=UTC)))


def test_one_of_the_towns_a_distance_leaves_agrees_with_it_whichever_came_first():
    towns = tuple(Candidate(name, at, 900) for name, at in (("A", SEOUL), ("B", LIMA)))
    near = Relation(Relating.WITHIN, 2000, "border:KP", "the border", towns, "made up for this test")
    assert (agree(near, SEOUL), agree(SEOUL, near), agree(near, LONDON)) == (True, True, False)


def test_words_agree_whatever_their_case_and_spaces():
    assert agree(Text("Xiao  Hao"), Text("xiao hao"))
    assert not agree(Text("XiaoHao"), Text("u/XiaoHao2"))
