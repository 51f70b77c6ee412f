"""A piece of flat country two kilometres square, seen from above: fields, river, roads, houses, trees.

Coordinates are metres east (`x`) and north (`y`) of its middle; it repeats beyond its edges, which only
distance and haze ever show.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.management.demo.coast import Colour
from archive.management.demo.noise import Raster, blend, cloud, ease, look_up, look_up_nearest, raster

CELLS = 1024
CELL_M = 2.0


@dataclass(frozen=True)
class House:
    """A box with a roof.

    Middle, half-lengths along and across, wall and ridge height, turn (degrees, of its long side).
    """

    x: float
    y: float
    long: float
    wide: float
    wall: float
    ridge: float
    turn: float
    walls: Colour
    roof: Colour
    storeys: int = 0
    panels: int = 0


@dataclass(frozen=True)
class Country:
    """Planes of CELLS × CELLS, row = north.

    Distances in metres (negative inside), and what stands on the ground.

    `trees` has columns x, y, crown radius, height, kind (0 to 3).
    """

    seed: int
    water: Raster
    road: Raster
    lane: Raster
    border: Raster
    plot: NDArray[np.int32]
    colours: Raster
    angles: Raster
    spacing: Raster
    wood: Raster
    houses: tuple[House, ...]
    trees: Raster
    yard: Raster
    muted: float = 0.0


def axes() -> tuple[Raster, Raster]:
    """Return the x and y of every cell's middle."""
    line = ((np.arange(CELLS) + 0.5) * CELL_M - CELLS * CELL_M / 2).astype(np.float32)
    x, y = np.meshgrid(line, line)
    return x, y


def cells_at(x: Raster, y: Raster) -> tuple[Raster, Raster]:
    """Return fractional column and row of points in metres."""
    return x / CELL_M + CELLS / 2 - 0.5, y / CELL_M + CELLS / 2 - 0.5


def share_out(seed: int, step: float, stretch: float, turn: float) -> tuple[NDArray[np.int32], Raster]:
    """Divide the land into plots round scattered points.

    Returns their numbers and metres to the nearest border.
    """
    x, y = axes()
    count = round(CELLS * CELL_M / step)
    rng = np.random.default_rng(seed)
    jitter = rng.uniform(-0.34, 0.34, (count, count, 2)).astype(np.float32)
    slant = math.radians(turn)
    column, row = np.floor(x / step).astype(np.int32), np.floor(y / step).astype(np.int32)
    best = np.full(x.shape, 1e9, np.float32)
    second = best.copy()
    number = np.zeros(x.shape, np.int32)
    for down in (-2, -1, 0, 1, 2):
        for across in (-1, 0, 1):
            c, r = column + across, row + down
            push = jitter[r % count, c % count]
            dx = x - (c + 0.5 + push[..., 0]) * step
            dy = y - (r + 0.5 + push[..., 1]) * step
            far = np.hypot(
                dx * math.cos(slant) + dy * math.sin(slant),
                (dy * math.cos(slant) - dx * math.sin(slant)) * stretch,
            )
            nearer = far < best
            second = np.where(nearer, best, np.minimum(second, far))
            best = np.where(nearer, far, best)
            number = np.where(nearer, (r % count) * count + c % count, number)
    return number, (second - best) / 2


