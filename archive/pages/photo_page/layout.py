"""The order of the case on the page: which letter a possible answer has, which number a claim or evidence.

Letters run over the whole page, so that "speaks for B" means one line. What rests on another answer follows
it, one step in. A photo about which nobody differs has no letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.values.settled import Facet

if TYPE_CHECKING:
    from archive.evidence.case import Case, Ground, Heard, Hypothesis, QuestionHeard

PLACES = (Facet.SUBJECT_PLACE, Facet.CAMERA_PLACE, Facet.OPERATOR_PLACE)
TEXTS = (Facet.AUTHOR, Facet.CONTENT, Facet.AUTHENTICITY)
ORDER = (*PLACES, Facet.DIRECTION, Facet.TIME, *TEXTS)


@dataclass(frozen=True, slots=True)
class Row:
    """A possible answer in its place: `letter` is empty where none is needed."""

    hypothesis: Hypothesis
    letter: str
    depth: int

    @property
    def key(self) -> str:
        """Its name on the map and in addresses of this page."""
        return f"answer-{self.letter.lower()}" if self.letter else "answer"


@dataclass(frozen=True, slots=True)
class Layout:
    """`claims` and `grounds` give numbers on this page by the rows' own numbers, which stay inside."""

    rows: Mapping[Facet, tuple[Row, ...]]
    letters: Mapping[int, str]
    claims: Mapping[int, int]
    grounds: Mapping[int, int]

    @property
    def is_lettered(self) -> bool:
        return bool(self.letters)


def layout_of(case: Case) -> Layout:
    ordered = {facet: tuple(_ordered(case.questions[facet])) for facet in ORDER if facet in case.questions}
    rivals = any(len(rows) > 1 for rows in ordered.values())
    lettered = rivals or bool(case.grounds)
    names = _letters()
    rows = {
        facet: tuple(Row(one, next(names) if lettered else "", depth) for one, depth in found)
        for facet, found in ordered.items()
    }
    every = [row for found in rows.values() for row in found]
    letters = {claim.claim: row.letter for row in every if lettered for claim in row.hypothesis.claims}
    shown = [claim.claim for row in every for claim in row.hypothesis.claims]
    shown += [claim.claim for question in case.questions.values() for claim in question.out]
    return Layout(
        rows=rows,
        letters=letters,
        claims={claim: number for number, claim in enumerate(shown, 1)},
        grounds={one.evidence: number for number, one in enumerate(sorted(case.grounds, key=rank), 1)},
    )


def rank(ground: Ground) -> tuple[int, int]:
    """What helps most to decide comes first."""
    return -helps_at_most(ground), ground.evidence


def helps_at_most(ground: Ground) -> int:
    return max((one.diagnosticity for one in ground.bears), default=0)


def _letters() -> Iterator[str]:
    """A to Z, then A2 to Z2 and so on."""
    turn = 1
    while True:
        for code in range(ord("A"), ord("Z") + 1):
            yield chr(code) + (str(turn) if turn > 1 else "")
        turn += 1


def _ordered(question: QuestionHeard) -> Iterator[tuple[Hypothesis, int]]:
    """Strongest first, and after each what rests on it."""
    hypotheses = list(question.hypotheses)
    home = {claim.claim: index for index, one in enumerate(hypotheses) for claim in one.claims}
    parents = [_parent(index, one.claims, home) for index, one in enumerate(hypotheses)]
    done: set[int] = set()

    def branch(index: int, depth: int) -> Iterator[tuple[Hypothesis, int]]:
        if index in done:
            return
        done.add(index)
        yield hypotheses[index], depth
        for child, parent in enumerate(parents):
            if parent == index:
                yield from branch(child, depth + 1)

    for index, parent in enumerate(parents):
        if parent is None:
            yield from branch(index, 0)
    for index in range(len(hypotheses)):  # those that rest on each other in a ring
        yield from branch(index, 0)


def _parent(index: int, claims: tuple[Heard, ...], home: Mapping[int, int]) -> int | None:
    """The answer that every claim of this one rests on; None where somebody says it independently."""
    bases = [{home[basis] for basis in claim.rests_on if basis in home} - {index} for claim in claims]
    return min(bases[0]) if bases and all(bases) else None
