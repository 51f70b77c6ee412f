"""/photos/<id>/: the case. Rival answers, what bears on them, who judged, and who may read which of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from archive.access.models import MemberRole
from archive.catalogue.models import Revision, Visibility
from archive.catalogue.photos import edit_photo
from archive.checks.models import Finding, Outcome
from archive.checks.register import REGISTER
from archive.evidence.appearances import record_appearance
from archive.evidence.claims import civil_time, claim_place, except_photo, retract_claim
from archive.evidence.grounds import BearingOn, record_evidence, record_falsifier
from archive.evidence.models import Claim, StatusChange, Verdict
from archive.evidence.values import Text
from archive.evidence.verdicts import give_verdict
from archive.evidence.vocabulary import EvidenceKind, Judgement, Stance
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from archive.values.shapes import Polygon
from tests.db.making import a_collection, a_member, a_photo, a_user
from tests.db.pages.casemaking import a_claim, a_reviewer, a_source, a_story
from tests.db.pages.reading import AREZZO, TAKEN, page_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_user("wren.k")


@pytest.fixture
def collection(owner):
    return a_collection(owner, title="Flights")


@pytest.fixture
def story(collection, owner):
    return a_story(collection, owner)


@pytest.fixture
def photo(collection):
    return a_photo(collection, place=AREZZO, taken=TAKEN)


def pins_of(page):
    found = re.search(r'<place-map pins="(\[.*?\])"', page)
    return json.loads(found.group(1)) if found else []


def section(words, start, end):
    return words[words.index(start) : words.index(end, words.index(start))]


class TestAnswers:
    def test_every_rival_is_on_the_map_and_none_has_a_pin(self, client, story):
        pins = pins_of(page_of(client, story.photo))
        assert len(pins) == 9
        assert {pin["name"] for pin in pins} >= {f"Town {letter}" for letter in "PQRSTUVW"}
        assert [pin["letter"] for pin in pins].count("A") == 8
        assert not any(pin["certain"] for pin in pins)

    def test_the_headline_has_one_answer_for_each_question(self, client, story):
        words = words_of(page_of(client, story.photo))
        assert "Place disputed: 8 possible places · Date not reviewed: 2020, some time in the year" in words
        assert "Author not reviewed: Poster" in words

    def test_the_places_that_fit_are_listed_with_their_distance(self, client, story):
        words = words_of(page_of(client, story.photo))
        assert "within 2 km of the border" in words
        assert "8 places fit, distances to the border" in words
        assert "Town P 500 m Town Q 600 m" in words

    def test_what_was_inferred_follows_its_root_and_is_no_second_source(self, client, story):
        words = words_of(page_of(client, story.photo))
        root, derived = words.index("“ around two kilometres ”"), words.index("based on the line above")
        assert root < derived
        assert "no independent source of its own" in words
        assert "commenters say" in words

    def test_words_keep_their_language_and_say_that_they_are_of_the_whole_series(self, client, story):
        page = page_of(client, story.photo)
        assert '<span lang="de">around two kilometres</span>' in page
        assert "said of the whole series" in page

    def test_a_rival_of_a_persons_word_is_drawn_hatched_beside_it(self, client, photo, owner):
        claim_place(photo=photo, by=owner, place=Place(35.0, 129.0))
        pins = pins_of(page_of(client, photo))
        assert [(pin["letter"], pin["certain"]) for pin in pins] == [("A", True), ("B", False)]

    def test_a_photo_nobody_differs_on_has_no_letters_and_no_further_cards(self, client, photo):
        page = page_of(client, photo)
        assert 'class="letter"' not in page
        for card in ("Does anything help to decide?", "Published at", "Automatic checks", "How the answers"):
            assert card not in page
        assert [pin["letter"] for pin in pins_of(page)] == [""]

    def test_three_places_stay_three_questions(self, client, story):
        a_claim(story.photo, story.poster, story.owner, Text("in a boat"), Facet.OPERATOR_PLACE)
        words = words_of(page_of(client, story.photo))
        assert "photographer stood in a boat says Poster camera was not known picture shows one of 8" in words

    def test_of_two_agreeing_sources_both_are_counted(self, client, photo, owner):
        for name in ("One", "Two"):
            a_claim(photo, a_source(photo.collection, owner, name), owner, Text("a bridge"), Facet.CONTENT)
            a_claim(photo, a_source(photo.collection, owner, "Other"), owner, Text("a dam"), Facet.CONTENT)
        words = words_of(page_of(client, photo))
        assert "2 independent sources (2 voices) · two independent sources agree" in words

    def test_an_area_that_agrees_is_drawn_without_a_mark_of_its_own(self, client, photo, owner):
        square = Polygon(((43.0, 11.0), (43.0, 12.5), (44.0, 12.5), (44.0, 11.0)))
        a_claim(photo, a_source(photo.collection, owner), owner, square, Facet.CAMERA_PLACE)
        pins = pins_of(page_of(client, photo))
        assert sorted(pin["marked"] for pin in pins) == [False, True]
        assert sorted(len(pin["outline"]) for pin in pins) == [0, 4]

    def test_a_photo_left_out_of_a_series_claim_no_longer_has_its_towns(self, client, story):
        except_photo(claim=story.two_km, photo=story.photo, by=story.owner)
        page = page_of(client, story.photo)
        assert "Town Q" not in page
        assert "rests only on what does not count for this photo" in page


class TestTime:
    def test_the_first_appearance_bounds_the_date_whatever_anybody_says(self, client, story):
        words = words_of(page_of(client, story.photo))
        when = section(words, "Not before", "Zone")
        assert "1 January 2020" in when
        assert "Not after 5 March 2021 first seen at “The post”, whatever anybody says" in when

    def test_without_any_word_the_bound_still_stands(self, client, collection, owner):
        photo = a_photo(collection)
        record_appearance(target=photo, by=owner, title="A page", posted="2021-03-05")
        words = words_of(page_of(client, photo))
        assert "Date not known, not after 5 March 2021" in words
        assert "Not after 5 March 2021 first posted at “A page”" in words

    def test_each_answer_has_a_row_of_its_own(self, client, story):
        other = a_source(story.photo.collection, story.owner, "Rival")
        a_claim(story.photo, other, story.owner, civil_time("2015"), Facet.TIME)
        page = page_of(client, story.photo)
        rows = re.findall(r'class="time-axis-label">([^<]+)<', page)
        assert rows == ["C · Poster", "D · Rival", "first published"]
        assert page.count('<rect class="possible"') == 2


class TestJudgement:
    def test_dissent_stands_side_by_side_with_its_reasons(self, client, story):
        words = words_of(page_of(client, story.photo))
        assert "1 probable, 1 doubtful" in words
        assert "a reviewer : probable It looks alike." in words
        assert "a reviewer : doubtful Seven more fit." in words

    def test_only_members_learn_who_judged(self, client, story):
        page = page_of(client, story.photo)
        assert "finch" not in page
        assert "wren.k" not in page
        client.force_login(a_member(story.photo.collection, MemberRole.READER))
        assert "finch : probable" in words_of(page_of(client, story.photo))

    def test_what_was_refuted_stays_in_the_list_with_the_reasons(self, client, photo, owner):
        claim = a_claim(photo, a_source(photo.collection, owner), owner, Text("a dam"), Facet.CONTENT)
        give_verdict(claim=claim, reviewer=owner, judgement=Judgement.REFUTED, reasons="There is no water.")
        words = words_of(page_of(client, photo))
        gone = section(words, "1 claim no longer counts", "Why this answer?")
        assert "a dam" in gone
        assert "There is no water." in gone
        assert "What reviewers refuted is out" in words

    def test_what_was_taken_back_is_told_once_and_why_it_does_not_count(self, client, photo, owner):
        claim = a_claim(photo, a_source(photo.collection, owner), owner, Text("a dam"), Facet.CONTENT)
        retract_claim(claim=claim, by=owner)
        words = words_of(page_of(client, photo))
        assert "1 claim no longer counts" in words
        assert "taken back" in section(words, "1 claim no longer counts", "Why this answer?")

    def test_why_names_the_rule_and_the_verdicts(self, client, story):
        client.force_login(story.owner)
        words = words_of(page_of(client, story.photo))
        assert "On B reviewers disagree ( finch probable, wren.k doubtful" in words.replace("(f", "( f")
        assert "no second source, however many repeat it" in words

    def test_a_blind_reviewer_sees_others_verdicts_only_after_their_own(self, client, story):
        collection = story.photo.collection
        collection.blind_first_verdict = True
        collection.save()
        third = a_reviewer(collection, "heron")
        client.force_login(third)
        page = page_of(client, story.photo)
        assert "It looks alike." not in page
        assert "You see others’ verdicts on it after giving your own." in page
        give_verdict(claim=story.town, reviewer=third, judgement=Judgement.POSSIBLE, reasons="Perhaps.")
        assert "It looks alike." in page_of(client, story.photo)

    def test_a_changed_status_says_what_changed_it(self, client, photo, owner):
        claim = a_claim(photo, a_source(photo.collection, owner), owner, Text("a dam"), Facet.CONTENT)
        give_verdict(claim=claim, reviewer=owner, judgement=Judgement.CONFIRMED, reasons="I saw it.")
        words = words_of(page_of(client, photo))
        assert "What it shows: nobody has reviewed it → confirmed" in words
        assert "changed by verdict of a reviewer: confirmed" in words


class TestEvidence:
    def test_what_fits_every_answer_is_told_apart(self, client, story):
        words = words_of(page_of(client, story.photo))
        helping = section(words, "Does anything help to decide?", "Does not help to decide")
        idle = section(words, "Does not help to decide", "What would change our mind")
        assert "Helps to decide: somewhat 1 A bridge like none there speaks against B: It has no" in helping
        assert "Helps to decide: no 2 Empty streets fits A and B alike: Fits each." in idle
        assert "against 1 A bridge like none there · helps somewhat" in words

    def test_what_would_change_our_mind_has_a_state(self, client, story):
        assert "A copy from before 2020 · when · not looked for yet" in words_of(page_of(client, story.photo))

    def test_appearances_tell_the_credit_as_printed_and_which_bounds_the_date(self, client, story):
        words = words_of(page_of(client, story.photo))
        published = section(words, "Published at", "Provenance")
        assert "The post Earliest known: the picture is not younger than this." in published
        assert "a forum · seen 5 March 2021 credited as printed: “P. Oster”" in published

    def test_a_picture_it_was_compared_with_is_not_named_to_who_may_not_see_it(self, client, story):
        hidden = a_photo(a_collection(story.owner, visibility=Visibility.PRIVATE))
        record_evidence(
            target=story.photo,
            by=story.owner,
            kind=EvidenceKind.VISUAL_MATCH,
            text="The same roof",
            other_photo=hidden,
        )
        assert hidden.public_id not in page_of(client, story.photo)
        client.force_login(story.owner)
        assert hidden.public_id in page_of(client, story.photo)

    def test_a_series_leads_to_its_neighbours(self, client, story):
        second = story.series.photos.order_by("memberships__position")[1]
        page = page_of(client, story.photo)
        assert "Picture 1 of 3 of the series" in page
        assert f'<a href="/photos/{second.public_id}/">next' in page


def test_findings_that_do_not_fit_come_first_with_their_innocent_readings(client, photo):
    fitting, failing = REGISTER[0], REGISTER[1]
    for check, outcome in ((fitting, Outcome.FITS), (failing, Outcome.DOES_NOT_FIT)):
        Finding.objects.create(photo=photo, check_code=check.code, version=0, outcome=outcome)
    words = words_of(page_of(client, photo))
    assert words.index(failing.title) < words.index(fitting.title)
    assert f"May be innocent: {failing.innocent[0]}" in words
    assert "2 run, 1 does not fit" in words
    assert fitting.help in words


class TestReaders:
    @pytest.fixture
    def secret(self, photo, owner):
        """Everything of the case that members may read, each with a word of its own."""
        source = a_source(photo.collection, owner, "HIDDEN-source")
        members = Readership.MEMBERS
        claim = a_claim(
            photo, source, owner, Text("HIDDEN-claim"), Facet.AUTHOR, words="HIDDEN-words", readership=members
        )
        give_verdict(
            claim=claim,
            reviewer=owner,
            judgement=Judgement.POSSIBLE,
            reasons="HIDDEN-reasons",
            readership=members,
        )
        record_evidence(
            target=photo,
            by=owner,
            kind=EvidenceKind.CONTEXT,
            text="HIDDEN-evidence",
            bearings=[BearingOn(claim, Stance.FOR, 3, "HIDDEN-reason")],
            readership=members,
        )
        record_appearance(target=photo, by=owner, title="HIDDEN-page", seen="2012-07-08", readership=members)
        record_falsifier(
            target=photo, facet=Facet.AUTHOR, text="HIDDEN-falsifier", by=owner, readership=members
        )
        return photo

    def test_what_is_for_members_never_reaches_a_stranger(self, client, photo, secret):
        page = page_of(client, secret)
        assert "HIDDEN" not in page
        assert "Author" not in page
        assert "8 July 2012" not in page
        client.force_login(a_member(photo.collection, MemberRole.READER))
        inside = page_of(client, secret)
        for what in ("claim", "words", "reasons", "evidence", "page", "falsifier"):
            assert f"HIDDEN-{what}" in inside
        assert "for members only" in inside
        assert "8 July 2012" in inside

    def test_a_place_for_members_moves_nothing_a_stranger_sees(self, client, photo, owner):
        before = pins_of(page_of(client, photo))
        source = a_source(photo.collection, owner)
        a_claim(photo, source, owner, Place(35.0, 129.0), Facet.CAMERA_PLACE, readership=Readership.MEMBERS)
        assert pins_of(page_of(client, photo)) == before

    def test_a_withheld_source_is_neither_named_nor_quoted(self, client, photo, owner):
        source = a_source(photo.collection, owner, "HIDDEN-name", display="withheld")
        a_claim(photo, source, owner, Text("a dam"), Facet.CONTENT, words="HIDDEN-words")
        page = page_of(client, photo)
        assert "HIDDEN" not in page
        assert "a source whose name is withheld says" in page
        client.force_login(owner)
        assert "HIDDEN-name says" in page_of(client, photo)

    def test_reliability_is_told_in_words_to_members_only(self, client, photo, owner):
        source = a_source(photo.collection, owner, "Gazette", reliability="B")
        a_claim(photo, source, owner, Text("a dam"), Facet.CONTENT)
        assert "usually reliable" not in page_of(client, photo)
        client.force_login(owner)
        assert "usually reliable" in page_of(client, photo)

    @pytest.mark.parametrize(
        ("role", "edits", "judges"),
        [
            (MemberRole.OWNER, True, True),
            (MemberRole.REVIEWER, False, True),
            (MemberRole.READER, False, False),
        ],
    )
    def test_each_role_is_led_to_what_it_may_do(self, client, story, role, edits, judges):
        client.force_login(a_member(story.photo.collection, role))
        page = page_of(client, story.photo)
        assert ("something that helps to decide" in page) is edits
        assert ("Take back" in page) is edits
        assert ("Give a verdict" in page) is judges


class TestAsItStood:
    YESTERDAY = datetime.now(UTC) - timedelta(days=1)

    @pytest.fixture
    def older(self, photo, owner):
        """Everything until now happened ten days ago; then came a title, a claim and a verdict."""
        source = a_source(photo.collection, owner)
        first = a_claim(photo, source, owner, Text("a dam"), Facet.CONTENT)
        edit_photo(photo=photo, by=owner.pk, title="Old title")
        ago = datetime.now(UTC) - timedelta(days=10)
        Claim.objects.update(created_at=ago)
        Revision.objects.update(at=ago)
        StatusChange.objects.update(at=ago)
        photo.added_at = ago
        photo.save(update_fields=["added_at"])
        edit_photo(photo=photo, by=owner.pk, title="New title")
        a_claim(photo, source, owner, Text("a bridge"), Facet.CONTENT)
        give_verdict(claim=first, reviewer=owner, judgement=Judgement.REFUTED, reasons="No water.")
        return photo

    def test_texts_claims_and_verdicts_are_those_of_the_day(self, client, older):
        now = page_of(client, older)
        assert "New title" in now
        assert "a bridge" in now
        then = page_of(client, older, f"?on={self.YESTERDAY:%Y-%m-%d}")
        assert "As it stood at the end of" in then
        assert "Old title" in then
        for later in ("New title", "a bridge", "No water."):
            assert later not in then
        assert f"?on={self.YESTERDAY:%Y-%m-%d}" in then

    def test_the_past_is_not_for_search_engines_nor_for_editing(self, client, older, owner):
        client.force_login(owner)
        then = page_of(client, older, f"?on={self.YESTERDAY:%Y-%m-%d}")
        assert '<meta name="robots" content="noindex">' in then
        assert "Give a verdict" not in then
        assert "noindex" not in page_of(client, older)

    def test_a_day_before_it_came_says_so(self, client, older):
        assert "It was not here yet" in page_of(client, older, "?on=2001-01-01")

    @pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "9999-12-31", "1", "-1", "%00"])
    def test_a_day_that_cannot_be_shown_shows_now_and_says_why(self, client, older, day):
        page = page_of(client, older, f"?on={day}")
        assert "New title" in page
        assert "is no day" in page or "is still to come" in page

    def test_today_is_now(self, client, older):
        page = page_of(client, older, f"?on={datetime.now(UTC):%Y-%m-%d}")
        assert "New title" in page
        assert "As it stood at the end" not in page


def test_a_rich_case_costs_a_bounded_number_of_queries(client, story, django_assert_max_num_queries):
    for number in range(12):
        source = a_source(story.photo.collection, story.owner, f"Voice {number}")
        claim = a_claim(story.photo, source, story.owner, Text(f"Answer {number}"), Facet.CONTENT)
        give_verdict(claim=claim, reviewer=story.owner, judgement=Judgement.POSSIBLE, reasons="So it is.")
    assert Verdict.objects.count() > 12
    with django_assert_max_num_queries(32):
        page_of(client, story.photo)
    client.force_login(story.owner)
    with django_assert_max_num_queries(46):
        page_of(client, story.photo)
