"""Words of the case: verdicts in short, the headline, the order of answers, a day in the past, checks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

import pytest

from archive.checks.models import Outcome
from archive.checks.told import Told
from archive.evidence.case import Given
from archive.evidence.values import Text
from archive.evidence.vocabulary import Judgement
from archive.pages.photo_page import past, verdicts
from archive.pages.photo_page.findings import checks
from archive.pages.photo_page.layout import layout_of
from archive.pages.photo_page.values import said
from archive.pages.wording.answers import Known, Voice, headlines
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet, Status
from archive.values.shapes import Corridor, Polygon, Relating, Relation

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def given(judgement, reviewer="wren", *, latest=True):
    return Given(1, 1, reviewer, judgement, None, "because", blind=False, latest=latest, at=NOON)


@pytest.mark.parametrize(
    ("judgements", "words"),
    [
        ([], ""),
        ([Judgement.POSSIBLE], "1 reviewer: possible"),
        ([Judgement.POSSIBLE, Judgement.POSSIBLE], "2 reviewers: possible"),
        ([Judgement.REFUTED, Judgement.POSSIBLE], "1 possible, 1 refuted"),
        ([Judgement.UNDETERMINABLE], "1 reviewer: cannot be determined"),
    ],
)
def test_verdicts_in_short_name_every_judgement_the_best_first(judgements, words):
    assert verdicts.summary([given(one) for one in judgements]) == words


def test_a_verdict_that_its_reviewer_replaced_no_longer_counts():
    told = [given(Judgement.CONFIRMED, latest=False), given(Judgement.DOUBTFUL)]
    assert verdicts.summary(told) == "1 reviewer: doubtful"
    assert verdicts.by_name(told) == "wren doubtful"


def test_the_badge_is_that_of_the_least_favourable_verdict():
    agreed, differing = [given(Judgement.PROBABLE)], [given(Judgement.PROBABLE), given(Judgement.DOUBTFUL)]
    assert verdicts.look(agreed) == "ok"
    assert verdicts.look(differing) == "warning"


class TestHeadline:
    FILE = Known(Status.UNREVIEWED, Voice.GPS)
    CLOCK = Known(Status.UNREVIEWED, Voice.CLOCK)

    def test_what_only_the_file_says_stays_one_sentence(self):
        told = headlines(self.FILE, self.CLOCK, {}, is_simple=True)
        assert told == ("Place by the camera’s GPS, date by its clock; nobody has reviewed either.",)

    def test_each_question_has_its_own_status(self):
        place = Known(Status.DISPUTED, Voice.PERSON, "8 possible places")
        when = Known(Status.UNKNOWN, exactly=", not after 5 March 2021")
        told = headlines(place, when, {Facet.AUTHOR: Known(Status.DISPUTED)}, is_simple=False)
        assert told == (
            "Place disputed: 8 possible places",
            "Date not known, not after 5 March 2021",
            "Author disputed",
        )

    def test_a_confirmed_place_tells_its_doubt(self):
        told = headlines(Known(Status.CONFIRMED, exactly=" ±30 m"), self.CLOCK, {}, is_simple=True)
        assert told == ("Place confirmed ±30 m", "Date not reviewed")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Relation(Relating.WITHIN, 2000, "x", "the border", (), "d"), "within 2 km of the border"),
        (Relation(Relating.BEYOND, 2000, "x", "the border", (), "d"), "more than 2 km from the border"),
        (Relation(Relating.ON, 0, "x", "the border", (), "d"), "on the border"),
        (Polygon(((0, 0), (0, 1), (1, 1))), "an area drawn on the map"),
        (Corridor(((0, 0), (0, 1)), 500), "within 500 m of a line drawn on the map"),
        (Place(1, 2), "1.000000, 2.000000 · accuracy not stated"),
        (Text("a dam"), "a dam"),
        (None, "takes back what was said before"),
    ],
)
def test_a_value_is_said_in_words(value, words):
    assert said(value) == words


class TestDay:
    @pytest.mark.parametrize("text", ["nonsense", "2026-02-30", "2026", "22.11.2026", "\x00", "9" * 500])
    def test_what_is_no_day_is_answered_with_how_to_write_one(self, text):
        found = past.moment_of(text, today=TODAY)
        assert found.at is None
        assert "write year, month and day, such as 2026-11-22." in found.problem
        assert len(found.problem) < 150

    def test_a_day_ends_with_its_last_instant_in_utc(self):
        found = past.moment_of("2026-11-21", today=TODAY)
        assert found.at == datetime.combine(date(2026, 11, 21), time.max, tzinfo=UTC)

    def test_today_is_now_and_tomorrow_is_still_to_come(self):
        assert past.moment_of("2026-11-22", today=TODAY).at is None
        assert "still to come" in past.moment_of("2026-11-23", today=TODAY).problem

    def test_a_citation_names_the_day_that_was_asked_for(self):
        asked = past.moment_of("2026-11-21", today=TODAY)
        assert past.cited("https://a.example/p/", asked) == "https://a.example/p/?on=2026-11-21"
        assert past.cited("https://a.example/p/", past.Moment()) == "https://a.example/p/"


@dataclass(frozen=True)
class Line:
    claim: int
    rests_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    claims: tuple[Line, ...]


@dataclass(frozen=True)
class Asked:
    hypotheses: tuple[Answer, ...]
    out: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Spoken:
    questions: dict[Facet, Asked]
    grounds: tuple[()] = field(default=())


def rows_of(*answers):
    case = Spoken({Facet.CONTENT: Asked(tuple(Answer(lines) for lines in answers))})
    return [(row.letter, row.depth) for row in layout_of(case).rows[Facet.CONTENT]]


class TestLayout:
    def test_what_rests_on_an_answer_follows_it_one_step_in(self):
        case = Spoken(
            {Facet.CONTENT: Asked((Answer((Line(1),)), Answer((Line(2),)), Answer((Line(3, (1,)),))))}
        )
        rows = layout_of(case).rows[Facet.CONTENT]
        assert [(row.hypothesis.claims[0].claim, row.letter, row.depth) for row in rows] == [
            (1, "A", 0),
            (3, "B", 1),
            (2, "C", 0),
        ]

    def test_an_answer_that_somebody_gives_independently_stands_for_itself(self):
        assert rows_of((Line(1),), (Line(2, (1,)), Line(3))) == [("A", 0), ("B", 0)]

    def test_claims_that_rest_on_each_other_are_shown_all_the_same(self):
        assert len(rows_of((Line(1, (2,)),), (Line(2, (1,)),))) == 2

    def test_a_lone_answer_has_no_letter(self):
        assert rows_of((Line(1),)) == [("", 0)]

    def test_after_z_letters_go_on(self):
        assert [letter for letter, _ in rows_of(*((Line(n),) for n in range(1, 29)))][-2:] == ["A2", "B2"]


def a_finding(outcome, **more):
    told = Told(
        code="filename",
        version=1,
        title="File name",
        outcome=outcome,
        outcome_words=str(outcome.label),
        sentence="So it is.",
        inputs=(),
        magnitude=None,
        unit="",
        tolerance="",
        innocent=("renamed",),
        rule="Compared.",
        help="Why.",
        reliability="low",
        made_at=NOON,
        readership=Readership.PUBLIC,
        other=None,
    )
    return replace(told, **more)


class TestChecks:
    def test_what_does_not_fit_is_open_and_the_rest_is_counted(self):
        found = [a_finding(one) for one in (Outcome.FITS, Outcome.CANNOT_TELL, Outcome.DOES_NOT_FIT)]
        card = checks(found, (), frozenset())
        assert [line.outcome for line in card.told] == ["does not fit"]
        assert card.quiet_words == "1 can't tell, 1 fits"
        assert card.note == "3 run, 1 does not fit"

    def test_only_what_does_not_fit_is_told_its_innocent_readings(self):
        card = checks([a_finding(Outcome.DOES_NOT_FIT), a_finding(Outcome.FITS)], (), frozenset())
        assert card.told[0].innocent == ("renamed",)
        assert card.quiet[0].innocent == ()

    def test_another_picture_is_linked_only_for_who_may_see_it(self):
        found = [a_finding(Outcome.DOES_NOT_FIT, other="abcdefghijklm")]
        assert checks(found, (), frozenset()).told[0].other == ""
        known = checks(found, (), frozenset({"abcdefghijklm"}))
        assert known.told[0].other == "/photos/abcdefghijklm/"
