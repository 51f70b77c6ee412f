"""What the archive stands behind, from claims and verdicts alone (docs/decisions.md, Settling). Pure.

For each question on its own:

1. A claim that another supersedes, and a claim that was withdrawn, is out.
2. A claim that reviewers refuted is out, and so is one that rests only on claims that are out.
3. The level of a claim is its lowest standing verdict; who judged for and against it makes it disputed.
4. Confirmed > probable > corroborated > a person, unreviewed > the file, unreviewed > possible > doubtful.
   Corroborated: two independent roots agree. Claims that rest on another, and members' own entries, are none.
5. The best level answers; different values at that level stay side by side, and so do disputed claims.
6. Where a collection asks for two reviewers, one verdict puts a question under review and moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from archive.evidence.geometry import same_place
from archive.evidence.values import CivilTime, Said, Value
from archive.evidence.vocabulary import Judgement
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet, Status
from archive.values.shapes import Corridor, Polygon, Relation


class Level(IntEnum):
    """How strongly a claim stands, weakest first."""

    DOUBTFUL = 1
    POSSIBLE = 2
    FILE = 3
    PERSON = 4
    CORROBORATED = 5
    PROBABLE = 6
    CONFIRMED = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """What a collection asks for."""

    two_reviewers: bool = False


class Out(StrEnum):
    """Why a claim does not count."""

    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REFUTED = "refuted"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one claim stands on its question; `out` says why it does not count, `level` is then None."""

    said: Said
    out: Out | None
    level: Level | None
    disputed: bool
    roots: frozenset[int]
    wins: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's status, the claims it rests on, and how every claim on it stands."""

    facet: Facet
    status: Status = Status.UNKNOWN
    standings: tuple[Standing, ...] = ()

    @property
    def winners(self) -> tuple[Said, ...]:
        return tuple(one.said for one in self.standings if one.wins)


_LEVELS = {
    Judgement.CONFIRMED: Level.CONFIRMED,
    Judgement.PROBABLE: Level.PROBABLE,
    Judgement.POSSIBLE: Level.POSSIBLE,
    Judgement.DOUBTFUL: Level.DOUBTFUL,
}
_ORDER = (
    Judgement.REFUTED,
    Judgement.DOUBTFUL,
    Judgement.POSSIBLE,
    Judgement.PROBABLE,
    Judgement.CONFIRMED,
)


def answers(claims: Iterable[Said], rule: Rule) -> dict[Facet, Answer]:
    """Settle every question; the order of the claims never matters."""
    every = sorted(claims, key=lambda said: said.claim)
    outs = _outs(every, rule)
    return {facet: _answer(facet, every, outs, rule) for facet in Facet}


def agree(one: Value, other: Value) -> bool:
    """Whether two values say the same within their doubt."""
    if one == other:
        return True
    if isinstance(one, Place | Polygon | Corridor | Relation) and isinstance(
        other, Place | Polygon | Corridor | Relation
    ):
        return same_place(one, other)
    first, second = _moment(one), _moment(other)
    if first is not None and second is not None:
        return _holds(first, second) or _holds(second, first)
    return False


def is_disputed(said: Said) -> bool:
    """Judged for and against: possible or better against refuted, probable or better against doubtful."""
    ranks = _ranks(said)
    if not ranks:
        return False
    best, worst = max(ranks), min(ranks)
    return (worst == 0 and best >= 2) or (worst == 1 and best >= 3)


def _ranks(said: Said) -> list[int]:
    return [_ORDER.index(one.judgement) for one in said.verdicts if one.judgement in _ORDER]


def _outs(every: Sequence[Said], rule: Rule) -> dict[int, Out]:
    replaced = {said.supersedes for said in every}
    outs: dict[int, Out] = {}
    for said in every:
        if said.claim in replaced:
            outs[said.claim] = Out.SUPERSEDED
        elif said.value is None:
            outs[said.claim] = Out.WITHDRAWN
        elif _is_refuted(said, rule):
            outs[said.claim] = Out.REFUTED
    known = {said.claim for said in every}
    grew = True
    while grew:  # a chain of derivations falls with its root, however long it is
        grew = False
        for said in every:
            bases = [basis for basis in said.bases if basis in known]
            if said.claim not in outs and bases and all(basis in outs for basis in bases):
                outs[said.claim] = Out.UNFOUNDED
                grew = True
    return outs


