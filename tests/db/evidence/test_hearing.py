from __future__ import annotations

import pytest

from archive.evidence.appearances import record_appearance
from archive.evidence.claims import retract_claim
from archive.evidence.grounds import BearingOn, record_evidence
from archive.evidence.hearing import case_of
from archive.evidence.rules import Level, Out
from archive.evidence.sources import WITHHELD
from archive.values.readership import Readership
from archive.values.settled import Facet, Status
from tests.db.evidence.people import BUSAN, SEOUL, a_claim, a_source, a_verdict, words
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({Readership.PUBLIC})
MEMBER = PUBLIC | {Readership.MEMBERS}
REVIEWER = frozenset(Readership)


def place_question(photo, readerships=REVIEWER, **more):
    return case_of(photo, readerships=readerships, **more).questions[Facet.CAMERA_PLACE]


def test_rivals_stand_side_by_side_and_what_agrees_stands_together():
    photo = a_photo()
    root = a_claim(photo)
    a_claim(photo, bases=[root], name="a commenter", method="derived")
    a_claim(photo, BUSAN, name="another")
    seoul, busan = place_question(photo).hypotheses
    assert (seoul.value, seoul.voices, seoul.roots) == (SEOUL, 2, 1)
    assert (busan.value, busan.voices, busan.roots) == (BUSAN, 1, 1)
    assert seoul.claims[1].rests_on == (root.pk,)


def test_the_answer_comes_first_and_what_is_out_says_why():
    photo = a_photo()
    refuted, busan = a_claim(photo), a_claim(photo, BUSAN, name="another")
    a_claim(photo, bases=[refuted], name="a commenter")
    a_verdict(refuted, "refuted")
    a_verdict(busan, "probable")
    question = place_question(photo)
    assert [(one.value, one.wins) for one in question.hypotheses] == [(BUSAN, True)]
    assert question.hypotheses[0].claims[0].level is Level.PROBABLE
    assert [one.out for one in question.out] == [Out.REFUTED, Out.UNFOUNDED]


def test_verdicts_come_with_their_history_and_outsiders_are_told_no_names():
    photo, reviewer = a_photo(), a_user("ada")
    claim = a_claim(photo)
    a_verdict(claim, "refuted", reviewer)
    a_verdict(claim, "confirmed", reviewer)
    given = place_question(photo).verdicts
    assert [(one.reviewer, one.judgement, one.latest) for one in given] == [
        ("ada", "refuted", False),
        ("ada", "confirmed", True),
    ]
    assert {one.reviewer for one in place_question(photo, PUBLIC).verdicts} == {"a reviewer"}


def test_a_reviewer_sees_the_others_verdicts_only_after_their_own_where_the_collection_asks_for_it():
    photo, ada, ben = a_photo(), a_user("ada"), a_user("ben")
    type(photo.collection).objects.update(blind_first_verdict=True)
    photo.refresh_from_db()
    claim, other = a_claim(photo), a_claim(photo, BUSAN, name="another")
    a_verdict(claim, reviewer=ada)
    a_verdict(other, "doubtful", reviewer=ada)
    assert place_question(photo, viewer=ben).verdicts == ()
    a_verdict(claim, "possible", reviewer=ben)
    assert {one.claim for one in place_question(photo, viewer=ben).verdicts} == {claim.pk}
    assert len(place_question(photo, viewer=ada).verdicts) == 3


def test_a_text_for_reviewers_is_read_by_reviewers():
    photo = a_photo()
    a_claim(photo)
    a_verdict(a_claim(photo, BUSAN, name="another"), readership=Readership.REVIEWERS)
    assert place_question(photo, MEMBER).verdicts == ()
    assert len(place_question(photo, REVIEWER).verdicts) == 1


def test_outsiders_hear_of_no_claim_that_is_not_public_by_any_way():
    photo = a_photo()
    hidden = a_claim(photo, readership=Readership.MEMBERS)
    told = a_claim(photo, BUSAN, bases=[hidden], name="another")
    record_evidence(
        target=photo,
        by=a_user(),
        kind="context",
        text="a sign in the picture",
        bearings=[BearingOn(hidden, "for", 3), BearingOn(told, "against", 3)],
    )
    a_verdict(hidden, "confirmed")
    case = case_of(photo, readerships=PUBLIC)
    assert set(case.claims) == {told.pk}
    assert case.claims[told.pk].rests_on == ()
    assert case.claims[told.pk].roots == frozenset()
    assert [bears.claim for bears in case.grounds[0].bears] == [told.pk]
    assert case.questions[Facet.CAMERA_PLACE].status is Status.UNREVIEWED
    assert case.turns == ()


def test_a_question_on_which_only_hidden_things_were_said_does_not_exist_outside():
    photo = a_photo()
    claim = a_claim(photo, words("Kim"), Facet.AUTHOR, readership=Readership.MEMBERS)
    a_verdict(claim)
    photo.refresh_from_db()
    assert Facet.AUTHOR not in case_of(photo, readerships=PUBLIC).questions
    assert Facet.AUTHOR in case_of(photo, readerships=MEMBER).questions
    assert "author" not in photo.settled_public["facets"]
    retract_claim(claim=claim, by=a_user())
    assert case_of(photo, readerships=PUBLIC).turns == ()


def test_an_appearance_does_not_name_a_withheld_publisher_in_another_way():
    photo = a_photo()
    publisher = a_source(photo.collection, display="withheld")
    record_appearance(
        target=photo,
        by=a_user(),
        url="https://forum.example/u/XiaoHao/7",
        title="XiaoHao's post",
        platform="forum",
        publisher=publisher,
        posted="2021-03-05",
        credit_line="XiaoHao",
        remark="XiaoHao again",
        archive_url="https://store.example/XiaoHao",
    )
    (outside,) = case_of(photo, readerships=PUBLIC).appearances
    (inside,) = case_of(photo, readerships=MEMBER).appearances
    assert "XiaoHao" not in repr(outside)
    assert (outside.publisher, outside.platform, outside.bound) == (WITHHELD, "forum", inside.bound)
    assert inside.credit_line == "XiaoHao"


def test_of_a_withheld_source_outsiders_get_neither_name_nor_phrase():
    photo = a_photo()
    source = a_source(photo.collection, display="withheld", reliability="B")
    a_claim(photo, source=source, words="my drone flew across", rationale="he wrote it himself")
    (outside,) = case_of(photo, readerships=PUBLIC).claims.values()
    (inside,) = case_of(photo, readerships=REVIEWER).claims.values()
    assert (outside.speaker, outside.words, outside.reliability) == (WITHHELD, "", "")
    assert (inside.speaker, inside.words, inside.reliability) == ("XiaoHao", "my drone flew across", "B")


def test_a_case_costs_no_more_queries_with_more_to_tell(django_assert_max_num_queries):
    photo = a_photo(place=SEOUL)
    for number in range(6):
        a_verdict(a_claim(photo, BUSAN, name=f"source {number}"), "possible")
    with django_assert_max_num_queries(20):
        case_of(photo, readerships=REVIEWER)
