"""Gathers what the judging page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.access.rights import readerships, visible
from archive.catalogue.models import Role
from archive.evidence.blindness import blinded_for
from archive.evidence.hearing import case_of
from archive.evidence.judged import own_verdict, photo_of
from archive.evidence.placing import attachment_names
from archive.evidence.previewing import answers_if_judged
from archive.evidence.targets import collection_of, target_of
from archive.evidence.vocabulary import Judgement
from archive.pages.casework.showing import Head, head_of
from archive.pages.casework.words import ClaimLine, claim_line
from archive.pages.photo_page import files, links, verdicts
from archive.pages.photo_page.build import alt_text
from archive.pages.photo_page.context import Picture
from archive.pages.photo_page.deciding import deciding
from archive.pages.photo_page.hypotheses import HEADINGS, question_list
from archive.pages.photo_page.layout import layout_of
from archive.pages.photo_page.lines import Teller
from archive.pages.review.verdict_form import PLAIN, VerdictForm
from archive.pages.studio.gate import curator_of
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.settled import Facet, Status

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.catalogue.models import Photo
    from archive.evidence.models import Claim
    from archive.evidence.rules import Answer
    from archive.pages.photo_page.case_context import Deciding, QuestionList


# Here reviewers, and not only sources, may be the two.
_OUTCOMES = {Status.CORROBORATED: "corroborated by two"}
_NO_PICTURE = Picture("", 0, 0, "", "", "", 0, 0)

NOUNS = {
    Facet.SUBJECT_PLACE: "the place shown",
    Facet.CAMERA_PLACE: "the camera’s place",
    Facet.OPERATOR_PLACE: "the photographer’s place",
    Facet.DIRECTION: "the direction",
    Facet.TIME: "the date",
    Facet.AUTHOR: "the author",
    Facet.CONTENT: "the content",
    Facet.AUTHENTICITY: "the answer",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One judgement to choose; `key` chooses it from the keyboard, `outcome` is what it would lead to."""

    value: str
    key: int
    label: str
    plain: str
    outcome: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class JudgingPage:
    """`closed` says why nothing can be judged here; `hides` that others' verdicts are not shown yet.

    `own` is the viewer's standing verdict in a word, `take_back` the address to take it back; `skip` leads
    to the next in the queue, empty for who did not come from it.
    """

    head: Head
    line: ClaimLine
    asked: str
    picture: Picture
    photo_url: str
    caption: str
    question: QuestionList | None
    deciding: Deciding | None
    form: VerdictForm
    choices: tuple[Choice, ...]
    noun: str
    closed: str
    hides: bool
    two_reviewers: bool
    own: str
    take_back: str
    skip: str


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    head: Head
    line: ClaimLine
    judgement: str
    reasons: str


def judging_page(request: HttpRequest, claim: Claim, form: VerdictForm, *, skip: str) -> JudgingPage:
    """Return everything the page prints; the claim comes from the gate."""
    photo, user, facet = photo_of(claim), curator_of(request), Facet(claim.facet)
    target = target_of(claim)
    teller = _teller(request, photo, facet) if photo else None
    own = own_verdict(claim, user)
    hides = False
    outcomes: dict[Judgement, Answer] = {}
    if photo and teller and facet in teller.case.questions:
        standing = [
            one.claim for one in teller.case.claims.values() if one.facet is facet and one.out is None
        ]
        hides = bool(blinded_for(user, photo, [claim]))
        # what would come of a verdict tells of verdicts: it waits until none on the question is hidden
        if not blinded_for(user, photo, list(target.claims.filter(pk__in=standing))):
            outcomes = answers_if_judged(photo, claim, user.pk)
    chosen = str(form["judgement"].value() or "")
    primary = photo.files.filter(role=Role.PRIMARY).first() if photo else None
    return JudgingPage(
        head=head_of(target),
        line=claim_line(claim),
        asked=HEADINGS[facet],
        picture=files.picture(photo, primary, inside=True, alt=alt_text(photo)) if photo else _NO_PICTURE,
        photo_url=reverse("photo", args=[photo.public_id]) if photo else "",
        caption=photo.caption if photo else "",
        question=question_list(teller.case.questions[facet], teller)
        if teller and facet in teller.case.questions
        else None,
        deciding=_deciding(teller) if teller else None,
        form=form,
        choices=tuple(_choice(one, key, outcomes, chosen) for key, one in enumerate(PLAIN, 1)),
        noun=NOUNS[facet],
        closed=_closed(claim),
        hides=hides,
        two_reviewers=collection_of(target).two_reviewers,
        own=verdicts.word(Judgement(own.judgement)) if own else "",
        take_back=reverse("verdict-withdraw", args=[own.pk]) if own else "",
        skip=skip,
    )


def _teller(request: HttpRequest, photo: Photo, facet: Facet) -> Teller:
    """Tell this question of the case alone, as the reviewer may know it now."""
    user, readers = curator_of(request), readerships(request.user, photo.collection)
    case = case_of(photo, readerships=readers, viewer=user, known=visible(user), blindly=True)
    question = case.questions.get(facet)
    case = replace(
        case,
        questions={facet: question} if question else {},
        grounds=question.grounds if question else (),
    )
    return Teller(
        case=case,
        layout=layout_of(case),
        photo=photo.public_id,
        allowed=links.Allowed(edits=False, judges=True, inside=True, name=user.get_username()),
        is_blind=photo.collection.blind_first_verdict,
        two_reviewers=photo.collection.two_reviewers,
    )


def _deciding(teller: Teller) -> Deciding:
    kept = {one.attachment for one in teller.case.grounds if one.attachment is not None}
    return deciding(teller, attachment_names(kept))


def _choice(judgement: Judgement, key: int, outcomes: dict[Judgement, Answer], chosen: str) -> Choice:
    return Choice(
        value=judgement.value,
        key=key,
        label=verdicts.word(judgement),
        plain=PLAIN[judgement],
        outcome=_outcome(outcomes[judgement]) if judgement in outcomes else "",
        is_chosen=judgement.value == chosen,
    )


def _outcome(answer: Answer) -> str:
    count = len({said.value for said in answer.winners})
    several = f", {count} possible answers" if count > 1 else ""
    return f"{_OUTCOMES.get(answer.status, STATUS_WORDS[answer.status])}{several}"


def _closed(claim: Claim) -> str:
    if claim.value is None:
        return "What was said before was taken back here: there is nothing to judge."
    newer = claim.superseded_by.order_by("-pk").first()
    if newer is None:
        return ""
    return (
        "This was taken back since." if newer.value is None else "This was corrected since: judge the newer."
    )
