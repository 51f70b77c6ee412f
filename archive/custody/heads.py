"""The head of a day: one hash over the last link of every chain, so that nothing can be taken off an end.

Chains are grouped by the first two characters of their names (random, so that the groups are alike in size):
a group's root is the Merkle root over its chains in order, the day's root the Merkle root over the groups'
roots in order. A day then costs the groups in which something happened, and a proof costs one group.

A head is made an hour after its day has ended: a transaction begun before midnight has ended by then. A day
on which nothing happened has none; the head before it still holds.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet

from archive.custody import merkle
from archive.custody.chain import Break
from archive.custody.links import canonical
from archive.custody.models import CustodyEvent, DayHead

QUIET: Final = timedelta(hours=1)
PREFIX: Final = 2
MOST_ALONE: Final = 100
"""Up to so many groups are read one by one; beyond, one walk over all is quicker."""

_LAST_NAME: Final = "z" * 13  # names are of a-z and 2-7: behind every name that begins alike


@dataclass(frozen=True, slots=True)
class Proof:
    """That a chain's link of this hash stood at the end of the day, under the day's root."""

    chain: str
    sequence: int
    hash: str
    day: date
    steps: tuple[merkle.Step, ...]


def make_heads(now: datetime | None = None) -> list[DayHead]:
    """Make the head of every finished day on which something happened; return the new ones, oldest first."""
    until = _until(now)
    made = []
    while (head := _next_head(until)) is not None:
        made.append(head)
    return made


def is_due(now: datetime | None = None) -> bool:
    """Whether something happened on a finished day that has no head yet."""
    return _links_after(newest_head(), _until(now)).exists()


def newest_head() -> DayHead | None:
    return DayHead.objects.order_by("-day").first()


def head_hash(day: date, root: str, previous: str) -> str:
    covered = {"day": day.isoformat(), "root": root, "previous": previous}
    return hashlib.sha256(canonical(covered)).hexdigest()


def prove(head: DayHead, chains: Iterable[str]) -> dict[str, Proof]:
    """Return the proof for each chain that had begun by the end of the head's day. Reads a group for each.

    A chain that does not prove it any more (see `verify_heads`) has none.
    """
    groups: dict[str, str] = head.groups or {}
    proofs: dict[str, Proof] = {}
    for prefix, names in itertools.groupby(sorted(set(chains)), key=_prefix):
        if prefix not in groups:
            continue
        ends = _ends_of_group(prefix, _end(head.day))
        leaves, at = [_leaf(*end) for end in ends], {end[0]: number for number, end in enumerate(ends)}
        order = sorted(groups)
        above = merkle.path([groups[each] for each in order], order.index(prefix))
        for name in names:
            if name in at:
                _, sequence, found = ends[at[name]]
                proof = Proof(name, sequence, found, head.day, merkle.path(leaves, at[name]) + above)
                if merkle.climb(start_of(proof), proof.steps) == head.root:
                    proofs[name] = proof
    return proofs


def start_of(proof: Proof) -> str:
    """Return the leaf that a proof climbs from."""
    return _leaf(proof.chain, proof.sequence, proof.hash)


def verify_heads() -> Iterator[Break]:
    """Yield every head that does not hold: altered, out of line, or not that of the chains as they are.

    The newest head is made anew from all chains, in constant memory; the others are held by it.
    """
    previous, newest = "", None
    for head in DayHead.objects.order_by("day").iterator():
        if head.hash != head_hash(head.day, head.root, head.previous):
            yield _broken(head, "was altered after it was made")
        if head.previous != previous:
            yield _broken(head, "does not follow the head before it")
        previous, newest = head.hash, head
    if newest is not None:
        yield from _verify_newest(newest)


def _verify_newest(head: DayHead) -> Iterator[Break]:
    groups, chains = _all_groups(_end(head.day))
    kept: dict[str, str] = head.groups or {}
    for prefix in sorted(groups.keys() | kept.keys()):
        if groups.get(prefix) != kept.get(prefix):
            yield _broken(
                head, f"chains {prefix}… are not as they were that day: a link was removed, added or altered"
            )
    if merkle.root([groups[prefix] for prefix in sorted(groups)]) != head.root:
        yield _broken(head, "is not the root of the chains as they are")
    if chains != head.chains:
        yield _broken(head, f"stands over {head.chains} chains, and there are {chains}")


def _broken(head: DayHead, what: str) -> Break:
    return Break(f"head of {head.day}", 0, what)


@transaction.atomic
def _next_head(until: datetime) -> DayHead | None:
    """Make the head of the first finished day without one, if something happened on such a day.

    Two that try at once meet at the unique day: the later one's is not written and it is told None.
    """
    before = newest_head()
    links = _links_after(before, until)
    first = links.aggregate(first=Min("at"))["first"]
    if first is None:
        return None
    day = first.astimezone(UTC).date()
    groups, chains = _grown(before, links.filter(at__lt=_end(day)), _end(day))
    root = merkle.root([groups[prefix] for prefix in sorted(groups)])
    previous = before.hash if before else ""
    head, made = DayHead.objects.get_or_create(
        day=day,
        defaults={
            "chains": chains,
            "groups": groups,
            "root": root,
            "previous": previous,
            "hash": head_hash(day, root, previous),
            "made_at": datetime.now(UTC),
        },
    )
    if not made:
        return None
    DayHead.objects.filter(day__lt=day, groups__isnull=False).update(groups=None)
    return head


def _grown(
    before: DayHead | None, links: QuerySet[CustodyEvent], end: datetime
) -> tuple[dict[str, str], int]:
    """Return the groups' roots at the end of a day on which `links` came, and how many chains there are."""
    changed = {_prefix(chain) for chain in links.values_list("chain", flat=True).distinct().iterator()}
    if before is None or len(changed) > MOST_ALONE:
        return _all_groups(end)
    groups, chains = dict(before.groups or {}), before.chains
    for prefix in sorted(changed):
        ends = _ends_of_group(prefix, end)
        groups[prefix] = merkle.root([_leaf(*each) for each in ends])
        chains += _new_chains(prefix, before, len(ends))
    return groups, chains


