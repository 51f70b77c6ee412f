"""The case of a photo as frozen facts, for pages and reports; `hearing.case_of` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.evidence.rules import Level, Out, agree
from archive.evidence.values import Value
from archive.evidence.vocabulary import Judgement
from archive.values.readership import Readership
from archive.values.settled import Facet, Status
from archive.values.shapes import Relation

if TYPE_CHECKING:
    from archive.evidence.settling import Settled


@dataclass(frozen=True, slots=True)
class Heard:
    """One claim. `speaker` is what this reader may call the source; `reliability` A-F only for insiders.

    `rests_on` and `roots` number claims and sources; `level` is None where `out` says why it does not count.
    `words` and `tag` are empty, and `raw` of anything but a file, where the source's name is withheld from
    this reader: a phrase finds a person. `rationale` is the archive's own.
    """

    claim: int
    facet: Facet
    value: Value | None
    speaker: str
    source_kind: str
    reliability: str
    method: str
    words: str
    language: str
    said_at: str
    rationale: str
    tag: str
    raw: str
    series: str
    series_title: str
    appearance: int | None
    rests_on: tuple[int, ...]
    roots: frozenset[int]
    out: Out | None
    level: Level | None
    disputed: bool
    wins: bool
    made_at: datetime
    made_by: str
    readership: Readership


@dataclass(frozen=True, slots=True)
class Given:
    """One verdict; `latest` is false for one that its reviewer replaced."""

    verdict: int
    claim: int
    reviewer: str
    judgement: Judgement
    credibility: int | None
    reasons: str
    blind: bool
    latest: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Bears:
    """How a piece of evidence bears on one claim; `diagnosticity` 0..3."""

    claim: int
    stance: str
    diagnosticity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One piece of evidence, with the claims it bears on that this reader may know of.

    `is_matched` tells that a second picture belongs to it; `other_photo` and `other_region` are empty where
    this reader may not know of that picture.
    """

    evidence: int
    kind: str
    text: str
    region: dict[str, float] | None
    region_label: str
    other_photo: str
    other_region: dict[str, float] | None
    is_matched: bool
    measurement: dict[str, Any] | None
    source: str
    attachment: int | None
    attachment_name: str
    bears: tuple[Bears, ...]
    made_at: datetime
    made_by: str
    readership: Readership


@dataclass(frozen=True, slots=True)
class Shown:
    """One appearance; `bounds_date` marks the one that bounds the date from above."""

    appearance: int
    title: str
    url: str
    platform: str
    publisher: str
    posted_text: str
    seen_text: str
    bound: datetime | None
    credit_line: str
    remark: str
    archive_url: str
    attachment: int | None
    attachment_sha256: str
    bounds_date: bool
    readership: Readership


@dataclass(frozen=True, slots=True)
class Falsifying:
    falsifier: int
    facet: Facet
    text: str
    state: str
    remark: str
    at: datetime
    readership: Readership


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Claims that agree, strongest first; `roots` counts independent sources, `voices` all that say so."""

    value: Value
    claims: tuple[Heard, ...]
    roots: int
    voices: int
    stands: bool
    wins: bool


@dataclass(frozen=True, slots=True)
class QuestionHeard:
    """One question: its status, the rival hypotheses, and what does not count any more."""

    facet: Facet
    status: Status
    hypotheses: tuple[Hypothesis, ...]
    out: tuple[Heard, ...]
    verdicts: tuple[Given, ...]
    grounds: tuple[Ground, ...]
    falsifiers: tuple[Falsifying, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question's status changed, and what changed it."""

    facet: Facet
    before: Status
    after: Status
    claim: int | None
    verdict: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """All questions on which anything was said, and what bears on several or none of them."""

    settled: Settled
    questions: dict[Facet, QuestionHeard]
    grounds: tuple[Ground, ...]
    appearances: tuple[Shown, ...]
    turns: tuple[Turn, ...]
    claims: dict[int, Heard]


def grouped(claims: Sequence[Heard]) -> tuple[Hypothesis, ...]:
    """Group claims that agree with the strongest of a group; the strongest group first.

    One town is not the same answer as any of nine towns, though the one agrees with the other.
    """
    groups: list[list[Heard]] = []
    for one in sorted(claims, key=lambda one: (not one.wins, -(one.level or 0), one.claim)):
        home = next((group for group in groups if _agree(group[0].value, one.value)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return tuple(
        Hypothesis(
            value=group[0].value,
            claims=tuple(group),
            roots=len(frozenset().union(*(one.roots for one in group))),
            voices=len(group),
            stands=True,
            wins=any(one.wins for one in group),
        )
        for group in groups
        if group[0].value is not None
    )


def _agree(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and _places(one) == _places(other) and agree(one, other)


def _places(value: Value) -> int:
    return len(value.candidates) if isinstance(value, Relation) else 1
