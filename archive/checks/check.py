"""What a check is: a rule anyone can read, and a pure function over the facts of one photo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archive.checks.facts import Facts
from archive.checks.models import Outcome
from archive.checks.results import Result
from archive.values.readership import Readership


class Reliability(StrEnum):
    """How far a finding of this check can be relied on, in the words the screen uses."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INTEGRITY = "integrity only"


class Scope(StrEnum):
    """What an answer rests on, hence when it must be asked again."""

    FILE = "file"  # the original's bytes alone: asked once for each version of the check
    PHOTO = "photo"  # also what the archive knows of the photo
    DEVICE = "device"  # also the frames before and after it
    PICTURES = "pictures"  # also other pictures of the archive


@dataclass(frozen=True, slots=True)
class Check:
    """One check, told to a layperson.

    `title` names it, `rule` says in a sentence what is compared and when it does not fit, `help` why that
    matters and how to read it; `innocent` are the readings that need no ill will. `run` returns one result
    for each thing it looked at and nothing when the photo has nothing for it to look at; whatever it raises
    becomes "couldn't check". `words` makes one sentence from an outcome and the facts stored with it; `also`
    adds, by the photo's primary key, facts that change too often to be stored.

    A new `version` has every photo asked again by `check --all`; the facts of an older version are then no
    longer put into words, so a changed meaning needs a new version.
    """

    code: str
    version: int
    title: str
    rule: str
    help: str
    innocent: tuple[str, ...]
    reliability: Reliability
    run: Callable[[Facts], Iterable[Result]]
    words: Callable[[Outcome, Mapping[str, Any]], str]
    scope: Scope = Scope.PHOTO
    readership: Readership = Readership.PUBLIC
    also: Callable[[int], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        if not (self.innocent and self.rule and self.help):
            raise ValueError(f"the check {self.code} must say its rule, its help and its innocent readings")
