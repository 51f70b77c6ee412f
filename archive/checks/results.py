"""What one check found: an outcome, the numbers its words are made of, and what went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.checks.models import Outcome
from archive.values.readership import Readership

_WIDTH = {reader: rank for rank, reader in enumerate(Readership)}


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that went in: its name for people, the tag or place it stood in, its text as it stood."""

    name: str
    tag: str
    raw: str


@dataclass(frozen=True, slots=True)
class Result:
    """An answer of one check about one photo.

    `facts` are JSON values, from which the check makes its words when somebody reads them; `magnitude` and
    `tolerance` are in `unit`. `other` is the primary key of the photo it was compared with. `readership` is
    as narrow as what went in demands; the check's own may narrow it further.
    """

    outcome: Outcome
    facts: Mapping[str, Any] = field(default_factory=dict)
    magnitude: float | None = None
    tolerance: float | None = None
    unit: str = ""
    inputs: tuple[Input, ...] = ()
    other: int | None = None
    readership: Readership = Readership.PUBLIC

    def __post_init__(self) -> None:
        for number in (self.magnitude, self.tolerance):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{number} measures nothing")


def narrowest(*readers: Readership) -> Readership:
    """Return the readership that is let in by all of them."""
    return max(readers, key=_WIDTH.__getitem__)