def _is_refuted(said: Said, rule: Rule) -> bool:
    ranks = _ranks(said)
    return bool(ranks) and min(ranks) == 0 and not is_disputed(said) and _counts(said, rule)


def _counts(said: Said, rule: Rule) -> bool:
    return len(_ranks(said)) >= (2 if rule.two_reviewers else 1)


def _answer(facet: Facet, every: Sequence[Said], outs: Mapping[int, Out], rule: Rule) -> Answer:
    asked = [said for said in every if said.facet is facet]
    if not asked:
        return Answer(facet)
    by_claim = {said.claim: said for said in every}
    inside = [said for said in asked if said.claim not in outs]
    roots = {said.claim: _roots(said, by_claim, outs) for said in asked}
    levels = {said.claim: _level(said, inside, roots, rule) for said in inside}
    disputed = {said.claim for said in inside if is_disputed(said)}
    calm = [level for claim, level in levels.items() if claim not in disputed]
    best = max(calm, default=None)
    wins = {
        said.claim
        for said in inside
        if said.claim in disputed or (best is not None and levels[said.claim] is best)
    }
    standings = tuple(
        Standing(
            said=said,
            out=outs.get(said.claim),
            level=levels.get(said.claim),
            disputed=said.claim in disputed,
            roots=roots[said.claim],
            wins=said.claim in wins,
        )
        for said in asked
    )
    winners = [said for said in inside if said.claim in wins]
    return Answer(facet, _status(winners, inside, best, disputed, rule), standings)


def _level(said: Said, inside: Sequence[Said], roots: Mapping[int, frozenset[int]], rule: Rule) -> Level:
    ranks = _ranks(said)
    if ranks and _counts(said, rule) and not is_disputed(said):
        return _LEVELS[_ORDER[min(ranks)]]
    if len(_support(said, inside, roots)) >= 2:
        return Level.CORROBORATED
    return Level.PERSON if said.basis is Basis.PERSON else Level.FILE


def _support(said: Said, inside: Sequence[Said], roots: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Independent roots of every claim that agrees."""
    value = said.value
    if value is None:
        return frozenset()
    found = [roots[other.claim] for other in inside if other.value is not None and agree(value, other.value)]
    return frozenset().union(*found)


def _roots(said: Said, by_claim: Mapping[int, Said], outs: Mapping[int, Out]) -> frozenset[int]:
    """Sources that speak for themselves at the bottom of a claim; members' own entries are none."""
    found: set[int] = set()
    seen: set[int] = set()
    ahead = [said]
    while ahead:
        one = ahead.pop()
        if one.claim in seen:
            continue
        seen.add(one.claim)
        bases = [by_claim[basis] for basis in one.bases if basis in by_claim]
        if bases:
            ahead.extend(basis for basis in bases if basis.claim not in outs)
        elif not one.bases and one.independent:
            found.add(one.source)
    return frozenset(found)


def _status(
    winners: Sequence[Said],
    inside: Sequence[Said],
    best: Level | None,
    disputed: set[int],
    rule: Rule,
) -> Status:
    if disputed or not winners:
        return Status.DISPUTED if disputed else Status.UNKNOWN
    if all(_is_undeterminable(said, rule) for said in winners):
        return Status.UNDETERMINABLE
    values = [said.value for said in winners if said.value is not None]
    several = any(not agree(values[0], value) for value in values[1:])
    if best is Level.CONFIRMED:
        return Status.DISPUTED if several else Status.CONFIRMED
    reviewers = {one.reviewer for said in winners for one in said.verdicts}
    agreed = best is Level.CORROBORATED or (best is Level.PROBABLE and len(reviewers) >= 2)
    if agreed and not several:
        return Status.CORROBORATED
    return Status.IN_REVIEW if any(said.verdicts for said in inside) else Status.UNREVIEWED


def _is_undeterminable(said: Said, rule: Rule) -> bool:
    kinds = [one.judgement for one in said.verdicts if one.judgement is not Judgement.WITHDRAWN]
    enough = len(kinds) >= (2 if rule.two_reviewers else 1)
    return enough and all(kind is Judgement.UNDETERMINABLE for kind in kinds)


def _moment(value: Value) -> Moment | None:
    return value.moment if isinstance(value, CivilTime) else None


def _holds(outer: Moment, inner: Moment) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest
