"""The town of the unverified border pictures: an invented place by a river, with wide and empty streets."""

import math
from functools import lru_cache

import numpy as np

from archive.management.demo.country import wandering_line
from archive.management.demo.ground import Country, House, axes, near_houses, nearest, share_out
from archive.management.demo.noise import Raster, cloud

TURN = 17.0
"""Degrees by which the streets are turned, anticlockwise from east."""

_ALONG, _ACROSS = 124.0, 98.0
_PLASTER = (
    (0.80, 0.77, 0.68),
    (0.73, 0.76, 0.69),
    (0.80, 0.71, 0.65),
    (0.76, 0.75, 0.73),
    (0.84, 0.80, 0.66),
)
_SLATE = ((0.46, 0.46, 0.47), (0.52, 0.47, 0.43), (0.58, 0.44, 0.38))
_FLAT = (0.60, 0.59, 0.57)


def turned(along: float, across: float) -> tuple[float, float]:
    """Return east and north metres of a point given along and across the streets."""
    turn = math.radians(TURN)
    return along * math.cos(turn) - across * math.sin(turn), along * math.sin(turn) + across * math.cos(turn)


def _street_planes() -> tuple[Raster, Raster, Raster]:
    """Return metres to the nearest street's kerb, and every cell's place along and across the streets."""
    x, y = axes()
    turn = math.radians(TURN)
    along = x * math.cos(turn) + y * math.sin(turn)
    across = y * math.cos(turn) - x * math.sin(turn)
    kerbs = []
    for place, step in ((along, _ALONG), (across, _ACROSS)):
        number = np.rint(place / step)
        half = np.where(number == 0, 11.0, 4.5)
        kerbs.append(np.abs(place - number * step) - half)
    inside = np.maximum(np.abs(along) - 5.05 * _ALONG, np.abs(across) - 4.05 * _ACROSS)
    street = np.maximum(np.minimum(*kerbs), inside)
    beyond = np.minimum(np.abs(across) - 4.2, 99.0)
    return np.minimum(street, np.where(inside > -4, beyond, 99.0)).astype(np.float32), along, across


@lru_cache(maxsize=1)
def town() -> Country:
    """Build the town; the same on every call."""
    seed = 5200
    rng = np.random.default_rng(seed)
    x, y = axes()
    road, along, across = _street_planes()
    water = wandering_line(x, y, seed + 1, 46, -470) - 78 - 4 * cloud(seed + 2, 1024, 2.6)
    promenade = np.where(np.abs(water - 22) < 60, np.abs(water - 20) - 4, 99.0)
    bank = (np.abs(across) < 11) | (water > 8)
    road = np.where(bank, np.minimum(road, promenade), 99.0).astype(np.float32)
    plot, border = share_out(seed + 7, 2048 / 17, 1.8, 14.0)
    built = (np.abs(along) < 5.1 * _ALONG) & (np.abs(across) < 4.1 * _ACROSS) & (water > 10)
    blocks = (np.floor(along / (_ALONG / 2)) * 3 + np.floor(across / (_ACROSS / 2)) * 11).astype(
        np.int32
    ) % 40
    plot = np.where(built, 300 + blocks, plot).astype(np.int32)
    border = np.where(built, 99.0, border).astype(np.float32)
    crops = rng.uniform((0.46, 0.42, 0.26), (0.66, 0.56, 0.38), (300, 3))
    dust = np.array([0.66, 0.61, 0.51]) * rng.uniform(0.88, 1.08, (40, 1)) + rng.uniform(-0.02, 0.02, (40, 3))
    dust[::5] = (0.50, 0.52, 0.36)
    colours = np.concatenate([crops, dust]).astype(np.float32)
    angles = rng.uniform(0, math.pi, 340).astype(np.float32)
    spacing = np.concatenate([rng.uniform(1.0, 3.0, 300), np.full(40, 900.0)]).astype(np.float32)
    houses = _build(rng, water)
    trees = _plant(rng, road, water, houses)
    open_ground = np.full(x.shape, 99.0, np.float32)
    lane = (wandering_line(y.T, x.T, seed + 5, 50, -620).T - 1.8).astype(np.float32)
    yard = near_houses(tuple(house for house in houses if house.storeys == 0), 40.0)
    yard = np.where(yard < 14, np.maximum(yard, 3.0), open_ground).astype(np.float32)
    wood = (cloud(seed + 8, 1024, 2.6) - 1.6).astype(np.float32)
    wood = np.where(built | (water < 40), -1.0, wood).astype(np.float32)
    return Country(
        seed,
        water.astype(np.float32),
        road,
        lane,
        border,
        plot,
        colours,
        angles,
        spacing,
        wood,
        houses,
        trees,
        yard,
        0.32,
    )


def _build(rng: np.random.Generator, water: Raster) -> tuple[House, ...]:
    """Fill the blocks.

    Slabs of flats, rows of low houses, sheds, one public building on the main crossing.
    """
    houses: list[House] = []
    for column in range(-5, 5):
        for row in range(-4, 4):
            middle = ((column + 0.5) * _ALONG, (row + 0.5) * _ACROSS)
            if nearest(water, *turned(*middle)) < 75:
                continue
            central = abs(column + 0.5) < 3 and abs(row + 0.5) < 3
            if (column, row) == (0, 0):
                houses.append(_house(middle, 0, 12, 36, 8.5, 18, 0, (0.86, 0.81, 0.68), _FLAT, 4, 1))
                houses.append(
                    _house((middle[0], middle[1] + 14), 0, 10, 14, 7, 21, 0, (0.83, 0.78, 0.66), _FLAT, 4)
                )
                continue
            kind = rng.random()
            if central and kind < 0.72:
                houses.extend(_slabs(rng, middle))
            elif kind < 0.82:
                houses.extend(_rows(rng, middle))
            elif kind < 0.92:
                houses.extend(_sheds(rng, middle))
    return tuple(houses)


def _house(  # noqa: PLR0917 -- the measures of one box, named in House
    middle: tuple[float, float],
    along: float,
    across: float,
    long: float,
    wide: float,
    wall: float,
    rise: float,
    walls: tuple[float, float, float],
    roof: tuple[float, float, float],
    storeys: int = 0,
    panels: int = 0,
    turn: float = 0.0,
) -> House:
    x, y = turned(middle[0] + along, middle[1] + across)
    return House(x, y, long, wide, wall, wall + rise, TURN + turn, walls, roof, storeys, panels)


def _slabs(rng: np.random.Generator, middle: tuple[float, float]) -> list[House]:
    colour = _PLASTER[int(rng.integers(5))]
    storeys = int(rng.integers(4, 8))
    if rng.random() < 0.35:
        sides = [(0.0, -30.0, 42.0, 0.0), (0.0, 30.0, 42.0, 0.0), (-37.0, 0.0, 19.0, 90.0)]
    else:
        sides = [
            (float(rng.normal(0, 2)), place, float(rng.uniform(34, 46)), 0.0) for place in (-30.0, 0.0, 30.0)
        ]
    return [
        _house(middle, along, across, long, 5.6, 3.0 * storeys, 0, colour, _FLAT, storeys, 0, turn)
        for along, across, long, turn in sides
    ]


def _rows(rng: np.random.Generator, middle: tuple[float, float]) -> list[House]:
    return [
        _house(
            middle,
            place + float(rng.normal(0, 0.6)),
            across,
            float(rng.uniform(4.6, 6.0)),
            3.3,
            3.0,
            2.1,
            _PLASTER[int(rng.integers(5))],
            _SLATE[int(rng.integers(3))],
        )
        for across in (-34.0, -13.0, 13.0, 34.0)
        for place in np.arange(-48.0, 50.0, 14.0).tolist()
        if rng.random() < 0.9
    ]


def _sheds(rng: np.random.Generator, middle: tuple[float, float]) -> list[House]:
    sheds = [
        _house(middle, -14, across, 30, 9.5, 7.0, 3.4, (0.68, 0.64, 0.60), _SLATE[int(rng.integers(3))])
        for across in (-25.0, 0.0, 25.0)
    ]
    return [*sheds, _house(middle, 36, 12, 1.7, 1.7, 42, 0, (0.62, 0.44, 0.36), (0.30, 0.26, 0.25))]


def _plant(rng: np.random.Generator, road: Raster, water: Raster, houses: tuple[House, ...]) -> Raster:
    """Line the avenues and the river with trees, scatter some in the yards."""
    spots = []
    for place in np.arange(-610.0, 611.0, 11.0).tolist():
        for side in (-14.5, 14.5):
            spots.extend([(*turned(place, side), 2.3), (*turned(side, place * 0.62), 2.3)])
    spots.extend(
        (float(x), float(y), float(rng.uniform(1.4, 3.2))) for x, y in rng.uniform(-1000, 1000, (5200, 2))
    )
    kept = [
        (x, y, radius)
        for x, y, radius in spots
        if nearest(road, x, y) > 1.5
        and nearest(water, x, y) > 3
        and rng.random() < (0.85 if radius == 2.3 else 0.5)
    ]
    every = np.array(kept, np.float32)
    for house in houses:
        every = every[np.hypot(every[:, 0] - house.x, every[:, 1] - house.y) > house.long * 0.8 + 3]
    heights = every[:, 2] * rng.uniform(1.8, 2.6, len(every))
    return np.column_stack([every, heights, rng.integers(0, 4, len(every))]).astype(np.float32)
