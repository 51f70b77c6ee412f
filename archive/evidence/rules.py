"""What the archive stands behind, from claims and verdicts alone (docs/decisions.md, Settling). Pure.

For each question on its own:

1. A claim that another supersedes, and a claim that was withdrawn, is out.
2. A claim that reviewers refuted is out, and so is one that rests only on claims that are out. A basis that
   was corrected without changing its value carries on what rests on it.
3. The level of a claim is its lowest standing verdict; who judged for and against it makes it disputed.
4. Confirmed > probable > corroborated > a person, unreviewed > the file, unreviewed > possible > doubtful.
   Corroborated: two independent roots agree. Claims that rest on another, and members' own entries, are none;
   a claim that is disputed or found doubtful lends no support.
5. The best level answers; different values at that level stay side by side, and so do disputed claims.
6. Where a collection asks for two reviewers, one verdict puts a question under review and moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import combinations

from archive.evidence.geometry import same_place
from archive.evidence.values import CivilTime, Instant, Said, Text, Value
from archive.evidence.vocabulary import Judgement
from archive.values.moment import Moment, civil_at, civil_in_utc, utc_interval
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


# the same pairs come again for every photo of a series, and geodesics are slow
@lru_cache(maxsize=4096)
def agree(one: Value, other: Value) -> bool:
    """Whether two values can both hold, one within the doubt of the other; their order never matters."""
    if one == other:
        return True
    if isinstance(one, Place | Polygon | Corridor | Relation) and isinstance(
        other, Place | Polygon | Corridor | Relation
    ):
        return same_place(one, other)
    if isinstance(one, Text) and isinstance(other, Text):
        return _spelt(one) == _spelt(other)
    first, second = _moment(one), _moment(other)
    if first is not None and second is not None:
        first, second = _on_one_clock(first, second)
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
    bases = _current_bases(every)
    grew = True
    while grew:  # a chain of derivations falls with its root, however long it is
        grew = False
        for said in every:
            under = bases[said.claim]
            if said.claim not in outs and under and all(basis in outs for basis in under):
                outs[said.claim] = Out.UNFOUNDED
                grew = True
    return outs


def _current_bases(every: Sequence[Said]) -> dict[int, tuple[int, ...]]:
    """What each claim rests on, as far as it is known here, corrections of mere wording followed."""
    by_claim = {said.claim: said for said in every}
    newer = {said.supersedes: said for said in every if said.supersedes is not None}
    return {
        said.claim: tuple(_corrected(by_claim[basis], newer) for basis in said.bases if basis in by_claim)
        for said in every
    }


def _corrected(said: Said, newer: Mapping[int, Said]) -> int:
    while said.claim in newer and newer[said.claim].value == said.value:
        said = newer[said.claim]
    return said.claim


def _is_refuted(said: Said, rule: Rule) -> bool:
    ranks = _ranks(said)
    return bool(ranks) and min(ranks) == 0 and not is_disputed(said) and _counts(said, rule)


def _counts(said: Said, rule: Rule) -> bool:
    return len(_ranks(said)) >= (2 if rule.two_reviewers else 1)


def _answer(facet: Facet, every: Sequence[Said], outs: Mapping[int, Out], rule: Rule) -> Answer:
    asked = [said for said in every if said.facet is facet and not said.elsewhere]
    if not asked:
        return Answer(facet)
    inside = [said for said in asked if said.claim not in outs]
    roots = _roots(asked, every, outs)
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
    """Independent roots of every claim that agrees and is not doubted itself."""
    value = said.value
    if value is None:
        return frozenset()
    found = [
        roots[other.claim]
        for other in inside
        if other is said or (other.value is not None and _lends(other) and agree(value, other.value))
    ]
    return frozenset().union(*found)


def _lends(said: Said) -> bool:
    ranks = _ranks(said)
    return not ranks or min(ranks) > _ORDER.index(Judgement.DOUBTFUL)


def _roots(
    asked: Sequence[Said], every: Sequence[Said], outs: Mapping[int, Out]
) -> dict[int, frozenset[int]]:
    """Sources that speak for themselves at the bottom of each claim; members' own entries are none."""
    by_claim = {said.claim: said for said in every}
    bases = _current_bases(every)
    return {said.claim: _roots_of(said, by_claim, bases, outs) for said in asked}


def _roots_of(
    said: Said,
    by_claim: Mapping[int, Said],
    bases: Mapping[int, tuple[int, ...]],
    outs: Mapping[int, Out],
) -> frozenset[int]:
    found: set[int] = set()
    seen: set[int] = set()
    ahead = [said]
    while ahead:
        one = ahead.pop()
        if one.claim in seen:
            continue
        seen.add(one.claim)
        under = bases[one.claim]
        ahead.extend(by_claim[basis] for basis in under if basis not in outs)
        if not one.bases and one.independent:
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
    values = list({said.value for said in winners if said.value is not None})
    several = any(not agree(one, other) for one, other in combinations(values, 2))
    if best is Level.CONFIRMED:
        return Status.DISPUTED if several else Status.CONFIRMED
    holding = {
        one.reviewer
        for said in winners
        for one in said.verdicts
        if one.judgement in (Judgement.CONFIRMED, Judgement.PROBABLE)
    }
    agreed = best is Level.CORROBORATED or (best is Level.PROBABLE and len(holding) >= 2)
    if agreed and not several:
        return Status.CORROBORATED
    return Status.IN_REVIEW if any(said.verdicts for said in inside) else Status.UNREVIEWED


def _is_undeterminable(said: Said, rule: Rule) -> bool:
    kinds = [one.judgement for one in said.verdicts if one.judgement is not Judgement.WITHDRAWN]
    enough = len(kinds) >= (2 if rule.two_reviewers else 1)
    return enough and all(kind is Judgement.UNDETERMINABLE for kind in kinds)


def _moment(value: Value) -> Moment | None:
    """Return the civil time of a date, or of an instant on every calendar in use on earth."""
    if isinstance(value, Instant):
        return civil_at(value.at)
    return value.moment if isinstance(value, CivilTime) else None


def _on_one_clock(first: Moment, second: Moment) -> tuple[Moment, Moment]:
    """Two clocks whose zones are both known are compared in UTC."""
    if first.offset_minutes is None or second.offset_minutes is None:
        return first, second
    return _in_utc(first), _in_utc(second)


def _in_utc(moment: Moment) -> Moment:
    bounds = utc_interval(moment)
    return Moment(civil_in_utc(bounds.earliest), civil_in_utc(bounds.latest), 0)


def _holds(outer: Moment, inner: Moment) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def _spelt(text: Text) -> str:
    return " ".join(text.text.casefold().split())
