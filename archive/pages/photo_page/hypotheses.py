"""The possible answers to one question, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.evidence.rules import Level
from archive.evidence.vocabulary import SourceKind, Stance
from archive.pages.grounds.bearing_words import HELPS
from archive.pages.photo_page import verdicts
from archive.pages.photo_page.case_context import (
    BearingLine,
    CandidateLine,
    ClaimLine,
    HypothesisCard,
    QuestionList,
)
from archive.pages.photo_page.nearby import near_words
from archive.pages.photo_page.reasons import reasons
from archive.pages.photo_page.values import said
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Relation
from archive.values.wording import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.evidence.case import Bears, Ground, Heard, Hypothesis, QuestionHeard
    from archive.pages.photo_page.layout import Row
    from archive.pages.photo_page.lines import Teller

HEADINGS = {
    Facet.SUBJECT_PLACE: "Picture shows",
    Facet.CAMERA_PLACE: "Camera was",
    Facet.OPERATOR_PLACE: "Photographer stood",
    Facet.DIRECTION: "Camera looked",
    Facet.TIME: "Taken",
    Facet.AUTHOR: "Who made it",
    Facet.CONTENT: "What it shows",
    Facet.AUTHENTICITY: "Is it what it is said to be?",
}
LEVELS = {
    Level.DOUBTFUL: "judged doubtful",
    Level.POSSIBLE: "judged possible",
    Level.FILE: "not judged",
    Level.PERSON: "not judged",
    Level.CORROBORATED: "two independent sources agree",
    Level.PROBABLE: "judged probable",
    Level.CONFIRMED: "confirmed",
}
_SHORT_TEXT = 90


def question_list(question: QuestionHeard, teller: Teller) -> QuestionList:
    rows = teller.layout.rows[question.facet]
    cards: list[HypothesisCard] = []
    above: int | None = None
    for row in rows:
        card, above = _card(row, question, teller, above)
        cards.append(card)
    superseder = {
        one.said.supersedes: one.said.claim
        for one in teller.case.settled.answers[question.facet].standings
        if one.said.supersedes
    }
    # who took something back said nothing new: the line of what was taken back tells it
    gone = [one for one in question.out if one.value is not None]
    return QuestionList(
        key=question.facet.value.replace("_", "-"),
        heading=HEADINGS[question.facet],
        note=STATUS_WORDS[question.status],
        hypotheses=tuple(cards),
        gone=tuple(teller.gone(one, superseder) for one in gone),
        reasons=reasons(question, teller),
    )


def _card(
    row: Row, question: QuestionHeard, teller: Teller, above: int | None
) -> tuple[HypothesisCard, int | None]:
    hypothesis = row.hypothesis
    title, exactly = title_of(hypothesis, lettered=teller.layout.is_lettered)
    standing, look = _standing(hypothesis, question)
    lines: list[ClaimLine] = []
    alone = len(hypothesis.claims) == 1
    for claim in _roots_first(hypothesis):
        summed = verdicts.summary(teller.verdicts_on(claim.claim))
        badge = verdicts.look(teller.verdicts_on(claim.claim))
        if alone and not summed:
            summed, badge = standing, look
        repeated = said(hypothesis.value) if teller.layout.is_lettered or not alone else ""
        lines.append(teller.line(claim, standing=summed, look=badge, above=above, title=repeated))
        above = claim.claim
    bearings = list(_bearings(hypothesis, teller))
    card = HypothesisCard(
        letter=row.letter,
        part=row.key,
        value=title,
        exactly=exactly,
        sources=_sources(row),
        standing=standing,
        look=look,
        is_current=hypothesis.wins,
        depth=min(row.depth, 3),
        candidates=_candidates(hypothesis, row),
        candidates_note=_candidates_note(hypothesis),
        speaks_for=tuple(line for stance, line in bearings if stance == Stance.FOR),
        speaks_against=tuple(line for stance, line in bearings if stance == Stance.AGAINST),
        claims=tuple(lines),
    )
    return card, above


def title_of(hypothesis: Hypothesis, *, lettered: bool) -> tuple[str, str]:
    """Return the answer in words, and exactly where the words are a town's name only."""
    value = hypothesis.value
    if lettered and isinstance(value, Place):
        near = near_words(value)
        return (near, said(value)) if near else (said(value), "")
    return said(value), ""


