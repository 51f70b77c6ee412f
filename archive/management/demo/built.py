"""What people put on a coast: each drawn about its foot, at a size and with a seed of its own."""

import math

import numpy as np

from archive.management.demo.pen import Pen


def draw_lighthouse(pen: Pen, size: float, seed: int) -> None:
    high, foot, top = 19 * size, 2.9 * size, 1.9 * size
    for number in range(10):
        left, right = -1 + number / 5, -1 + (number + 1) / 5
        turn = math.degrees(math.asin((left + right) / 2))
        pen.area(
            [(foot * left, -2), (foot * right, -2), (top * right, high), (top * left, high)],
            (0.95, 0.93, 0.88),
            turn,
        )
        if seed % 2:
            for low in (0.25, 0.65):
                wide = [foot + (top - foot) * share for share in (low, low + 0.18)]
                pen.area(
                    [
                        (wide[0] * left, high * low),
                        (wide[0] * right, high * low),
                        (wide[1] * right, high * (low + 0.18)),
                        (wide[1] * left, high * (low + 0.18)),
                    ],
                    (0.76, 0.25, 0.18),
                    turn,
                )
    pen.area(
        [(-top * 1.35, high), (top * 1.35, high), (top * 1.35, high + size), (-top * 1.35, high + size)],
        (0.30, 0.32, 0.34),
    )
    pen.area(
        [
            (-top * 0.7, high + size),
            (top * 0.7, high + size),
            (top * 0.7, high + 3.4 * size),
            (-top * 0.7, high + 3.4 * size),
        ],
        (0.7, 0.78, 0.8),
    )
    pen.area(
        [(-top, high + 3.4 * size), (top, high + 3.4 * size), (0, high + 5.6 * size)], (0.72, 0.26, 0.18), 20
    )
    draw_house(pen, size * 1.1, seed + 3, at=6.5 * size)
    pen.lamp((0, high + 2.2 * size), 0.9 * size)


def draw_house(pen: Pen, size: float, seed: int, at: float = 0.0) -> None:
    rng = np.random.default_rng(seed)
    wide, deep, high = 6 * size * rng.uniform(0.8, 1.3), 3.2 * size, 3.1 * size * rng.uniform(0.9, 1.5)
    wall = ((0.96, 0.94, 0.89), (0.93, 0.88, 0.78), (0.90, 0.80, 0.66))[int(rng.integers(3))]
    roof = ((0.74, 0.38, 0.26), (0.66, 0.34, 0.26), (0.55, 0.40, 0.34))[int(rng.integers(3))]
    left, right, back = at - wide / 2, at + wide / 2, at + wide / 2 + deep * 0.6
    pen.area([(left, -1.5), (right, -1.5), (right, high), (left, high)], wall, -22)
    pen.area(
        [(right, -1.5), (back, -1.2), (back, high * 1.02), ((right + back) / 2, high * 1.5), (right, high)],
        wall,
        62,
    )
    pen.area(
        [
            (left - 0.3, high),
            (right + 0.2, high),
            ((right + back) / 2, high * 1.55),
            (left + deep * 0.3, high * 1.55),
        ],
        roof,
        -8,
    )
    for window in np.arange(left + 1.0 * size, right - 1.0 * size, 2.1 * size):
        side = window + 0.8 * size
        pen.pane([(window, high * 0.4), (side, high * 0.4), (side, high * 0.78), (window, high * 0.78)])


def draw_obelisk(pen: Pen, size: float, seed: int) -> None:
    del seed
    pen.area(
        [(-1.3 * size, -0.6), (1.3 * size, -0.6), (1.1 * size, 0.9 * size), (-1.1 * size, 0.9 * size)],
        (0.70, 0.68, 0.63),
        -15,
    )
    pen.area(
        [
            (-0.62 * size, 0.9 * size),
            (0.15 * size, 0.9 * size),
            (0.1 * size, 4.6 * size),
            (-0.42 * size, 4.6 * size),
        ],
        (0.78, 0.76, 0.70),
        -35,
    )
    pen.area(
        [
            (0.15 * size, 0.9 * size),
            (0.62 * size, 0.9 * size),
            (0.42 * size, 4.6 * size),
            (0.1 * size, 4.6 * size),
        ],
        (0.70, 0.68, 0.63),
        50,
    )
    pen.blob((0, 5.15 * size), (0.55 * size, 0.55 * size), (0.34, 0.44, 0.40), 10)


