"""Why a question has the answer it has: the published rules, told of the claims and verdicts at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.evidence.rules import Level, Out
from archive.evidence.vocabulary import SourceKind
from archive.pages.photo_page import verdicts
from archive.pages.photo_page.values import said
from archive.values.settled import Facet, Status

if TYPE_CHECKING:
    from archive.evidence.case import Heard, Hypothesis, QuestionHeard
    from archive.pages.photo_page.lines import Teller

ASKED = {
    Facet.SUBJECT_PLACE: "what the picture shows",
    Facet.CAMERA_PLACE: "where the camera was",
    Facet.OPERATOR_PLACE: "where the photographer stood",
    Facet.DIRECTION: "where the camera looked",
    Facet.TIME: "when",
    Facet.AUTHOR: "who made it",
    Facet.CONTENT: "what it shows",
    Facet.AUTHENTICITY: "whether it is what it is said to be",
}
SEVERAL = {
    Facet.TIME: "Different dates stand at the same level; the interval holds them all.",
    Facet.DIRECTION: "Different directions stand at the same level, so none is drawn.",
}
_SEVERAL_PLACES = "Different places stand at the same level, so all of them are shown, each as possible."
_SEVERAL_TEXTS = "Different answers stand at the same level, so all of them are shown, each as possible."
_TEXTS = (Facet.AUTHOR, Facet.CONTENT, Facet.AUTHENTICITY)
_LEVELS = {
    Level.PROBABLE: "Judged probable",
    Level.POSSIBLE: "Judged possible",
    Level.DOUBTFUL: "Judged doubtful, and nothing stands before it",
}


def reasons(question: QuestionHeard, teller: Teller) -> tuple[str, ...]:
    return tuple(_reasons(question, teller))


def _reasons(question: QuestionHeard, teller: Teller) -> Iterator[str]:
    winners = [one for one in question.hypotheses if one.wins]
    claims = [claim for one in winners for claim in one.claims if claim.wins]
    if not winners:
        yield "No claim that stands answers it, so there is no answer."
    yield from _disputes(question, teller)
    calm = [claim for claim in claims if not claim.disputed]
    if calm:
        yield _first(question, calm, teller)
    if _count(winners) > 1:
        yield SEVERAL.get(question.facet, _SEVERAL_TEXTS if question.facet in _TEXTS else _SEVERAL_PLACES)
    behind = [one for one in question.hypotheses if not one.wins]
    if behind and any(one.claims[0].level is not Level.FILE for one in behind):
        yield f"{_listed(behind, teller)} stand{'s' if len(behind) == 1 else ''} at a lower level and behind."
    yield from _outs(question)
    if any(claim.rests_on for one in question.hypotheses for claim in one.claims):
        yield "What rests on another claim is no second source, however many repeat it."
    if teller.case.settled.answers[question.facet].standings:
        yield from _status(question, teller)


def _first(question: QuestionHeard, claims: list[Heard], teller: Teller) -> str:
    level = max(claim.level for claim in claims if claim.level is not None)
    asked = ASKED[question.facet]
    given = [one for claim in claims for one in teller.verdicts_on(claim.claim)]
    who = f" ({verdicts.by_name(given)})" if teller.allowed.inside and verdicts.summary(given) else ""
    if level is Level.CONFIRMED:
        return f"Reviewers confirmed it{who}; a confirmed answer stands before all others."
    if level is Level.CORROBORATED:
        return "Two sources that do not rest on each other say the same; no reviewer has judged it better."
    if level in _LEVELS:
        return f"{_LEVELS[level]} by reviewers{who}; their lowest judgement counts."
    file_speaks = any(
        claim.source_kind == SourceKind.FILE for one in question.hypotheses for claim in one.claims
    )
    if level is Level.PERSON:
        behind = " That stands before what the file says." if file_speaks else ""
        return f"A person says {asked}.{behind}"
    return f"The file says {asked}, and no person has said otherwise."


def _disputes(question: QuestionHeard, teller: Teller) -> Iterator[str]:
    for one in question.hypotheses:
        for claim in one.claims:
            if claim.disputed:
                given = teller.verdicts_on(claim.claim)
                told = verdicts.by_name(given) if teller.allowed.inside else verdicts.summary(given)
                letter = teller.layout.letters.get(claim.claim)
                named = f"On {letter}" if letter else "Here"
                yield (
                    f"{named} reviewers disagree{f' ({told})' if told else ''}: the question stays disputed, "
                    "whatever else is said; neither side wins by being louder."
                )


def _outs(question: QuestionHeard) -> Iterator[str]:
    outs = {one.out for one in question.out}
    if outs & {Out.SUPERSEDED, Out.WITHDRAWN}:
        yield "Claims that were replaced or taken back no longer count; they stay in the list."
    if Out.REFUTED in outs:
        yield "What reviewers refuted is out; it stays in the list with their reasons."
    if Out.UNFOUNDED in outs:
        yield "What rests only on something that is out is out as well."


def _status(question: QuestionHeard, teller: Teller) -> Iterator[str]:
    if question.status is Status.UNREVIEWED:
        clocks = ": clocks are often wrong." if question.facet is Facet.TIME else ", however exact it looks."
        yield f"No reviewer has judged it, so it is shown as not reviewed{clocks}"
    if question.status is Status.IN_REVIEW:
        yield "Reviewers have begun to judge and have not settled it, so it is shown as being reviewed."
    if question.status is Status.UNDETERMINABLE:
        yield "Reviewers found that it cannot be determined from what there is."
    if teller.two_reviewers:
        yield "This collection asks for two reviewers: one verdict alone moves nothing."


def _listed(hypotheses: list[Hypothesis], teller: Teller) -> str:
    letters = [teller.layout.letters.get(one.claims[0].claim, "") for one in hypotheses]
    named = [letter or f"“{said(one.value)}”" for letter, one in zip(letters, hypotheses, strict=True)]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _count(winners: list[Hypothesis]) -> int:
    return sum(max(1, len(getattr(one.value, "candidates", ()))) for one in winners)
