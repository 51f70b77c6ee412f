"""What the photo page's template is given: frozen, ready to print, one class for each card of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.pages.photo_page.case_context import (
    AppearanceLine,
    AsItStood,
    Checks,
    Deciding,
    Link,
    QuestionList,
    SeriesLine,
    TurnLine,
)
from archive.pages.photo_page.pin import PinView
from archive.pages.time_axis import TimeAxis


@dataclass(frozen=True, slots=True)
class Picture:
    """What the stage shows, as large as this viewer may have it; `src` is empty when there is no picture."""

    src: str
    width: int
    height: int
    alt: str
    info: str
    small: str
    preview_width: int
    preview_height: int


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three places, which are three different questions."""

    asked: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class Where:
    """`pins` is JSON for the map, empty without a place; see static/js/elements/place-map.js.

    `reasons` are told by question, which is named where there are several.
    """

    note: str
    questions: tuple[Question, ...]
    pins: str
    map_words: str
    shows: str
    decimal: str
    sexagesimal: str
    accuracy: str
    near: str
    zone: str
    looking: str
    height: str
    nearby_url: str
    looking_url: str
    troubles: tuple[str, ...]
    lists: tuple[QuestionList, ...]
    has_headings: bool
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    nothing: str
    add: str


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a date and what it rests on."""

    side: str
    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class When:
    """`received` says in words what the axis' limit is, and `limit_label` what kind of limit."""

    note: str
    local: str
    zone: str
    utc: str
    utc_basis: str
    axis: TimeAxis | None
    limit_label: str
    received: str
    bounds: tuple[Bound, ...]
    troubles: tuple[str, ...]
    answers: QuestionList | None
    reasons: tuple[str, ...]
    add: str


@dataclass(frozen=True, slots=True)
class ProblemNote:
    title: str
    meaning: str
    innocent: str
    tag: str
    said: str
    code: str


@dataclass(frozen=True, slots=True)
class Provenance:
    notes: SafeString
    creator: str
    credit: str
    rights_uri: str
    rights: str
    identifier: str
    keywords: tuple[str, ...]
    people: tuple[str, ...]
    collection_title: str
    collection_url: str
    collection_statement: SafeString


@dataclass(frozen=True, slots=True)
class FileCard:
    """One file of the photo; `name` and `original` only for those allowed."""

    number: int
    role: str
    name: str
    kind: str
    size: str
    pixels: str
    sha256: str
    received: str
    copy: str
    original: str


@dataclass(frozen=True, slots=True)
class Event:
    """One link of the chain of custody."""

    number: int
    when: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Custody:
    """`holds` says whether every link follows from the one before it, worked out for this very page."""

    events: tuple[Event, ...]
    holds: bool
    hidden: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    fact: str
    tag: str
    raw: str


@dataclass(frozen=True, slots=True)
class Change:
    when: str
    by: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where this photo stands in the selection one came from; empty addresses at its ends."""

    previous: str
    next: str
    back: str
    position: str
    total: str


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a check of bytes and chain; `good` is None when nothing could be checked."""

    good: bool | None
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    found: Found
    public_id: str
    title: str


@dataclass(frozen=True, slots=True)
class PhotoPage:
    public_id: str
    title: str
    caption: str
    caption_language: str
    credit_line: str
    headline: tuple[str, ...]
    stood: AsItStood
    series: tuple[SeriesLine, ...]
    picture: Picture
    where: Where
    when: When
    others: tuple[QuestionList, ...]
    deciding: Deciding
    appearances: tuple[AppearanceLine, ...]
    checks: Checks | None
    turns: tuple[TurnLine, ...]
    add: tuple[Link, ...]
    problems: tuple[ProblemNote, ...]
    provenance: Provenance
    camera: tuple[tuple[str, str], ...]
    file: FileCard
    further: tuple[FileCard, ...]
    custody: Custody
    check_url: str
    statements: tuple[StatementLine, ...]
    withheld: int
    changes: tuple[Change, ...]
    is_insider: bool
    is_private: bool
    edit_url: str
    mark_url: str
    report_url: str
    copies_url: str
    citation: str
    permalink: str
    way: Way
    pin: PinView | None
