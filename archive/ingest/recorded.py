"""Whether every file, change, claim and verdict has its link in a chain, and says what it said then.

A row whose text was erased has no salt any more: what it says cannot be held to its link, but another link
says that it was erased.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from archive.catalogue.models import File, Revision
from archive.custody.chain import Kind, links_of, sealed
from archive.custody.models import CustodyEvent
from archive.evidence import appearances, grounds, making, verdicts
from archive.evidence.models import Appearance, Claim, Evidence, Falsifier, Verdict

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A row that its chain does not know, or knows otherwise."""

    chain: str
    what: str


@dataclass(frozen=True, slots=True)
class _Sort:
    """Rows of one model: how their links name them, where the hash stands, and over what it is."""

    name: str
    model: Any
    about: tuple[str, ...]
    key: str
    content: Callable[[Any], object]


_TARGETS = ("photo", "series")
_SORTS: Final = (
    _Sort("file", File, ("photo",), "sha256", lambda row: row.sha256),
    _Sort("revision", Revision, ("photo",), "after", lambda row: row.after),
    _Sort("claim", Claim, _TARGETS, "value", making.content_of),
    _Sort("evidence", Evidence, _TARGETS, "content", grounds.content_of_evidence),
    _Sort("falsifier", Falsifier, _TARGETS, "content", grounds.content_of_falsifier),
    _Sort("appearance", Appearance, _TARGETS, "content", appearances.content_of),
    _Sort("verdict", Verdict, ("claim__photo", "claim__series"), "content", verdicts.content_of),
)


def losses() -> Iterator[Unrecorded]:
    """Yield every row that is not as its link says, a bounded number of rows at a time."""
    for sort in _SORTS:
        last = 0
        rows = sort.model.objects.select_related(*sort.about).order_by("pk")
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            yield from _compare(sort, batch)
            last = batch[-1].pk


def _compare(sort: _Sort, batch: list[Any]) -> Iterator[Unrecorded]:
    chains = {row.pk: _chain_of(sort, row) for row in batch}
    written: dict[tuple[str, int], Any] = {}
    erased: set[tuple[str, int]] = set()
    for link in links_of(set(chains.values())):
        if link.kind == Kind.ERASED:
            erased.update((link.chain, number) for number in _erased_by(link, sort))
        elif sort.name in link.detail and sort.key in link.detail:
            written[link.chain, link.detail[sort.name]] = link.detail[sort.key]
    for row in batch:
        place = (chains[row.pk], row.pk)
        if place not in written:
            yield Unrecorded(place[0], f"{sort.name} {row.pk} has no link in its custody chain")
        elif place not in erased and _hash_of(sort, row) != written[place]:
            yield Unrecorded(place[0], f"{sort.name} {row.pk} does not say what it said when it was written")


def _erased_by(link: CustodyEvent, sort: _Sort) -> list[int]:
    several: list[int] = link.detail.get(f"{sort.name}s", [])
    one = link.detail.get(sort.name)
    return several if one is None else [*several, one]


def _chain_of(sort: _Sort, row: Any) -> str:
    for path in sort.about:
        target = row
        for step in path.split("__"):
            target = getattr(target, step)
        if target is not None:
            return str(target.public_id)
    raise ValueError(f"{sort.name} {row.pk} is about nothing")


def _hash_of(sort: _Sort, row: Any) -> str:
    return str(row.sha256) if sort.model is File else sealed(sort.content(row), row.salt)
