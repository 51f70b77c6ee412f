"""Cutting layers into an adaptive tree of small binary tiles, and their encoding.

Files are deflated with a zlib header, so that any web server serves them small as they are. Within,
a level of detail has its own integer grid over the whole world (2**bits to a side). A tile of zoom z holds
coordinates relative to its own north-west corner. All numbers are LEB128 varints (signed ones zigzag):

    1 (format) · bits · z · x · y
    for each of LAYERS: parts · [points · dx dy ...] ...        first point from the end of the part before
    labels · [dx dy · kind · first zoom × 4 · size] ...          position from the label before
    world tile only: levels · [first zoom · bits · bytes · tree] ...
    names of the labels, UTF-8, one a line

A tree is written in preorder, two bits a node, lowest first: 0 sea, 1 land, 2 a file of its own, 3 four
children (north-west, north-east, south-west, south-east). A file's name is its quadkey.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tools.mapdata.geometry import Box, Path, Points, area, clip_line, clip_ring, simplify

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYERS = ("land", "lake", "river", "province", "border", "claim")
RINGS = ("land", "lake")


@dataclass(frozen=True)
class Label:
    """x, y in world widths; kind: 0 town, 1 capital, 2 country, 3 sea; size: step of importance or room."""

    x: float
    y: float
    kind: int
    first_zoom: float
    size: int
    name: str


@dataclass(frozen=True)
class Part:
    path: Path
    box: Box


@dataclass(frozen=True)
class Detail:
    """One level of detail: shown from `first_zoom`, on a grid of 2**bits, in files of `capacity` bytes."""

    name: str
    first_zoom: int
    bits: int
    shallowest: int
    deepest: int
    capacity: int


@dataclass
class Content:
    layers: dict[str, list[Part]] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


def part(points: Iterable[tuple[float, float]]) -> Part:
    path = list(points)
    xs, ys = [p[0] for p in path], [p[1] for p in path]
    return Part(path, (min(xs), min(ys), max(xs), max(ys)))


def prepare(
    lines: Iterable[Points], *, bits: int, tolerance: float, smallest: float, ring: bool
) -> list[Part]:
    """Projected lines → simplified integer paths; rings (area) and lines (length) under `smallest` go."""
    parts = []
    for line in lines:
        extent = area(line) if ring else float(np.hypot(*np.diff(line, axis=0).T).sum())
        if extent < smallest:
            continue
        grid = np.rint(simplify(line, tolerance) * (1 << bits))
        grid = grid[np.concatenate([[True], np.any(np.diff(grid, axis=0) != 0, axis=1)])]
        if ring and len(grid) > 1 and np.array_equal(grid[0], grid[-1]):
            grid = grid[:-1]
        if len(grid) >= (3 if ring else 2):
            parts.append(part((float(x), float(y)) for x, y in grid))
    return parts


def cut(content: Content, box: Box) -> Content:
    """What lies within the box (grid units)."""
    layers = {}
    for name, parts in content.layers.items():
        kept: list[Part] = []
        for piece in parts:
            west, north, east, south = piece.box
            if west > box[2] or east < box[0] or north > box[3] or south < box[1]:
                continue
            if west >= box[0] and east <= box[2] and north >= box[1] and south <= box[3]:
                kept.append(piece)
            elif name in RINGS:
                ring = clip_ring(piece.path, box)
                if len(ring) > 2:
                    kept.append(part(ring))
            else:
                kept += [part(run) for run in clip_line(piece.path, box) if len(run) > 1]
        layers[name] = kept
    return Content(layers, content.labels)


def plain(content: Content, box: Box) -> int | None:
    """0 for nothing but sea, 1 for nothing but land, None for anything to draw."""
    if content.labels or any(parts for name, parts in content.layers.items() if name != "land"):
        return None
    corners = {(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])}
    rings = content.layers.get("land", [])
    if any(set(ring.path) != corners for ring in rings):
        return None
    return len(rings) % 2


def grow(content: Content, detail: Detail, quadkey: str = "") -> tuple[list[int], dict[str, bytes]]:
    """The tree below one tile, in preorder, and its files by quadkey."""
    z = len(quadkey)
    x = int("".join(str(int(q) & 1) for q in quadkey) or "0", 2)
    y = int("".join(str(int(q) >> 1) for q in quadkey) or "0", 2)
    side = 1 << (detail.bits - z)
    margin = max(10 << (detail.bits - detail.first_zoom - 8), 4)
    box = (x * side - margin, y * side - margin, (x + 1) * side + margin, (y + 1) * side + margin)
    here = cut(content, box)
    scale = 1 << z
    here = replace(here, labels=[n for n in here.labels if int(n.x * scale) == x and int(n.y * scale) == y])
    answer = plain(here, box)
    if answer is not None:
        return [answer], {}
    if z >= detail.shallowest:
        data = encode(here, bits=detail.bits, z=z, x=x, y=y)
        if len(data) <= detail.capacity or z >= detail.deepest:
            return [2], {quadkey: data}
    nodes, files = [3], {}
    for child in "0123":
        below, more = grow(here, detail, quadkey + child)
        nodes += below
        files.update(more)
    return nodes, files


def encode(
    content: Content,
    *,
    bits: int,
    z: int,
    x: int,
    y: int,
    levels: list[tuple[Detail, list[int]]] | None = None,
) -> bytes:
    out = bytearray([1])
    for number in (bits, z, x, y):
        _unsigned(out, number)
    west, north = x << (bits - z), y << (bits - z)
    for name in LAYERS:
        parts = content.layers.get(name, [])
        _unsigned(out, len(parts))
        at = (west, north)
        for piece in parts:
            _unsigned(out, len(piece.path))
            for point in piece.path:
                now = (round(point[0]), round(point[1]))
                _signed(out, now[0] - at[0])
                _signed(out, now[1] - at[1])
                at = now
    labels = sorted(content.labels, key=lambda label: (label.first_zoom, -label.size))
    _unsigned(out, len(labels))
    at = (west, north)
    for label in labels:
        now = (round(label.x * (1 << bits)), round(label.y * (1 << bits)))
        _signed(out, now[0] - at[0])
        _signed(out, now[1] - at[1])
        at = now
        for number in (label.kind, round(label.first_zoom * 4), label.size):
            _unsigned(out, number)
    if levels is not None:
        _unsigned(out, len(levels))
        for detail, nodes in levels:
            packed = pack(nodes)
            for number in (detail.first_zoom, detail.bits, len(packed)):
                _unsigned(out, number)
            out += packed
    out += "\n".join(label.name for label in labels).encode()
    return bytes(out)


def pack(nodes: list[int]) -> bytes:
    padded = nodes + [0] * (-len(nodes) % 4)
    return bytes(a | b << 2 | c << 4 | d << 6 for a, b, c, d in zip(*[iter(padded)] * 4, strict=True))


def _unsigned(out: bytearray, number: int) -> None:
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def _signed(out: bytearray, number: int) -> None:
    _unsigned(out, number << 1 if number >= 0 else (-number << 1) - 1)
