"""What the photo page's template is given about the case: who says what, and what bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.pages.grounds.matched import Matched
    from archive.pages.grounds.shadow_view import ShadowView


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One reviewer's judgement; `look` is the badge it is shown with."""

    reviewer: str
    judgement: str
    look: str
    credibility: str
    reasons: str
    when: str
    note: str
    take_back: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim: what is said, by whom, in which words, on what it rests, and who judged it.

    `value` is empty where the line above it says the same. `details` are short facts in a row. `number` is
    its anchor on this page, never the row's.
    """

    number: int
    value: str
    speaker: str
    details: tuple[str, ...]
    raw: str
    words: str
    language: str
    rationale: str
    based: str
    standing: str
    look: str
    is_current: bool
    verdicts: tuple[VerdictLine, ...]
    earlier: tuple[VerdictLine, ...]
    is_blind: bool
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BearingLine:
    """What a piece of evidence, by its number on this page, does for one hypothesis."""

    number: int
    text: str
    helps: str
    reason: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A named place that fits; `part` is its key on the map."""

    name: str
    distance: str
    part: str


@dataclass(frozen=True, slots=True)
class HypothesisCard:
    """One possible answer; `letter` is empty where none differs. `depth` indents what rests on others."""

    letter: str
    part: str
    value: str
    exactly: str
    sources: str
    standing: str
    look: str
    is_current: bool
    depth: int
    candidates: tuple[CandidateLine, ...]
    candidates_note: str
    speaks_for: tuple[BearingLine, ...]
    speaks_against: tuple[BearingLine, ...]
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The possible answers to one question, and what no longer counts there."""

    key: str
    heading: str
    note: str
    hypotheses: tuple[HypothesisCard, ...]
    gone: tuple[ClaimLine, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A piece of evidence: what it is, how much it helps, and for which letters or against which.

    `matched` and `shadow` are drawn where it has a second picture or a measured shadow.
    """

    number: int
    helps: str
    look: str
    kind: str
    text: str
    bears: tuple[str, ...]
    region: str
    matched: Matched | None
    shadow: ShadowView | None
    source: str
    attachment: str
    attachment_name: str
    details: tuple[str, ...]
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FalsifierLine:
    asked: str
    text: str
    state: str
    remark: str
    action: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """What helps to decide, what does not, and what would change the answers. `regions` is JSON."""

    helping: tuple[GroundLine, ...]
    idle: tuple[GroundLine, ...]
    falsifiers: tuple[FalsifierLine, ...]
    regions: str


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """Where it was seen published; `is_first` where it bounds the date."""

    title: str
    url: str
    details: tuple[str, ...]
    credit_line: str
    remark: str
    archive_url: str
    attachment: str
    sha256: str
    is_first: bool
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    title: str
    outcome: str
    look: str
    sentence: str
    inputs: tuple[tuple[str, str, str], ...]
    tolerance: str
    innocent: tuple[str, ...]
    rule: str
    help: str
    reliability: str
    details: tuple[str, ...]
    other: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What automatic checks found, that which does not fit first; `silent` had nothing to look at."""

    note: str
    told: tuple[FindingLine, ...]
    quiet: tuple[FindingLine, ...]
    quiet_words: str
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurnLine:
    when: str
    what: str
    because: str


@dataclass(frozen=True, slots=True)
class SeriesLine:
    title: str
    address: str
    position: str
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class AsItStood:
    """The day that is shown instead of today; `words` is empty for today, `problem` tells a wrong date."""

    day: str
    words: str
    notes: tuple[str, ...]
    problem: str
    latest: str
