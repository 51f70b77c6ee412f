"""The farmland of the drone survey: a slow river, a hamlet along a road, fields under different crops."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.management.demo.ground import (
    CELL_M,
    CELLS,
    Country,
    House,
    axes,
    near_houses,
    nearest,
    share_out,
)
from archive.management.demo.noise import Raster, cloud

_CROPS = (
    ((0.47, 0.57, 0.29), 1.2),
    ((0.82, 0.71, 0.44), 1.6),
    ((0.53, 0.40, 0.30), 0.9),
    ((0.33, 0.47, 0.23), 0.8),
    ((0.75, 0.73, 0.48), 6.0),
    ((0.83, 0.73, 0.31), 1.4),
    ((0.52, 0.63, 0.35), 1.1),
    ((0.60, 0.55, 0.36), 2.6),
    ((0.70, 0.58, 0.40), 3.0),
)
_ROOFS = ((0.66, 0.36, 0.26), (0.72, 0.44, 0.31), (0.55, 0.33, 0.27), (0.45, 0.44, 0.45), (0.62, 0.40, 0.30))
_WALLS = ((0.90, 0.86, 0.77), (0.84, 0.76, 0.64), (0.93, 0.90, 0.84))


def _wave(at: Raster, seed: int, reach: float) -> Raster:
    """A line that wanders and meets itself at the country's edge."""
    rng = np.random.default_rng(seed)
    turn = 2 * np.pi * at / (CELLS * CELL_M)
    total = np.zeros_like(at)
    for number in (1, 2, 3, 5, 8):
        total += (reach / number**1.25) * np.sin(number * turn + rng.uniform(0, 6.28))
    return total


def wandering_line(x: Raster, y: Raster, seed: int, reach: float, middle: float) -> Raster:
    """Distance to a line that runs north, wandering `reach` metres about x = `middle`."""
    course = _wave(y, seed, reach) + middle
    slope = np.gradient(course[:, 0], CELL_M)[:, None]
    away: Raster = (np.abs(x - course) / np.sqrt(1 + slope * slope)).astype(np.float32)
    return away


@lru_cache(maxsize=1)
def farmland() -> Country:
    """Build the country of the survey; the same on every call."""
    seed = 4100
    rng = np.random.default_rng(seed)
    x, y = axes()
    water = wandering_line(x, y, seed + 1, 120, -185) - 15 - 4 * cloud(seed + 2, CELLS, 2.6)
    road = wandering_line(y.T, x.T, seed + 3, 46, 20).T - 3.1
    branch = np.where(y > 10, wandering_line(x, y, seed + 4, 36, 150), 99.0) - 2.4
    road = np.minimum(road, branch).astype(np.float32)
    lane = np.minimum(
        wandering_line(x, y, seed + 5, 60, -40) - 1.6, wandering_line(y.T, x.T, seed + 6, 60, -160).T - 1.6
    )
    plot, border = share_out(seed + 7, 2048 / 17, 1.65, 14.0)
    kinds = rng.integers(0, len(_CROPS), 17 * 17)
    colours = np.array([_CROPS[kind][0] for kind in kinds], np.float32) * rng.uniform(
        0.9, 1.1, (289, 1)
    ).astype(np.float32)
    spacing = np.array([_CROPS[kind][1] for kind in kinds], np.float32)
    angles = rng.uniform(0, math.pi, 289).astype(np.float32)
    wood = (cloud(seed + 8, CELLS, 2.6) - 1.05).astype(np.float32)
    wood = np.where((np.abs(road) < 24) | (np.hypot(x - 90, y - 10) < 150), -1.0, wood).astype(np.float32)
    houses = _hamlet(rng, road, water, lane)
    trees = _plant(rng, houses, (border, water, road, lane, wood), (plot, kinds == 8))
    return Country(
        seed,
        water.astype(np.float32),
        road,
        lane.astype(np.float32),
        border,
        plot,
        colours,
        angles,
        spacing,
        wood,
        houses,
        trees,
        near_houses(houses),
    )


