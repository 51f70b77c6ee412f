"""How the answers changed, and what changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.pages.photo_page.case_context import TurnLine
from archive.pages.photo_page.hypotheses import HEADINGS
from archive.pages.photo_page.values import said
from archive.pages.wording import times
from archive.pages.wording.answers import STATUS_WORDS

if TYPE_CHECKING:
    from archive.evidence.case import Turn
    from archive.pages.photo_page.lines import Teller

MOST_TURNS = 100


def turns(teller: Teller) -> tuple[TurnLine, ...]:
    """Tell the changes of status, newest first."""
    told = [one for one in teller.case.turns if not _is_blinded(one, teller)]
    return tuple(_line(one, teller) for one in reversed(told[-MOST_TURNS:]))


def _is_blinded(turn: Turn, teller: Teller) -> bool:
    """What a verdict did would tell of it to a reviewer who may not see it yet."""
    if not teller.is_blind or turn.verdict is None:
        return False
    seen = {one.verdict for question in teller.case.questions.values() for one in question.verdicts}
    return turn.verdict not in seen


def _line(turn: Turn, teller: Teller) -> TurnLine:
    return TurnLine(
        when=times.minute(turn.at),
        what=f"{HEADINGS[turn.facet]}: {STATUS_WORDS[turn.before]} → {STATUS_WORDS[turn.after]}",
        because=_because(turn, teller),
    )


def _because(turn: Turn, teller: Teller) -> str:
    given = [
        (one, question.facet)
        for question in teller.case.questions.values()
        for one in question.verdicts
        if one.verdict == turn.verdict
    ]
    if given:
        verdict, _ = given[0]
        letter = teller.layout.letters.get(verdict.claim)
        return f"verdict of {verdict.reviewer}: {verdict.judgement.label}" + (
            f", on {letter}" if letter else ""
        )
    if turn.verdict is not None:
        return "a verdict"
    claim = teller.case.claims.get(turn.claim or 0)
    if claim is None:
        return "something said of the photo or its series"
    if claim.value is None:
        return f"{claim.speaker}: taken back"
    return f"{claim.speaker}: “{said(claim.value)}”"
