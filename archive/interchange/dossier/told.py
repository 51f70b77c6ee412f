"""What a report says, in words, once for HTML and PDF alike: only what its reader may know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class VoiceTold:
    """One claim; `standing` says how it counts."""

    number: int
    speaker: str
    value: str
    how: str
    words: str
    language: str
    said_at: str
    rationale: str
    raw: str
    rests_on: str
    standing: str
    readership: str


@dataclass(frozen=True, slots=True)
class HypothesisTold:
    value: str
    weight: str
    wins: bool
    voices: tuple[VoiceTold, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A region of the picture, in per cent of its width and height, and the number it is called by."""

    number: int
    x: float
    y: float
    w: float
    h: float
    label: str


@dataclass(frozen=True, slots=True)
class GroundTold:
    kind: str
    text: str
    bears: tuple[str, ...]
    region: str
    details: tuple[Line, ...]
    readership: str


@dataclass(frozen=True, slots=True)
class VerdictTold:
    judgement: str
    about: str
    reviewer: str
    reasons: str
    notes: str
    counts: bool


@dataclass(frozen=True, slots=True)
class FalsifierTold:
    text: str
    state: str
    remark: str
    readership: str


@dataclass(frozen=True, slots=True)
class QuestionTold:
    title: str
    status: str
    hypotheses: tuple[HypothesisTold, ...]
    out: tuple[VoiceTold, ...]
    verdicts: tuple[VerdictTold, ...]
    grounds: tuple[GroundTold, ...]
    falsifiers: tuple[FalsifierTold, ...]


@dataclass(frozen=True, slots=True)
class AppearanceTold:
    title: str
    url: str
    lines: tuple[Line, ...]
    bounds_date: bool


@dataclass(frozen=True, slots=True)
class FindingTold:
    title: str
    outcome: str
    sentence: str
    inputs: tuple[Line, ...]
    innocent: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class FileTold:
    """`path` is where the original lies in the dossier, empty where it did not come along."""

    name: str
    lines: tuple[Line, ...]
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class LinkTold:
    number: int
    when: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class CustodyTold:
    """`closed` counts the links that this reader may not know."""

    links: tuple[LinkTold, ...]
    closed: int
    proof: str


@dataclass(frozen=True, slots=True)
class PhotoTold:
    """One photo as this reader may know it. `picture` is a path in the dossier, empty where there is none."""

    public_id: str
    title: str
    collection: str
    address: str
    caption: str
    language: str
    picture: str
    width: int
    height: int
    alt: str
    boxes: tuple[Box, ...]
    where: str
    when: str
    facts: tuple[Line, ...]
    notes: str
    questions: tuple[QuestionTold, ...]
    grounds: tuple[GroundTold, ...]
    appearances: tuple[AppearanceTold, ...]
    findings: tuple[FindingTold, ...]
    turns: tuple[str, ...]
    files: tuple[FileTold, ...]
    custody: CustodyTold


@dataclass(frozen=True, slots=True)
class Entry:
    """One photo in the list of contents; `page` and `thumb` are paths in the dossier."""

    public_id: str
    page: str
    title: str
    where: str
    when: str
    thumb: str
    alt: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the dossier is, for whom and from when. `head` is the newest day head, empty without one."""

    title: str
    made_at: str
    reader: str
    selection: str
    archive: str
    count: int
    originals: str
    head: str
    stamp: str
    left_out: str
