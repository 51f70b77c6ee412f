"""How a link is hashed. Standard library alone, so that anybody can repeat it.

Canonical JSON is sorted by key, without spaces, in UTF-8. A link's hash covers its place in the chain, the
link before it, and two commitments, one to what happened and one to who did it; each has a salt of its own
made from the link's. Whoever may not read a link is given the commitments alone: the chain can still be
walked, and nothing can be guessed from them.

    said    = SHA-256 of ["said" salt, kind, at, detail]
    by      = SHA-256 of ["by" salt, actor]
    hash    = SHA-256 of {chain, sequence, previous, said, by}
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Commitments:
    """What a link says of itself to those who may not read it."""

    said: str
    by: str


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sealed(value: object, salt: str) -> str:
    """Hash a value so that who has value and salt can prove it, and nobody can guess it without the salt."""
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()


def said_salt(salt: str) -> str:
    """Return what opens the commitment to what happened, and only that."""
    return hashlib.sha256(b"said" + salt.encode()).hexdigest()


def by_salt(salt: str) -> str:
    """Return what opens the commitment to who did it, and only that."""
    return hashlib.sha256(b"by" + salt.encode()).hexdigest()


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def commitments(*, kind: str, at: datetime, actor: str, detail: dict[str, Any], salt: str) -> Commitments:
    return Commitments(sealed([kind, instant(at), detail], said_salt(salt)), sealed(actor, by_salt(salt)))


def link_hash(*, chain: str, sequence: int, previous: str, found: Commitments) -> str:
    covered = {
        "chain": chain,
        "sequence": sequence,
        "previous": previous,
        "said": found.said,
        "by": found.by,
    }
    return hashlib.sha256(canonical(covered)).hexdigest()