def _hamlet(rng: np.random.Generator, road: Raster, water: Raster, lane: Raster) -> tuple[House, ...]:
    """Set houses along the roads about the crossing, and a few farms out in the fields."""
    east, north = np.gradient(road, CELL_M)[::-1]
    houses: list[House] = []
    tries = 0
    while len(houses) < 64 and tries < 6000:
        tries += 1
        lonely = rng.random() < 0.12
        x, y = (
            (rng.uniform(-420, 420), rng.uniform(-380, 380))
            if lonely
            else (rng.normal(110, 120), rng.normal(25, 85))
        )
        off = nearest(road, x, y)
        if not (7 < off < (60 if lonely else 34)) or nearest(water, x, y) < 30 or nearest(lane, x, y) < 9:
            continue
        turn = (
            math.degrees(math.atan2(nearest(north, x, y), nearest(east, x, y))) + 90 + float(rng.normal(0, 4))
        )
        barn = rng.random() < 0.28
        long, wide = (
            (rng.uniform(8, 13), rng.uniform(4.5, 6))
            if barn
            else (rng.uniform(5, 7.5), rng.uniform(3.6, 4.6))
        )
        if any(math.hypot(x - other.x, y - other.y) < long + other.long + 2.5 for other in houses):
            continue
        wall = float(rng.uniform(3.2, 5.6))
        roof = _ROOFS[int(rng.integers(len(_ROOFS)))]
        houses.append(
            House(
                float(x),
                float(y),
                float(long),
                float(wide),
                wall,
                wall + float(wide) * 0.75,
                turn,
                _WALLS[int(rng.integers(3))],
                roof,
            )
        )
    return tuple(houses)


def _plant(
    rng: np.random.Generator,
    houses: tuple[House, ...],
    planes: tuple[Raster, Raster, Raster, Raster, Raster],
    orchard: tuple[NDArray[np.int32], NDArray[np.bool_]],
) -> Raster:
    """Plant woods, hedges, banks, gardens and orchards; rows of x, y, crown radius, height, kind."""
    border, water, road, lane, wood = planes
    spots = rng.uniform(-1020, 1020, (52000, 2)).astype(np.float32)
    column = (spots[:, 0] / CELL_M + CELLS / 2).astype(int) % CELLS
    row = (spots[:, 1] / CELL_M + CELLS / 2).astype(int) % CELLS
    edge, bank, way, path, shade = (plane[row, column] for plane in (border, water, road, lane, wood))
    chance = np.where(shade > 0.2, 0.85, 0.0)
    chance = np.where((edge < 1.8) & (cloud(61, CELLS, 2.0)[row, column] > -0.1), 0.75, chance)
    chance = np.where((bank > 2) & (bank < 9), 0.5, chance)
    chance = np.maximum(chance, 0.006)
    clear = (way > 3.5) & (path > 2.0) & (bank > 1.5)
    taken = spots[clear & (rng.random(len(spots)) < chance)]
    plot, is_orchard = orchard
    line = np.arange(-1020, 1020, 6.0, dtype=np.float32)
    rows = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    column = (rows[:, 0] / CELL_M + CELLS / 2).astype(int) % CELLS
    row = (rows[:, 1] / CELL_M + CELLS / 2).astype(int) % CELLS
    good = (
        is_orchard[plot[row, column]]
        & (border[row, column] > 7)
        & (water[row, column] > 9)
        & (road[row, column] > 6)
        & (lane[row, column] > 4)
    )
    planted = rows[good] + rng.normal(0, 0.3, (int(good.sum()), 2)).astype(np.float32)
    garden = np.array(
        [[h.x + rng.normal(0, 14), h.y + rng.normal(0, 14)] for h in houses for _ in range(5)], np.float32
    )
    free = np.array([nearest(road, *g) > 3.5 and nearest(water, *g) > 2 for g in garden.tolist()])
    every = np.concatenate([taken, planted, garden[free]])
    radius = np.concatenate(
        [
            rng.uniform(1.8, 4.6, len(taken)),
            rng.uniform(1.4, 1.9, len(planted)),
            rng.uniform(1.4, 3.4, int(free.sum())),
        ]
    )
    for house in houses:
        keep = np.hypot(every[:, 0] - house.x, every[:, 1] - house.y) > house.long + radius * 0.6
        every, radius = every[keep], radius[keep]
    kind = rng.integers(0, 4, len(every))
    return np.column_stack([every, radius, radius * rng.uniform(1.7, 2.5, len(every)), kind]).astype(
        np.float32
    )
