"""Merkle trees after RFC 6962: a leaf is hashed behind a zero byte, a pair of nodes behind a one.

A level's odd last node goes up as it is. A path names for every step the sister and the side it stands on;
it says nothing about what the sisters stand for, nor how many leaves there are beyond a power of two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step towards the root: the sister's hash, and whether she stands left or right of us."""

    side: Side
    sister: str


def leaf(content: bytes) -> str:
    return hashlib.sha256(b"\x00" + content).hexdigest()


def node(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def root(nodes: Sequence[str]) -> str:
    """Return the one node above all of them; of none, the SHA-256 of nothing."""
    if not nodes:
        return hashlib.sha256().hexdigest()
    level = list(nodes)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(nodes: Sequence[str], index: int) -> tuple[Step, ...]:
    """Return the steps from the node at `index` to the root."""
    level, at, steps = list(nodes), index, []
    while len(level) > 1:
        sister = at ^ 1
        if sister < len(level):
            steps.append(Step("left" if sister < at else "right", level[sister]))
        level, at = _above(level), at // 2
    return tuple(steps)


def climb(start: str, steps: Sequence[Step]) -> str:
    """Return the root that the steps lead to."""
    for step in steps:
        start = node(step.sister, start) if step.side == "left" else node(start, step.sister)
    return start


def _above(level: list[str]) -> list[str]:
    pairs = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]
