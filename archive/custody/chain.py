"""Append-only chains: each row carries the SHA-256 of its own canonical JSON and of the row before it.

A row is written in the same transaction as what it records, by the room that writes. Personal text never
enters: `sealed` gives a salted hash, so that the text can be erased later while the chain stays valid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from archive.custody.models import CustodyEvent


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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a custody event is written in the transaction of what it records")
    last = after
    if last is None and not begin:
        last = CustodyEvent.objects.filter(chain=chain).order_by("-sequence").first()
    if last is not None and last.chain != chain:
        raise ValueError(f"a link of {last.chain} cannot come before one of {chain}")
    event = CustodyEvent(
        chain=chain,
        sequence=last.sequence + 1 if last else 0,
        kind=kind.value,
        at=datetime.now(UTC),
        actor=actor,
        detail=detail,
        previous=last.hash if last else "",
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    return event


def actor_of(user_id: int | None) -> str:
    """Name an account by its number alone: numbers are no personal text."""
    return f"user:{user_id}" if user_id is not None else "system"


def sealed(value: object, salt: str) -> str:
    """Hash a value so that who has value and salt can prove it, and nobody can guess it without the salt."""
    return hashlib.sha256((salt + _canonical(value)).encode()).hexdigest()


def digest(event: CustodyEvent) -> str:
    content = {
        "chain": event.chain,
        "sequence": event.sequence,
        "kind": event.kind,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "detail": event.detail,
        "previous": event.previous,
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def latest_links(chain: str, most: int) -> list[CustodyEvent]:
    """Return at most `most` links of a chain, newest first."""
    return list(CustodyEvent.objects.filter(chain=chain).order_by("-sequence")[:most])


def verify_chains(chain: str | None = None) -> Iterator[Break]:
    """Walk the chains in constant memory and yield every break; a removed last row shows in `verify`."""
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


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
