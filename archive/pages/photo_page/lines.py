"""Claims as lines to read: what is said, by whom, in which words, on what it rests, who judged it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.evidence.rules import Out
from archive.evidence.vocabulary import Method, Reliability, SourceKind
from archive.pages.photo_page import links, verdicts
from archive.pages.photo_page.case_context import ClaimLine, VerdictLine
from archive.pages.photo_page.values import said
from archive.pages.wording import times
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.readership import Readership
from archive.values.wording import describe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.evidence.case import Case, Given, Heard
    from archive.pages.photo_page.layout import Layout

READERS = {
    Readership.PUBLIC: "",
    Readership.MEMBERS: "for members only",
    Readership.REVIEWERS: "for reviewers only",
}
_UNTOLD_KINDS = frozenset({SourceKind.FILE, SourceKind.MEMBER})
_UNTOLD_METHODS = frozenset(
    {Method.EXIF, Method.XMP, Method.WITHDRAWN, Method.STATED}
)  # of a file's claims the tag tells more
_ENGLISH = ("", "en")
_SEVERAL = re.compile(r"[a-z]{4,}s\b")  # "commenters", "residents of the town": no name, and more than one


@dataclass(frozen=True, slots=True)
class Teller:
    """What every line of one page needs; `blind` claims await the viewer's own verdict first."""

    case: Case
    layout: Layout
    photo: str
    allowed: links.Allowed
    is_blind: bool
    two_reviewers: bool

    def verdicts_on(self, claim: int) -> tuple[Given, ...]:
        facet = self.case.claims[claim].facet
        return tuple(one for one in self.case.questions[facet].verdicts if one.claim == claim)

    def line(
        self, claim: Heard, *, standing: str, look: str, above: int | None, title: str = ""
    ) -> ClaimLine:
        """Tell a claim; `above` is the claim on the line before, `title` what the heading says already."""
        given = self.verdicts_on(claim.claim)
        value = said(claim.value)
        hides = self.is_blind and not any(one.reviewer == self.allowed.name for one in given)
        return ClaimLine(
            number=self.layout.claims[claim.claim],
            value="" if value == title else value,
            speaker=speaker(claim),
            details=tuple(details(claim)),
            raw=claim.raw,
            words=claim.words,
            language="" if claim.language in _ENGLISH else claim.language,
            rationale=claim.rationale,
            based=self.based(claim, above),
            standing=standing,
            look=look,
            is_current=claim.wins,
            verdicts=self._lines([one for one in given if one.latest]),
            earlier=self._lines([one for one in given if not one.latest]),
            is_blind=hides and claim.out is None,
            actions=links.on_claim(claim, self.photo, self.allowed) if claim.out is None else (),
        )

    def gone(self, claim: Heard, superseder: Mapping[int, int]) -> ClaimLine:
        """Tell a claim that no longer counts, and why."""
        return self.line(claim, standing=self._why_gone(claim, superseder), look="", above=None)

    def based(self, claim: Heard, above: int | None) -> str:
        bases = [self.case.claims[basis] for basis in claim.rests_on if basis in self.case.claims]
        if not bases:
            return ""
        named = [self._named(basis, above) for basis in bases]
        return f"based on {' and '.join(dict.fromkeys(named))}, not a second source"

    def _named(self, basis: Heard, above: int | None) -> str:
        if basis.claim == above:
            return "the line above"
        letter = self.layout.letters.get(basis.claim)
        if letter and basis.out is None:
            return letter
        return f"what {_says(basis)} (“{said(basis.value)}”)" + (
            ", which no longer counts" if basis.out else ""
        )

    def _why_gone(self, claim: Heard, superseder: Mapping[int, int]) -> str:
        if claim.out is Out.REFUTED:
            return "refuted"
        if claim.out is Out.UNFOUNDED:
            return "rests only on what does not count for this photo"
        newer = self.case.claims.get(superseder.get(claim.claim, 0))
        if claim.out is Out.WITHDRAWN or (newer is not None and newer.value is None):
            return "taken back"
        return "replaced by a later one"

    def _lines(self, given: Sequence[Given]) -> tuple[VerdictLine, ...]:
        return tuple(verdicts.line(one, self.allowed) for one in given)


def speaker(claim: Heard) -> str:
    return claim.speaker if claim.source_kind == SourceKind.FILE else _says(claim)


def _says(claim: Heard) -> str:
    return f"{claim.speaker} {'say' if _SEVERAL.match(claim.speaker) else 'says'}"


def details(claim: Heard) -> list[str]:
    method = "" if claim.method in _UNTOLD_METHODS else str(Method(claim.method).label)
    return list(
        filter(
            None,
            [
                _kind(claim),
                claim.tag or method,
                f"said {in_words(claim.said_at)}" if claim.said_at else "",
                "said of the whole series" if claim.series else "",
                READERS[claim.readership],
                f"recorded {times.day(claim.made_at)}",
            ],
        )
    )


def _kind(claim: Heard) -> str:
    """What kind of source speaks, and to insiders how far it can be relied on."""
    if claim.source_kind in _UNTOLD_KINDS:
        return ""
    kind = str(SourceKind(claim.source_kind).label)
    if not claim.reliability:
        return kind
    graded = Reliability(claim.reliability)
    return f"{kind}, {'reliability ' if graded is Reliability.F else ''}{graded.label}"


def in_words(edtf: str) -> str:
    """Say a stored date as people write it; one from before the rules were tightened stays as it is."""
    try:
        return describe(parse_edtf(edtf))
    except EdtfError:
        return edtf
