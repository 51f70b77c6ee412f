"""The story of the demo archive: entered by the verbs of the forms, and read as anybody may read it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import TestCase

from archive.access.members import grant
from archive.access.models import MemberRole
from archive.catalogue.index import settled
from archive.catalogue.models import Photo
from archive.catalogue.photos import edit_photo
from archive.custody.chain import verify_chains
from archive.evidence.hearing import case_of
from archive.management.demo.border import EXPOSURES
from archive.management.demo.case import COLLECTION, enter_case
from archive.values.readership import Readership
from archive.values.settled import Facet, Status
from tests.db.making import a_collection, a_photo, a_user

PUBLIC = frozenset({Readership.PUBLIC})


class TheStory(TestCase):
    """Entered once for all tests of it: they only read."""

    @classmethod
    def setUpTestData(cls) -> None:
        curator, reviewer = a_user("curator"), a_user("reviewer")
        collection = a_collection(by=curator, slug=COLLECTION)
        grant(user=reviewer, collection=collection, role=MemberRole.REVIEWER)
        photos = {}
        for exposure in EXPOSURES:
            photo = a_photo(collection)
            edit_photo(photo=photo, by=None, title=exposure.title)
            photos[exposure.slug] = photo
        assert enter_case()
        cls.seven = {slug: Photo.objects.get(pk=photo.pk) for slug, photo in photos.items()}

    def test_the_three_places_are_three_questions(self):
        case = case_of(self.seven["avenue"], readerships=PUBLIC)
        said = {facet: case.questions[facet].hypotheses[0].claims[0].words for facet in case.questions}
        assert said[Facet.OPERATOR_PLACE] == "I was in China"
        assert said[Facet.CAMERA_PLACE] == "my drone flew across the border"
        assert Facet.SUBJECT_PLACE in said

    def test_at_least_seven_towns_fit_and_sinuiju_is_no_second_source(self):
        case = case_of(self.seven["avenue"], readerships=PUBLIC)
        place, _ = settled(self.seven["avenue"], inside=False)
        names = {part.name for part in place.parts if part.name}
        assert len(names) >= 7
        assert any("Sinuiju" in name or "Sinŭiju" in name for name in names)
        roots = set().union(
            *(claim.roots for one in case.questions[Facet.SUBJECT_PLACE].hypotheses for claim in one.claims)
        )
        assert len(roots) == 1

    def test_two_reviewers_disagree_and_both_stand(self):
        case = case_of(self.seven["avenue"], readerships=PUBLIC)
        question = case.questions[Facet.SUBJECT_PLACE]
        assert question.status is Status.DISPUTED
        assert {given.judgement.value for given in question.verdicts} == {"probable", "doubtful", "possible"}
        assert all(given.reasons for given in question.verdicts)

    def test_empty_streets_do_not_help_to_decide(self):
        question = case_of(self.seven["avenue"], readerships=PUBLIC).questions[Facet.CONTENT]
        assert len(question.hypotheses) == 3
        empty = next(ground for ground in question.grounds if ground.text.startswith("Empty streets"))
        assert [bears.diagnosticity for bears in empty.bears] == [0, 0, 0]

    def test_the_date_is_bounded_by_the_first_appearance_and_not_by_anybodys_word(self):
        case = case_of(self.seven["avenue"], readerships=PUBLIC)
        _, time = settled(self.seven["avenue"], inside=False)
        assert time.not_after is not None
        assert time.not_after.startswith("2021-03-06")
        assert [shown.bounds_date for shown in case.appearances] == [True, False]
        assert time.moment is not None
        assert time.moment.earliest.year == time.moment.latest.year == 2020

    def test_one_article_credits_two_names(self):
        author = case_of(self.seven["avenue"], readerships=PUBLIC).questions[Facet.AUTHOR]
        assert {one.value.text for one in author.hypotheses} == {"XiaoHao", "u/XiaoHao2"}

    def test_what_would_change_the_answer_is_written_down(self):
        case = case_of(self.seven["avenue"], readerships=PUBLIC)
        texts = " ".join(one.text for question in case.questions.values() for one in question.falsifiers)
        assert "before 2020" in texts
        assert "UTC+8:30" in texts
        assert "skyline" in texts

    def test_the_series_has_an_exception(self):
        place, _ = settled(self.seven["river-low-sun"], inside=False)
        assert not any(part.name for part in place.parts)

    def test_the_case_is_entered_once_and_its_custody_holds(self):
        assert not enter_case()
        assert list(verify_chains()) == []
        assert User.objects.count() == 2
