"""Reviewers' judgements as lines, and in one short phrase."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive.evidence.vocabulary import Credibility, Judgement
from archive.pages.photo_page import links
from archive.pages.photo_page.case_context import VerdictLine
from archive.pages.wording import times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.evidence.case import Given

_LOOKS = {
    Judgement.CONFIRMED: "ok",
    Judgement.PROBABLE: "ok",
    Judgement.POSSIBLE: "might",
    Judgement.DOUBTFUL: "warning",
    Judgement.REFUTED: "warning",
}
_SHORT = {Judgement.UNDETERMINABLE: "cannot be determined"}


def line(given: Given, allowed: links.Allowed) -> VerdictLine:
    notes = ["before seeing the others"] if given.blind else []
    return VerdictLine(
        reviewer=given.reviewer,
        judgement=word(given.judgement),
        look=_LOOKS.get(given.judgement, ""),
        credibility=str(Credibility(given.credibility).label) if given.credibility else "",
        reasons=given.reasons,
        when=times.day(given.at),
        note=", ".join(notes),
        take_back=links.on_verdict(given, allowed) if given.latest else "",
    )


def summary(verdicts: Sequence[Given]) -> str:
    """Say what reviewers conclude now: "2 reviewers: possible", "1 possible, 1 doubtful"."""
    counts = Counter(one.judgement for one in verdicts if one.latest)
    if not counts:
        return ""
    if len(counts) == 1:
        judgement, number = next(iter(counts.items()))
        return f"{number} reviewer{'' if number == 1 else 's'}: {word(judgement)}"
    return ", ".join(f"{counts[one]} {word(one)}" for one in Judgement if counts[one])


def by_name(verdicts: Sequence[Given]) -> str:
    """Say who concludes what: "wren possible, finch refuted"."""
    return ", ".join(f"{one.reviewer} {word(one.judgement)}" for one in verdicts if one.latest)


def look(verdicts: Sequence[Given]) -> str:
    """The badge of the least favourable, so that dissent never looks like agreement."""
    standing = {one.judgement for one in verdicts if one.latest}
    worst = [one for one in Judgement if one in standing]
    return _LOOKS.get(worst[-1], "") if worst else ""


def word(judgement: Judgement) -> str:
    return _SHORT.get(judgement, str(judgement.label))