def paint_ground(country: Country, x: Raster, y: Raster, grain: Raster) -> Raster:
    """Colour the ground, unlit, at points in metres; `grain` is the width of a pixel there, in metres."""
    column, row = cells_at(x, y)
    at = ((np.rint(row).astype(np.int32) & (CELLS - 1)) * CELLS) + (
        np.rint(column).astype(np.int32) & (CELLS - 1)
    )
    wobble = 1.1 * look_up(cloud(country.seed + 20, slope=1.6), x / 0.8, y / 0.8)
    border = look_up(country.border, column, row, eased=False) + 0.5 * wobble
    water = look_up(country.water, column, row, eased=False) + 2.0 * wobble
    road = look_up(country.road, column, row, eased=False)
    lane = look_up(country.lane, column, row, eased=False) + 0.3 * wobble
    wood = look_up(country.wood, column, row)
    yard = look_up(country.yard, column, row, eased=False)
    plot = country.plot.ravel()[at]
    angle, spacing = country.angles[plot], country.spacing[plot]
    patch = look_up(cloud(country.seed + 21, slope=2.0), x / 1.3, y / 1.3)
    tooth = look_up_nearest(cloud(country.seed + 22, slope=0.7, finest=0.7), x / 0.22, y / 0.22)
    fine = np.clip(1.2 - grain / 0.5, 0.12, 1)
    colour = country.colours[plot]
    run = (x * np.cos(angle) + y * np.sin(angle)) / spacing
    rows = np.sin(2 * np.pi * run + 0.5 * tooth) * np.clip(1.4 - 2.6 * grain / spacing, 0, 1)
    wheel = np.abs((run * spacing / 21.0) % 1 - 0.5)
    tracks = ease(0.035, 0.015, np.abs(wheel - 0.05)) * np.clip(1.5 - grain / 0.6, 0, 1) * (spacing < 2.4)
    depth = 0.05 + 0.07 * (spacing > 1.5)
    colour = colour * (1 + depth * rows + 0.05 * patch + 0.055 * fine * tooth - 0.16 * tracks)[..., None]
    colour = blend(colour, (0.44, 0.50, 0.28), ease(0.5, 1.5, patch) * 0.28)
    rough = raster((0.38, 0.45, 0.23)) * (1 + 0.10 * tooth * fine + 0.05 * patch)[..., None]
    speckle = (1 + 0.05 * tooth * fine)[..., None]
    if border.min() < 3.4:
        colour = blend(colour, rough, ease(3.4, 2.4, border))
    if wood.max() > 0.2:
        colour = blend(colour, (0.17, 0.25, 0.13), ease(0.2, 0.8, wood) * 0.9)
    if yard.min() < 16:
        lawn = raster((0.45, 0.53, 0.28)) * (speckle + 0.10 * patch[..., None])
        lawn = blend(lawn, raster((0.70, 0.64, 0.54)) * speckle, ease(3.4, 2.2, yard + 0.8 * wobble))
        colour = blend(colour, lawn, ease(15.5, 14.0, yard + 0.4 * wobble) * 0.93)
    if water.min() < 11:
        colour = blend(colour, rough, ease(11, 7, water))
        stream = raster((0.22, 0.36, 0.36)) * (speckle + 0.05 * patch[..., None])
        stream = blend(stream, (0.46, 0.50, 0.40), ease(-9, 0, water) * 0.7)
        colour = blend(colour, (0.78, 0.72, 0.58), ease(2.6, 1.2, water + 1.3 * patch) * (patch > 0.2))
        colour = blend(colour, stream, ease(0.3, -0.3, water))
    if lane.min() < 0.5:
        crown = np.where((lane > -1.05) & (lane < -0.55) & (grain < 0.4), 0.6, 0.95)
        colour = blend(
            colour, raster((0.72, 0.63, 0.48)) * speckle, ease(0.5, 0.0, lane) * crown * ease(0, 2, water)
        )
    if road.min() < 2.6:
        colour = blend(colour, rough * 0.93, ease(2.6, 1.6, road) * 0.8 * ease(0, 2, water))
        colour = blend(colour, (0.66, 0.62, 0.55), ease(0.9, 0.5, road) * 0.9)
        colour = blend(colour, raster((0.50, 0.49, 0.48)) * speckle, ease(0.25, -0.05, road))
    if country.muted > 0:
        grey = colour.mean(axis=-1, keepdims=True) * raster((1.04, 1.0, 0.95))
        colour = blend(colour, grey, country.muted)
    return np.clip(colour, 0.02, 1.2).astype(np.float32)


def is_water(country: Country, x: Raster, y: Raster) -> Raster:
    """Return 1 where a point is open water, not under a bridge."""
    at = cells_at(x, y)
    open_sky = ease(0.5, 0.9, look_up(country.road, *at, eased=False))
    return ease(0.3, -0.3, look_up(country.water, *at, eased=False)) * open_sky


def near_houses(houses: tuple[House, ...], reach: float = 30.0) -> Raster:
    """Return metres to the nearest house's walls, up to `reach` (farther off: `reach`)."""
    x, y = axes()
    away = np.full(x.shape, reach, np.float32)
    for house in houses:
        span = int((reach + house.long) / CELL_M) + 1
        column, row = (int(each / CELL_M + CELLS / 2) for each in (house.x, house.y))
        part = np.s_[max(0, row - span) : row + span, max(0, column - span) : column + span]
        turn = math.radians(house.turn)
        dx, dy = x[part] - house.x, y[part] - house.y
        along = np.abs(dx * math.cos(turn) + dy * math.sin(turn)) - house.long
        across = np.abs(dy * math.cos(turn) - dx * math.sin(turn)) - house.wide
        outside = np.hypot(np.clip(along, 0, None), np.clip(across, 0, None))
        away[part] = np.minimum(away[part], np.where((along < 0) & (across < 0), 0, outside))
    return away


def nearest(plane: Raster, x: float, y: float) -> float:
    """Return a plane's value at the cell of one point."""
    column, row = int(x / CELL_M + CELLS / 2) % CELLS, int(y / CELL_M + CELLS / 2) % CELLS
    return float(plane[row, column])
