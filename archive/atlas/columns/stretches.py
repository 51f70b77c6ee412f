"""Stretches of positions: ascending, disjoint pairs (start, stop), the stop not included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Stretches = list[tuple[int, int]]


def of_keys(key: NDArray[np.int64], ranges: Iterable[tuple[int, int]]) -> Stretches:
    """Return where sorted keys lie in ranges (first, last) of keys, ascending and disjoint."""
    pairs = list(ranges)
    if not pairs:
        return []
    starts = np.searchsorted(key, np.array([first for first, _ in pairs], np.int64))
    stops = np.searchsorted(key, np.array([last for _, last in pairs], np.int64), side="right")
    return _joined(
        (start, stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True) if start < stop
    )


def common(one: Stretches, other: Stretches) -> Stretches:
    """Return what lies in both."""
    found: Stretches = []
    left = right = 0
    while left < len(one) and right < len(other):
        start, stop = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < stop:
            found.append((start, stop))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return found


def without(one: Stretches, gone: Stretches) -> Stretches:
    """Return what lies in the first and not in the second."""
    found: Stretches = []
    for start, stop in one:
        at = start
        for begin, end in gone:
            if begin >= stop or end <= at:
                continue
            if begin > at:
                found.append((at, begin))
            at = max(at, end)
        if at < stop:
            found.append((at, stop))
    return found


def positions(stretches: Stretches) -> NDArray[np.intp]:
    """Return every position of the stretches, ascending."""
    if not stretches:
        return np.zeros(0, np.intp)
    return np.concatenate([np.arange(start, stop) for start, stop in stretches])


def among(found: NDArray[np.intp], stretches: Stretches) -> NDArray[np.bool_]:
    """Say of each position whether it lies in a stretch."""
    if not stretches:
        return np.zeros(len(found), np.bool_)
    starts = np.array([start for start, _ in stretches])
    stops = np.array([stop for _, stop in stretches])
    at = np.searchsorted(starts, found, side="right") - 1
    return (at >= 0) & (found < stops[at])


def size(stretches: Stretches) -> int:
    return sum(stop - start for start, stop in stretches)


def _joined(pairs: Iterable[tuple[int, int]]) -> Stretches:
    found: Stretches = []
    for start, stop in pairs:
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
