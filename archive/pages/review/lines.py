"""Entries of the queue in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from archive.access.reviewing import Waiting, Wanted, Why, question_of
from archive.checks.register import BY_CODE
from archive.evidence.judged import photo_of, rivals
from archive.evidence.sources import spoken_name
from archive.evidence.values import from_json
from archive.evidence.vocabulary import Judgement
from archive.pages.photo_page.hypotheses import HEADINGS
from archive.pages.photo_page.values import said
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.settled import Facet, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Claim

WHYS = {
    Why.DOES_NOT_FIT: "Does not fit",
    Why.DISPUTED: "Reviewers disagree",
    Why.SECOND: "Waits for a second reviewer",
    Why.UNJUDGED: "Never judged",
    Why.FILE: "Only the file says so",
}
_FEW = 3
_SHORT = 80


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One entry: the picture, the question, why it is here, the possible answers, how many verdicts."""

    url: str
    thumb: str
    title: str
    collection: str
    series: str
    question: str
    why: str
    look: str
    reason: str
    answers: tuple[str, ...]
    more: int
    verdicts: str


def queue_lines(entries: Iterable[Waiting], wanted: Wanted, viewer: User) -> list[QueueLine]:
    waiting = list(entries)
    beside = rivals(one.claim for one in waiting if one.claim is not None)
    return [_line(one, wanted, beside.get(one.claim.pk, []) if one.claim else [], viewer) for one in waiting]


def judging_url(entry: Waiting, wanted: Wanted) -> str:
    """Return where an entry is judged; it carries the queue along, so that the next one can follow."""
    if entry.claim is None:
        return reverse("photo", args=[entry.photo.public_id]) if entry.photo else reverse("review")
    kept = {"at": entry.at, "collection": wanted.collection, "question": wanted.facet, "why": wanted.why}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('claim-verdict', args=[entry.claim.pk])}?{query}"


def _line(entry: Waiting, wanted: Wanted, beside: list[Claim], viewer: User) -> QueueLine:
    claim = entry.claim
    photo = entry.photo or (photo_of(claim) if claim else None)
    series = claim.series.title if claim and claim.series else ""
    facet = Facet(claim.facet) if claim else question_of(entry.check)
    answers = list(dict.fromkeys(_short(said(from_json(one.value))) for one in beside))
    collection = photo.collection if photo else None
    # how others judged is told only to who has judged, where the collection asks for it
    told = not (collection and collection.blind_first_verdict) or _has_judged(beside, viewer)
    return QueueLine(
        url=judging_url(entry, wanted),
        thumb=reverse("file-size", args=[photo.public_id, 256]) if photo else "",
        title=series or (photo.title if photo else "") or "Untitled photo",
        collection=collection.title if collection else "",
        series=series,
        question=HEADINGS[facet],
        why=WHYS[entry.why],
        look="warning" if entry.why in (Why.DOES_NOT_FIT, Why.DISPUTED) else "",
        reason=_reason(entry),
        answers=tuple(answers[:_FEW]),
        more=max(len(answers) - _FEW, 0),
        verdicts=_verdicts(beside) if told else "shown after your own",
    )


def _reason(entry: Waiting) -> str:
    claim = entry.claim
    if entry.why is Why.DOES_NOT_FIT:
        check = BY_CODE.get(entry.check)
        return f"Automatic check: {check.title}" if check else "An automatic check"
    if entry.why is Why.DISPUTED or claim is None:
        return f"The answer is {STATUS_WORDS[Status.DISPUTED]}"
    if entry.why is Why.SECOND:
        return "One reviewer has judged; this collection asks for two"
    if entry.why is Why.FILE:
        return f"Read from {claim.tag}" if claim.tag else "Read from the file"
    return f"{spoken_name(claim.source, inside=True)} says so"


def _verdicts(claims: list[Claim]) -> str:
    replaced = {one.supersedes_id for claim in claims for one in claim.verdicts.all()}
    standing = Counter(
        Judgement(one.judgement)
        for claim in claims
        for one in claim.verdicts.all()
        if one.pk not in replaced and one.judgement != Judgement.WITHDRAWN
    )
    total = sum(standing.values())
    if not total:
        return "no verdict yet"
    told = ", ".join(f"{standing[one]} {one.label}" for one in Judgement if standing[one])
    return f"{total} verdict{'' if total == 1 else 's'}: {told}"


def _has_judged(claims: list[Claim], viewer: User) -> bool:
    return all(any(one.reviewer_id == viewer.pk for one in claim.verdicts.all()) for claim in claims)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]}…"
