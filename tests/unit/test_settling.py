"""The published rules by which claims become what the archive stands behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.evidence.rules import Level, Rule, agree
from archive.evidence.settling import settle
from archive.evidence.values import CivilTime, Instant, Said, from_json, to_json
from archive.evidence.vocabulary import Judgement
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet, SettledPlace, SettledTime, Status
from tests.unit.saying import (
    ANN,
    BEN,
    FACETS,
    LONDON,
    SEOUL,
    cases,
    judged,
    judgements,
    moments,
    places,
    says,
    zone_of,
)

NOON = CivilTime(Moment.at(datetime(2020, 6, 1, 12, 0, 0)), "2020-06-01T12:00:00")


def said(claim: int, value, basis=Basis.FILE, facet=Facet.CAMERA_PLACE, supersedes=None) -> Said:
    return Said(claim, facet, basis, value, supersedes)


def test_nothing_claimed_is_unknown():
    assert settle([], zone_of)[:2] == (SettledPlace(), SettledTime())


def test_what_a_person_says_stands_before_what_the_file_says():
    place, _, _ = settle([said(1, LONDON), said(2, SEOUL, Basis.PERSON)], zone_of)
    assert [part.place for part in place.parts] == [SEOUL]
    assert place.status is Status.UNREVIEWED


def test_a_withdrawn_claim_gives_way_to_the_file():
    claims = [said(1, LONDON), said(2, SEOUL, Basis.PERSON), said(3, None, Basis.PERSON, supersedes=2)]
    place, _, _ = settle(claims, zone_of)
    assert [part.place for part in place.parts] == [LONDON]


def test_rivals_of_one_level_stay_side_by_side():
    place, _, _ = settle([said(1, LONDON, Basis.PERSON), said(2, SEOUL, Basis.PERSON)], zone_of)
    assert {part.place for part in place.parts} == {LONDON, SEOUL}
    assert place.zone is None


def test_the_same_value_said_twice_is_one_part():
    place, _, _ = settle([said(1, LONDON), said(2, LONDON)], zone_of)
    assert len(place.parts) == 1


def test_the_subject_is_shown_only_where_the_camera_is_unknown():
    subject = said(1, SEOUL, Basis.PERSON, Facet.SUBJECT_PLACE)
    shown, _, _ = settle([subject], zone_of)
    assert shown.facet is Facet.SUBJECT_PLACE
    both, _, _ = settle([subject, said(2, LONDON)], zone_of)
    assert both.facet is Facet.CAMERA_PLACE
    assert [part.place for part in both.parts] == [LONDON]


def test_where_the_photographer_stood_is_never_shown_as_the_photos_place():
    place, _, _ = settle([said(1, SEOUL, Basis.PERSON, Facet.OPERATOR_PLACE)], zone_of)
    assert place.parts == ()


def test_a_direction_belongs_to_the_camera_and_not_to_the_subject():
    look = said(1, Direction(90), facet=Facet.DIRECTION)
    camera, _, _ = settle([look, said(2, SEOUL)], zone_of)
    subject, _, _ = settle([look, said(2, SEOUL, facet=Facet.SUBJECT_PLACE)], zone_of)
    assert camera.direction == Direction(90)
    assert subject.direction is None


def test_the_zone_of_the_place_narrows_a_clock_without_an_offset():
    _, time, _ = settle([said(1, SEOUL), said(2, NOON, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed == "Asia/Seoul"
    assert time.earliest_utc == time.latest_utc == "2020-06-01T03:00:00+00:00"


def test_at_sea_no_zone_is_assumed_and_a_clock_stays_twenty_six_hours_wide():
    _, time, _ = settle([said(1, Place(0, -40)), said(2, NOON, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed is None
    width = datetime.fromisoformat(time.latest_utc) - datetime.fromisoformat(time.earliest_utc)
    assert width == timedelta(hours=26)


def test_a_stated_offset_needs_no_zone():
    clock = CivilTime(Moment.at(datetime(2020, 6, 1, 12, 0, 0), 480), "2020-06-01T12:00:00+08:00")
    _, time, _ = settle([said(1, SEOUL), said(2, clock, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed is None
    assert time.earliest_utc == "2020-06-01T04:00:00+00:00"


def test_satellite_time_gets_its_local_date_from_the_zone_of_the_place():
    instant = Instant(datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC))
    _, time, _ = settle([said(1, SEOUL), said(2, instant, facet=Facet.TIME)], zone_of)
    assert time.moment == Moment.at(datetime(2020, 6, 1, 7, 0, 0), 540)


def test_satellite_time_without_a_place_is_a_moment_on_every_calendar_on_earth():
    instant = Instant(datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC))
    _, time, _ = settle([said(1, instant, facet=Facet.TIME)], zone_of)
    assert time.moment == Moment(datetime(2020, 5, 31, 10, 0, 0), datetime(2020, 6, 1, 12, 0, 0))


some = settings(max_examples=40)
rules = st.builds(Rule, two_reviewers=st.booleans())

# Rank of a status by how sure it sounds: a rival may lower it, never raise it.
_SURE = {
    Status.UNKNOWN: 0,
    Status.DISPUTED: 0,
    Status.UNDETERMINABLE: 1,
    Status.UNREVIEWED: 1,
    Status.IN_REVIEW: 1,
    Status.CORROBORATED: 2,
    Status.CONFIRMED: 3,
}


@some
@given(cases(), rules, st.randoms())
def test_the_order_of_arrival_never_changes_the_result(claims, rule, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert settle(shuffled, zone_of, rule=rule) == settle(claims, zone_of, rule=rule)


@some
@given(cases((Facet.TIME,), least=1), moments)
def test_a_rival_of_equal_rank_never_makes_the_doubt_about_the_date_smaller(claims, rival):
    before = settle(claims, zone_of)
    answer = before.answers[Facet.TIME]
    assume(answer.winners)
    assume(not any(agree(rival, said.value) for said in claims if isinstance(said.value, CivilTime)))
    after = settle([*claims, _rival(99, rival, answer)], zone_of)
    assert after.time.moment.earliest <= before.time.moment.earliest
    assert after.time.moment.latest >= before.time.moment.latest
    assert after.time.parts >= before.time.parts
    assert _SURE[after.time.status] <= _SURE[before.time.status]


@some
@given(cases((Facet.CAMERA_PLACE,), least=1), places)
def test_a_rival_of_equal_rank_never_takes_a_place_away(claims, rival):
    before = settle(claims, zone_of)
    answer = before.answers[Facet.CAMERA_PLACE]
    assume(answer.winners)
    assume(not any(agree(rival, said.value) for said in claims if isinstance(said.value, Place)))
    after = settle([*claims, _rival(99, rival, answer)], zone_of)
    assert set(before.place.parts) <= set(after.place.parts)
    assert _SURE[after.place.status] <= _SURE[before.place.status]


def _rival(number, value, answer) -> Said:
    """A claim of a new voice that stands as high as what answers the question now."""
    level = max(
        (one.level for one in answer.standings if one.wins and not one.disputed), default=Level.PERSON
    )
    verdict = {
        Level.CONFIRMED: Judgement.CONFIRMED,
        Level.PROBABLE: Judgement.PROBABLE,
        Level.POSSIBLE: Judgement.POSSIBLE,
        Level.DOUBTFUL: Judgement.DOUBTFUL,
    }.get(level)
    assume(level is not Level.CORROBORATED)  # two voices against one are no tie
    verdicts = [judged(ANN, verdict)] if verdict else []
    basis = Basis.FILE if level is Level.FILE else Basis.PERSON
    return says(number, value, *verdicts, facet=answer.facet, basis=basis, source=99)


@some
@given(cases(), st.sampled_from(list(FACETS)))
def test_refuting_everything_said_on_a_question_leaves_it_unknown(claims, facet):
    refuted = [
        replace(said, verdicts=(judged(ANN, Judgement.REFUTED),)) if said.facet is facet else said
        for said in claims
    ]
    answer = settle(refuted, zone_of).answers[facet]
    assert (answer.status, answer.winners) == (Status.UNKNOWN, ())


@some
@given(cases(least=1), st.data())
def test_a_refuted_claim_is_never_what_answers(claims, data):
    chosen = data.draw(st.sampled_from(claims))
    gone = replace(chosen, verdicts=(judged(ANN, Judgement.REFUTED), judged(BEN, Judgement.REFUTED)))
    found = settle([gone if said is chosen else said for said in claims], zone_of)
    assert gone not in found.answers[chosen.facet].winners


@some
@given(cases(least=1), rules)
def test_who_judged_for_and_against_never_settles_anything_but_a_dispute(claims, rule):
    assume(claims[-1].value is not None)
    opposed = (judged(ANN, Judgement.CONFIRMED), judged(BEN, Judgement.REFUTED))
    last = replace(claims[-1], verdicts=opposed, bases=())
    answer = settle([*claims[:-1], last], zone_of, rule=rule).answers[last.facet]
    assert answer.status is Status.DISPUTED
    assert last in answer.winners


@some
@given(cases(least=1), rules, st.data())
def test_a_derived_claim_and_a_members_entry_add_no_root(claims, rule, data):
    below = data.draw(st.sampled_from(claims))
    value = data.draw(FACETS[below.facet])
    kind = data.draw(st.sampled_from([{"bases": (below.claim,)}, {"independent": False}]))
    more = says(99, value, facet=below.facet, **kind)
    before = settle(claims, zone_of, rule=rule).answers[below.facet]
    after = settle([*claims, more], zone_of, rule=rule).answers[below.facet]
    assert _all_roots(after) == _all_roots(before)


def _all_roots(answer) -> frozenset[int]:
    return frozenset().union(
        *(one.roots for one in answer.standings if one.out is None or one.said.claim != 99)
    )


@some
@given(cases(least=1), judgements, st.data())
def test_one_verdict_moves_nothing_where_two_reviewers_are_asked_for(claims, judgement, data):
    chosen = data.draw(st.sampled_from(claims))
    bare = [replace(said, verdicts=()) for said in claims]
    one = [
        replace(said, verdicts=(judged(ANN, judgement),) if said.claim == chosen.claim else ())
        for said in claims
    ]
    before = settle(bare, zone_of, rule=Rule(two_reviewers=True))
    after = settle(one, zone_of, rule=Rule(two_reviewers=True))
    assert after.place.parts == before.place.parts
    assert after.time.moment == before.time.moment


@some
@given(cases())
def test_every_status_rests_on_something(claims):
    for answer in settle(claims, zone_of).answers.values():
        assert bool(answer.winners) == (answer.status is not Status.UNKNOWN)


@some
@given(cases())
def test_settled_values_come_back_from_the_database_as_they_went(claims):
    place, time, _ = settle(claims, zone_of)
    assert SettledPlace.from_json(place.to_json()) == place
    assert SettledTime.from_json(time.to_json()) == time


@pytest.mark.parametrize("value", [SEOUL, NOON, Direction(12.5, "M", 60), None])
def test_claim_values_come_back_from_the_database_as_they_went(value):
    assert from_json(to_json(value)) == value
