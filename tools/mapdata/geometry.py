"""Projection, simplification and clipping on plain coordinate arrays."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Path = list[tuple[float, float]]
Box = tuple[float, float, float, float]


def project(degrees: Points) -> Points:
    """Web Mercator in units of the world's width: x and y from 0 (180° W, 85.05° N) to 1; y may leave it."""
    latitude = np.radians(np.clip(degrees[:, 1], -89.0, 89.0))
    x = (degrees[:, 0] + 180.0) / 360.0
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2.0 * math.pi)
    return np.column_stack([x, y])


def area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2.0


def simplify(line: Points, tolerance: float) -> Points:
    """Douglas and Peucker (1973): no dropped point lies farther than the tolerance from the kept line."""
    if len(line) < 3:
        return line
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    if np.array_equal(line[0], line[-1]):
        far = int(np.argmax(((line - line[0]) ** 2).sum(axis=1)))
        keep[far] = True
        spans = [(0, far), (far, len(line) - 1)]
    else:
        spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        offsets = line[first + 1 : last] - line[first]
        axis = line[last] - line[first]
        length = float(axis @ axis)
        along = np.clip(offsets @ axis / length, 0.0, 1.0) if length else np.zeros(len(offsets))
        apart = ((offsets - along[:, None] * axis) ** 2).sum(axis=1)
        worst = int(np.argmax(apart))
        if apart[worst] > tolerance * tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[keep]


def stitch(lines: list[Points]) -> list[Points]:
    """Join lines wherever exactly two ends meet, so that short pieces do not vanish one by one."""
    ends: dict[tuple[float, float], list[int]] = {}
    for n, line in enumerate(lines):
        for end in (0, -1):
            ends.setdefault(_corner(line[end]), []).append(n)
    left = set(range(len(lines)))
    joined = []
    for n in range(len(lines)):
        if n not in left:
            continue
        left.discard(n)
        chain = lines[n]
        for _ in range(2):
            chain = chain[::-1]
            while (more := _next(chain, ends, left)) is not None:
                left.discard(more)
                piece = lines[more] if _corner(lines[more][0]) == _corner(chain[-1]) else lines[more][::-1]
                chain = np.concatenate([chain, piece[1:]])
        joined.append(chain)
    return joined


def _corner(point: Points) -> tuple[float, float]:
    return round(float(point[0]), 9), round(float(point[1]), 9)


def _next(chain: Points, ends: dict[tuple[float, float], list[int]], left: set[int]) -> int | None:
    meeting = ends[_corner(chain[-1])]
    return next((n for n in meeting if n in left), None) if len(meeting) == 2 else None


def clip_ring(ring: Path, box: Box) -> Path:
    """Sutherland and Hodgman (1974); rings are closed by implication, and the answer may follow the box."""
    for axis, edge, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if not ring:
            return []
        inside = [sign * (point[axis] - edge) >= 0 for point in ring]
        if all(inside):
            continue
        kept: Path = []
        before, was_in = ring[-1], inside[-1]
        for point, is_in in zip(ring, inside, strict=True):
            if is_in != was_in:
                kept.append(_crossing(before, point, axis, edge))
            if is_in:
                kept.append(point)
            before, was_in = point, is_in
        ring = kept
    return ring


def clip_line(line: Path, box: Box) -> list[Path]:
    runs = [line]
    for axis, edge, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept: list[Path] = []
        for run in runs:
            kept += _half(run, axis, edge, sign)
        runs = kept
    return runs


def _half(line: Path, axis: int, edge: float, sign: int) -> list[Path]:
    inside = [sign * (point[axis] - edge) >= 0 for point in line]
    if all(inside):
        return [line]
    runs: list[Path] = []
    run: Path = []
    for n, point in enumerate(line):
        if n and inside[n] != inside[n - 1]:
            run.append(_crossing(line[n - 1], point, axis, edge))
        if inside[n]:
            run.append(point)
        elif run:
            runs.append(run)
            run = []
    return [*runs, run] if len(run) > 1 else runs


def _crossing(a: tuple[float, float], b: tuple[float, float], axis: int, edge: float) -> tuple[float, float]:
    share = (edge - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def label_point(ring: Points, stretch: float = 2.5) -> tuple[float, float]:
    """Middle of the widest room for a line of text.

    It is the inner point farthest from the ring, x counted `stretch` times less. A
    coarse search on a 40 × 40 grid, refined twice; enough for where to write a country's name.
    """
    flat = ring / np.array([stretch, 1.0])
    low, high = flat.min(axis=0), flat.max(axis=0)
    best = (low + high) / 2
    reach = (high - low) / 2
    for _ in range(3):
        grid = np.stack(
            np.meshgrid(*(np.linspace(b - r, b + r, 41) for b, r in zip(best, reach, strict=True))), -1
        )
        candidates = grid.reshape(-1, 2)
        candidates = candidates[_inside(candidates, flat)]
        if not len(candidates):
            break
        best = candidates[int(np.argmax(_distance(candidates, flat)))]
        reach = reach / 8
    return float(best[0] * stretch), float(best[1])


def _inside(points: Points, ring: Points) -> NDArray[np.bool_]:
    inside = np.zeros(len(points), dtype=bool)
    for (ax, ay), (bx, by) in pairwise(ring):
        if ay != by:
            crosses = (ay > points[:, 1]) != (by > points[:, 1])
            inside ^= crosses & (points[:, 0] < (bx - ax) * (points[:, 1] - ay) / (by - ay) + ax)
    return inside


def _distance(points: Points, ring: Points) -> NDArray[np.float64]:
    nearest = np.full(len(points), np.inf)
    for a, b in pairwise(ring):
        axis = b - a
        length = float(axis @ axis)
        along = np.clip((points - a) @ axis / length, 0.0, 1.0) if length else np.zeros(len(points))
        nearest = np.minimum(nearest, ((points - a - along[:, None] * axis) ** 2).sum(axis=1))
    return nearest