def draw_stones(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for x in np.linspace(-7, 7, 6):
        wide, high, tilt = rng.uniform(0.5, 1.0) * size, rng.uniform(1.6, 3.4) * size, rng.uniform(-0.3, 0.3)
        at = float(x) * size
        pen.area(
            [
                (at - wide, -0.5),
                (at + wide * 0.2, -0.5),
                (at + tilt, high),
                (at - wide * 0.6 + tilt, high * 0.93),
            ],
            (0.60, 0.57, 0.52),
            -40,
        )
        pen.area(
            [
                (at + wide * 0.2, -0.5),
                (at + wide, -0.4),
                (at + wide * 0.6 + tilt, high * 0.9),
                (at + tilt, high),
            ],
            (0.52, 0.50, 0.46),
            55,
        )


def draw_fence(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tops: list[tuple[float, float]] = []
    for x in np.linspace(-26, 26, 15):
        high = float(rng.uniform(1.05, 1.3)) * size
        tilt = float(rng.normal(0, 0.07))
        pen.stroke([(float(x) * size, -0.6), (float(x) * size + tilt, high)], 0.13 * size, (0.46, 0.40, 0.33))
        tops.append((float(x) * size + tilt, high))
    for share in (0.9, 0.55):
        pen.stroke([(x, y * share) for x, y in tops], 0.035 * size, (0.36, 0.33, 0.30))


def draw_groyne(pen: Pen, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for step in range(16):
        x, high = step * 1.3 * size, size * (2.0 - 0.07 * step) * float(rng.uniform(0.85, 1.1))
        pen.area(
            [(x, -0.6), (x + 0.42 * size, -0.6), (x + 0.38 * size, high), (x + 0.04 * size, high)],
            (0.30, 0.25, 0.21),
            -30,
        )
        pen.area(
            [
                (x + 0.42 * size, -0.6),
                (x + 0.6 * size, -0.6),
                (x + 0.55 * size, high * 0.97),
                (x + 0.38 * size, high),
            ],
            (0.24, 0.21, 0.18),
            60,
        )


def draw_parasol(pen: Pen, size: float, seed: int) -> None:
    hues = ((0.82, 0.32, 0.24), (0.93, 0.76, 0.36), (0.26, 0.48, 0.56))
    hue = hues[seed % 3]
    pen.stroke([(0, 0), (0.1 * size, 2.1 * size)], 0.06 * size, (0.8, 0.76, 0.7))
    for part in range(6):
        a, b = -1.35 + part * 0.45, -1.35 + (part + 1) * 0.45
        pen.area(
            [
                (a * size, 1.75 * size - 0.12 * a * a * size),
                (b * size, 1.75 * size - 0.12 * b * b * size),
                (0.1 * size, 2.5 * size),
            ],
            hue if part % 2 else (0.96, 0.93, 0.86),
            20 * a,
        )


def draw_bridge(pen: Pen, size: float, seed: int) -> None:
    del seed
    pale, dark = (0.84, 0.84, 0.82), (0.60, 0.62, 0.62)
    pen.area(
        [
            (-330 * size, 20 * size),
            (330 * size, 20 * size),
            (330 * size, 23.5 * size),
            (-330 * size, 23.5 * size),
        ],
        dark,
        -15,
    )
    for tower in (-160 * size, 160 * size):
        for leg in (-7.5, 4.5):
            pen.area(
                [
                    (tower + leg * size, -2),
                    (tower + (leg + 3) * size, -2),
                    (tower + (leg * 0.25 + 2) * size, 96 * size),
                    (tower + (leg * 0.25 - 0.5) * size, 96 * size),
                ],
                pale,
                25 if leg > 0 else -25,
            )
        for stay in range(1, 11):
            for side in (-1, 1):
                pen.stroke(
                    [(tower, (52 + 4.2 * stay) * size), (tower + side * 15.4 * stay * size, 23 * size)],
                    0.55 * size,
                    pale,
                )