def _standing(hypothesis: Hypothesis, question: QuestionHeard) -> tuple[str, str]:
    winners = [one for one in question.hypotheses if one.wins]
    if any(claim.disputed for claim in hypothesis.claims):
        return "reviewers disagree", "might"
    if hypothesis.wins:
        return (
            ("current answer", "might") if len(winners) == 1 else (f"one of {len(winners)} answers", "might")
        )
    by_person = any(claim.level is Level.PERSON for one in winners for claim in one.claims if claim.wins)
    own = hypothesis.claims[0].level
    return ("behind a person's word" if own is Level.FILE and by_person else "behind the current answer"), ""


def _roots_first(hypothesis: Hypothesis) -> list[Heard]:
    """What rests on another claim of the same answer follows it."""
    own = {claim.claim for claim in hypothesis.claims}
    return sorted(hypothesis.claims, key=lambda claim: bool(own.intersection(claim.rests_on)))


def _sources(row: Row) -> str:
    if not row.letter:
        return ""
    hypothesis = row.hypothesis
    level = LEVELS.get(max((one.level for one in hypothesis.claims if one.level), default=Level.PERSON), "")
    if any(one.disputed for one in hypothesis.claims):
        level = "reviewers disagree"
    if row.depth:
        count = "no independent source of its own"
    elif hypothesis.roots:
        count = f"{hypothesis.roots} independent source{'' if hypothesis.roots == 1 else 's'}"
    elif all(claim.source_kind == SourceKind.MEMBER for claim in hypothesis.claims):
        count = "no independent source: entered by members of the archive"
    else:
        count = "no independent source"
    voices = f" ({hypothesis.voices} voices)" if hypothesis.voices > 1 else ""
    return f"{count}{voices} · {level}"


def _candidates(hypothesis: Hypothesis, row: Row) -> tuple[CandidateLine, ...]:
    if not isinstance(hypothesis.value, Relation):
        return ()
    return tuple(
        CandidateLine(one.name, distance(one.distance_m), f"{row.key}-{number}")
        for number, one in enumerate(hypothesis.value.candidates)
    )


def _candidates_note(hypothesis: Hypothesis) -> str:
    value = hypothesis.value
    if not isinstance(value, Relation):
        return ""
    count = len(value.candidates)
    fits = "No named place fits" if not count else f"{count} place{'s fit' if count > 1 else ' fits'}"
    return f"{fits}, distances to {value.label}" if count else fits


def _bearings(hypothesis: Hypothesis, teller: Teller) -> Iterator[tuple[str, BearingLine]]:
    """Yield what helps to decide, the strongest first; what fits every rival is told elsewhere."""
    own = {claim.claim for claim in hypothesis.claims}
    found = [
        (ground, bears)
        for ground in teller.case.grounds
        for bears in ground.bears
        if bears.claim in own and bears.diagnosticity
    ]
    told: set[tuple[int, str]] = set()
    for ground, bears in sorted(found, key=lambda one: (-one[1].diagnosticity, one[0].evidence)):
        if (ground.evidence, bears.stance) not in told:
            told.add((ground.evidence, bears.stance))
            yield bears.stance, _bearing(ground, bears, teller)


def _bearing(ground: Ground, bears: Bears, teller: Teller) -> BearingLine:
    text = ground.text or "text erased"
    short = text if len(text) <= _SHORT_TEXT else f"{text[:_SHORT_TEXT].rsplit(' ', 1)[0]}…"
    return BearingLine(
        teller.layout.grounds[ground.evidence], short, HELPS[bears.diagnosticity], bears.reason
    )
