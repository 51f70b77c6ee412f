"""Append-only chains: each row's hash covers the row and, through the hash before it, every row before.

A row is written in the same transaction as what it records, by the room that writes. Personal text never
enters: `sealed` gives a salted hash, so that the text can be erased later while the chain stays valid.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from archive.custody.links import commitments, link_hash, sealed
from archive.custody.models import CustodyEvent

__all__ = [
    "Break",
    "Kind",
    "actor_of",
    "digest",
    "latest_links",
    "links_of",
    "record",
    "record_each",
    "sealed",
    "verify_chains",
]

MOST_AT_ONCE = 500


class Kind(StrEnum):
    """What happened to the photo; closed, so that the history can be read by machines."""

    RECEIVED = "received"
    FILE_ADDED = "file_added"
    FIELD_CHANGED = "field_changed"
    CLAIM_MADE = "claim_made"
    CLAIM_EXCEPTED = "claim_excepted"
    SOURCE_RECORDED = "source_recorded"
    SERIES_CHANGED = "series_changed"
    APPEARANCE_RECORDED = "appearance_recorded"
    EVIDENCE_RECORDED = "evidence_recorded"
    FALSIFIER_RECORDED = "falsifier_recorded"
    VERDICT_GIVEN = "verdict_given"
    ATTACHMENT_KEPT = "attachment_kept"
    EXPORTED = "exported"
    SELECTION_FROZEN = "selection_frozen"
    SELECTION_WITHDRAWN = "selection_withdrawn"
    ERASED = "erased"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain no longer holds."""

    chain: str
    sequence: int
    what: str


def record(
    *,
    chain: str,
    kind: Kind,
    actor: str,
    detail: dict[str, Any],
    after: CustodyEvent | None = None,
    begin: bool = False,
) -> CustodyEvent:
    """Append to a chain. The caller holds the lock on what the chain describes and has a transaction open.

    One statement where the caller knows the place: `after` is the chain's last link, `begin` says that the
    chain is new. Two otherwise.
    """
    _refuse_loose()
    last = after
    if last is None and not begin:
        last = CustodyEvent.objects.filter(chain=chain).order_by("-sequence").first()
    if last is not None and last.chain != chain:
        raise ValueError(f"a link of {last.chain} cannot come before one of {chain}")
    event = _link(chain, last, kind, actor, detail)
    event.save(force_insert=True)
    return event


def record_each(
    *, chains: Iterable[str], kind: Kind, actor: str, detail: dict[str, Any]
) -> list[CustodyEvent]:
    """Append the same to each of at most `MOST_AT_ONCE` chains, in two statements; see `record`."""
    _refuse_loose()
    wanted = list(dict.fromkeys(chains))
    if len(wanted) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} chains at once")
    last = _last_links(wanted)
    events = [_link(chain, last.get(chain), kind, actor, detail) for chain in wanted]
    return CustodyEvent.objects.bulk_create(events)


def actor_of(user_id: int | None) -> str:
    """Name an account by its number alone: numbers are no personal text."""
    return f"user:{user_id}" if user_id is not None else "system"


def digest(event: CustodyEvent) -> str:
    """Return the hash that the row ought to carry."""
    found = commitments(kind=event.kind, at=event.at, actor=event.actor, detail=event.detail, salt=event.salt)
    return link_hash(chain=event.chain, sequence=event.sequence, previous=event.previous, found=found)


def latest_links(chain: str, most: int) -> list[CustodyEvent]:
    """Return at most `most` links of a chain, newest first."""
    return list(CustodyEvent.objects.filter(chain=chain).order_by("-sequence")[:most])


def links_of(chains: Iterable[str]) -> Iterator[CustodyEvent]:
    """Yield every link of at most `MOST_AT_ONCE` chains, chain by chain, oldest first."""
    events = CustodyEvent.objects.filter(chain__in=list(chains)).order_by("chain", "sequence")
    return iter(events.iterator(chunk_size=2000))


def verify_chains(chain: str | None = None) -> Iterator[Break]:
    """Walk the chains in constant memory and yield every break.

    A last row that was taken away leaves a chain that holds; `heads.verify_heads` notices.
    """
    events = CustodyEvent.objects.order_by("chain", "sequence")
    if chain is not None:
        events = events.filter(chain=chain)
    current, expected, previous = None, 0, ""
    for event in events.iterator(chunk_size=2000):
        if event.chain != current:
            current, expected, previous = event.chain, 0, ""
        if event.sequence != expected:
            yield Break(event.chain, event.sequence, f"link {expected} is missing")
        elif event.previous != previous:
            yield Break(event.chain, event.sequence, "does not follow the link before it")
        if digest(event) != event.hash:
            yield Break(event.chain, event.sequence, "was altered after it was written")
        expected, previous = event.sequence + 1, event.hash


def _refuse_loose() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a custody event is written in the transaction of what it records")


def _last_links(chains: list[str]) -> dict[str, CustodyEvent]:
    later = CustodyEvent.objects.filter(chain=OuterRef("chain"), sequence__gt=OuterRef("sequence"))
    events = CustodyEvent.objects.filter(~Exists(later), chain__in=chains)
    return {event.chain: event for event in events}


def _link(
    chain: str, last: CustodyEvent | None, kind: Kind, actor: str, detail: dict[str, Any]
) -> CustodyEvent:
    event = CustodyEvent(
        chain=chain,
        sequence=last.sequence + 1 if last else 0,
        kind=kind.value,
        at=datetime.now(UTC),
        actor=actor,
        detail=detail,
        salt=secrets.token_hex(16),
        previous=last.hash if last else "",
    )
    event.hash = digest(event)
    return event