def _links_after(head: DayHead | None, until: datetime) -> QuerySet[CustodyEvent]:
    links = CustodyEvent.objects.filter(at__lt=until)
    return links if head is None else links.filter(at__gte=_end(head.day))


def _new_chains(prefix: str, before: DayHead, now: int) -> int:
    if prefix not in (before.groups or {}):
        return now
    return now - len(_ends_of_group(prefix, _end(before.day)))


def _all_groups(end: datetime) -> tuple[dict[str, str], int]:
    rows = _ends(CustodyEvent.objects.all(), end).iterator(chunk_size=5000)
    groups, count = {}, 0
    for prefix, found in itertools.groupby(rows, key=lambda row: _prefix(row[0])):
        ends = sorted(found)
        groups[prefix] = merkle.root([_leaf(*each) for each in ends])
        count += len(ends)
    return groups, count


def _ends_of_group(prefix: str, end: datetime) -> list[tuple[str, int, str]]:
    """Return chain, sequence and hash of the last link before `end` of every chain of a group, in order.

    The day is looked at here: SQLite would take the index of days, and read everybody's links.
    """
    group = CustodyEvent.objects.filter(chain__gte=prefix, chain__lte=prefix + _LAST_NAME)
    ends: dict[str, tuple[str, int, str]] = {}
    for chain, sequence, found, at in group.order_by("chain", "sequence").values_list(
        "chain", "sequence", "hash", "at"
    ):
        if at < end and _prefix(chain) == prefix:
            ends[chain] = (chain, sequence, found)
    return sorted(ends.values())


def _ends(events: QuerySet[CustodyEvent], end: datetime) -> QuerySet[CustodyEvent, tuple[str, int, str]]:
    """Return chain, sequence and hash of every chain's last link before `end`, ordered by chain."""
    later = CustodyEvent.objects.filter(
        chain=OuterRef("chain"), sequence__gt=OuterRef("sequence"), at__lt=end
    )
    ends = events.filter(~Exists(later), at__lt=end).order_by("chain")
    return ends.values_list("chain", "sequence", "hash")


def _leaf(chain: str, sequence: int, found: str) -> str:
    return merkle.leaf(canonical([chain, sequence, found]))


def _prefix(chain: str) -> str:
    return chain[:PREFIX]


def _until(now: datetime | None) -> datetime:
    return _midnight(((now or datetime.now(UTC)) - QUIET).astimezone(UTC).date())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date) -> datetime:
    return _midnight(day + timedelta(days=1))
