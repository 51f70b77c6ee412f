"""Totals and facets from counts by profile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from archive.atlas.columns.rows import NONE_ID
from archive.atlas.columns.sieve import FACETS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Profiles
    from archive.atlas.columns.sieve import Sieve


@dataclass(slots=True)
class Tallies:
    """Photos by profile, for each facet those that its own filter alone may refuse."""

    profiles: Profiles
    _counts: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def add(self, counts: NDArray[np.int64], sieve: Sieve) -> None:
        """Add the photos of one piece by profile, whatever the facets' filters say of them."""
        for bit, name in enumerate(FACETS):
            passing = (sieve.misses & np.uint8(0xFF ^ (1 << bit))) == 0
            found = np.where(passing, counts, 0)
            self._counts[name] = self._counts[name] + found if name in self._counts else found

    def by_value(self) -> dict[str, Counter[int | None]]:
        return {name: self._of(name) for name in FACETS}

    def _of(self, name: str) -> Counter[int | None]:
        counts = self._counts.get(name)
        found: Counter[int | None] = Counter()
        if counts is None:
            return found
        values: NDArray[Any] = getattr(self.profiles, name)
        there = np.flatnonzero(counts)
        seen, which = np.unique(values[there], return_inverse=True)
        sums = np.bincount(which, weights=counts[there], minlength=len(seen)).astype(np.int64)
        is_term = name in {"licence", "device"}
        for value, n in zip(seen.tolist(), sums.tolist(), strict=True):
            found[None if is_term and value == NONE_ID else value] = n
        return found
