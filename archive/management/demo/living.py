"""What grows on a coast, what flies over it, and what sails before it."""

import math
from itertools import pairwise

import numpy as np

from archive.management.demo.coast import Colour
from archive.management.demo.noise import Plane
from archive.management.demo.pen import Pen


def draw_sail(pen: Pen, size: float, seed: int) -> None:
    cloth = ((0.97, 0.95, 0.90), (0.80, 0.36, 0.24), (0.95, 0.90, 0.74))[seed % 3]
    pen.area(
        [(-4.4 * size, 1.1 * size), (4.6 * size, 1.3 * size), (3.4 * size, 0), (-3.6 * size, 0)],
        (0.28, 0.30, 0.34),
        10,
    )
    pen.stroke([(0.2 * size, 1.1 * size), (0.2 * size, 11.5 * size)], 0.16 * size, (0.5, 0.4, 0.3))
    pen.area(
        [(0, 1.9 * size), (0, 11.2 * size), (-1.7 * size, 6 * size), (-3.9 * size, 1.9 * size)], cloth, -35
    )
    pen.area(
        [
            (0.5 * size, 10.4 * size),
            (1.9 * size, 5.5 * size),
            (4.3 * size, 1.8 * size),
            (0.6 * size, 2.2 * size),
        ],
        cloth,
        40,
    )


def draw_trawler(pen: Pen, size: float, seed: int) -> None:
    hull = ((0.18, 0.34, 0.48), (0.70, 0.26, 0.20), (0.20, 0.42, 0.36))[seed % 3]
    pen.area(
        [
            (-6 * size, 2.2 * size),
            (-2 * size, 1.3 * size),
            (4 * size, 1.5 * size),
            (6.8 * size, 3 * size),
            (5.4 * size, 0),
            (-5.4 * size, 0),
        ],
        hull,
        12,
    )
    pen.area(
        [(-5.6 * size, 0.5 * size), (5.6 * size, 0.5 * size), (5.4 * size, 0), (-5.4 * size, 0)],
        (0.55, 0.20, 0.16),
        12,
    )
    pen.area(
        [
            (1 * size, 1.5 * size),
            (3.8 * size, 1.6 * size),
            (3.6 * size, 4.4 * size),
            (1.2 * size, 4.4 * size),
        ],
        (0.95, 0.93, 0.88),
        -10,
    )
    pen.area(
        [(1.3 * size, 3.3 * size), (3.5 * size, 3.3 * size), (3.5 * size, 4 * size), (1.3 * size, 4 * size)],
        (0.2, 0.27, 0.32),
    )
    pen.stroke(
        [(-2.5 * size, 1.3 * size), (-2.5 * size, 7 * size), (1.4 * size, 4.4 * size)],
        0.14 * size,
        (0.4, 0.33, 0.27),
    )
    pen.stroke([(-2.5 * size, 6.6 * size), (-5.4 * size, 2.2 * size)], 0.1 * size, (0.4, 0.33, 0.27))


def draw_gulls(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(int(rng.integers(4, 9))):
        x, y, span, bank = (
            rng.normal(0, 6),
            rng.normal(0, 2.6),
            rng.uniform(0.7, 1.2) * size,
            rng.uniform(-0.35, 0.35),
        )
        pen.area(
            [
                (x - span, y + 0.32 * span + bank * span),
                (x - 0.4 * span, y + 0.36 * span + bank * 0.4),
                (x, y),
                (x + 0.4 * span, y + 0.36 * span - bank * 0.4),
                (x + span, y + 0.28 * span - bank * span),
                (x + 0.38 * span, y + 0.2 * span),
                (x + 0.1 * span, y - 0.16 * span),
                (x - 0.38 * span, y + 0.2 * span),
            ],
            (0.93, 0.93, 0.92) if seed % 2 else (0.30, 0.32, 0.36),
        )


def draw_palm(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lean = float(rng.uniform(-0.45, 0.45))
    high = 8.5 * size
    spine = [(lean * high * (t**1.7), high * t) for t in np.linspace(0, 1, 12)]
    for joint, (low, up) in enumerate(pairwise(spine)):
        w = 0.23 * size * (1.25 - 0.06 * joint)
        for share, turn in ((-1.0, -55), (-0.4, -10), (0.2, 50)):
            pen.area(
                [
                    (low[0] + w * share, low[1] - 0.1),
                    (low[0] + w * (share + 0.65), low[1] - 0.1),
                    (up[0] + w * (share + 0.62), up[1]),
                    (up[0] + w * share, up[1]),
                ],
                (0.50, 0.41, 0.31),
                turn,
            )
    crown = spine[-1]
    for bend in sorted(np.linspace(-math.pi, math.pi, 17) + rng.uniform(-0.2, 0.2, 17), key=math.sin):
        reach = size * float(rng.uniform(3.0, 4.3))
        out, rise = math.cos(bend), 0.75 * math.sin(bend) + 0.45
        leaf = [
            (crown[0] + reach * out * t, crown[1] + reach * (rise * t - 0.95 * t * t))
            for t in np.linspace(0, 1, 11)
        ]
        green = np.array([0.25, 0.46, 0.17]) * rng.uniform(0.6, 1.5)
        facing = 70 * out
        for part, (near, far) in enumerate(pairwise(leaf)):
            drop = size * 0.85 * math.sin(math.pi * (0.15 + 0.8 * part / 10))
            root = ((near[0] + far[0]) / 2, (near[1] + far[1]) / 2)
            for blade, shade in ((-0.5, 0.6), (0.5, 1.0)):
                tip = (root[0] + (0.42 * out + 0.5 * blade) * size, root[1] - drop * (0.75 - 0.3 * blade))
                pen.area([near, far, tip], _darker(green, shade), facing)
        pen.stroke(leaf, 0.07 * size, _darker(green, 1.3))


def _darker(colour: Plane, share: float) -> Colour:
    red, green, blue = (float(each) * share for each in colour)
    return red, green, blue


def draw_pine(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    high = 7.0 * size
    lean = float(rng.uniform(-0.25, 0.25)) * high
    pen.area(
        [
            (-0.32 * size, -1),
            (0.30 * size, -1),
            (lean + 0.16 * size, high * 0.86),
            (lean - 0.14 * size, high * 0.86),
        ],
        (0.42, 0.29, 0.22),
        30,
    )
    for fork in (-1, 1):
        pen.stroke(
            [(lean * 0.7, high * 0.62), (lean + fork * 1.9 * size, high * 0.95)],
            0.2 * size,
            (0.40, 0.28, 0.22),
        )
    clumps = [(float(rng.normal(0, 1.9)), abs(float(rng.normal(0, 0.55)))) for _ in range(60)]
    for layer, (shade, lift) in enumerate(
        (((0.10, 0.19, 0.12), 0.0), ((0.16, 0.29, 0.16), 0.35), ((0.30, 0.43, 0.20), 0.75))
    ):
        for x, y in clumps[layer * 8 :]:
            r = size * float(rng.uniform(0.35, 0.75)) * (1 - 0.2 * layer)
            pen.blob(
                (lean + x * size * 0.95, high * 0.93 + (y + lift) * size * 0.9 - 0.05 * abs(x) ** 2 * size),
                (r * 1.35, r * 0.75),
                shade,
                25 * x,
            )
