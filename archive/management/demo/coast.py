"""Imagined coasts: height and colour of the ground at any point, from noise and a few measures.

Coordinates are metres: `u` along the shore, `v` inland; the waterline wanders about v = 0.
"""

from dataclasses import dataclass

import numpy as np

from archive.management.demo.noise import Raster, blend, cloud, ease, look_up, look_up_nearest, raster

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Coast:
    """The character of a coast; heights and lengths in metres, colours 0 to 1."""

    seed: int
    cliff: float = 32.0
    face: float = 9.0
    wander: float = 62.0
    beach: float = 0.0
    hills: float = 120.0
    rough: float = 5.0
    shrub: float = 0.8
    forest: float = 0.0
    rock: Colour = (0.80, 0.56, 0.36)
    rock_dark: Colour = (0.60, 0.34, 0.22)
    grass: Colour = (0.52, 0.56, 0.30)
    grass_dry: Colour = (0.74, 0.66, 0.40)
    bush: Colour = (0.25, 0.36, 0.22)
    sand: Colour = (0.92, 0.81, 0.60)
    deep: Colour = (0.06, 0.25, 0.38)
    shallow: Colour = (0.22, 0.56, 0.58)
    flower: Colour = (0.93, 0.78, 0.30)
    reef: float = 0.0
    terraces: float = 0.0
    bare: float = 0.75


def shore_distance(coast: Coast, u: Raster, v: Raster) -> Raster:
    """Return metres inland of the waterline, negative at sea; islets and stacks are pockets of positive."""
    bays = cloud(coast.seed, slope=2.5)
    nicks = cloud(coast.seed + 1, slope=2.6)
    inland: Raster = (
        v
        + coast.wander * look_up(bays, u / 3.1 + 40, v / 4.2 + 9)
        + 9.0 * look_up(nicks, u / 0.6, v / 0.6)
        + coast.beach * 25.0
    )
    return inland


def ground_height(coast: Coast, u: Raster, v: Raster, *, detail: bool = True) -> tuple[Raster, Raster]:
    """Return height above the sea (below it: negative) and the distance inland, both in metres."""
    inland = shore_distance(coast, u, v)
    broad = look_up(cloud(coast.seed + 2, slope=2.4), u / 7.0, v / 7.0)
    edge = coast.face * (1.0 + 0.35 * broad)
    top = coast.cliff * np.clip(1.0 + 0.30 * broad, 0.25, 2.0)
    rise = ease(0.0, 1.0, inland / np.maximum(edge, 2.0))
    height = top * rise + np.clip(inland, 0, 400) * 0.035
    if coast.beach > 0:
        back = 55.0 + 25.0 * broad
        ramp = np.clip(inland, -60, 46) * 0.05
        dune = top * ease(0, 1, (inland - back) / 30.0) * 0.9 + 1.8 * ease(30, 50, inland)
        height = blend(height, ramp + dune, coast.beach)
    if coast.hills > 0:
        far = look_up(cloud(coast.seed + 3, slope=2.3), u / 21.0, v / 21.0)
        height = height + coast.hills * np.clip(far + 0.75, 0, None) ** 1.5 * ease(140, 2600, inland)
    height = np.where(inland < 0, np.maximum(inland * 0.16, -30), height)
    if detail:
        lumps = look_up(cloud(coast.seed + 4, slope=1.6), u / 0.45, v / 0.45)
        height = height + coast.rough * 0.11 * lumps * ease(-2, 4, inland)
        tuft = look_up(cloud(coast.seed + 5, slope=0.9, finest=0.5), u / 0.5, v / 0.5)
        height = height + coast.shrub * 0.34 * np.clip(tuft - 0.3, 0, None) * ease(8, 14, inland)
        if coast.forest > 0:
            height = height + _canopy(coast, u, v) * ease(18, 60, inland)
    return height, inland


def wooded(coast: Coast, u: Raster, v: Raster) -> Raster:
    """Return 0 to 1, how surely a point lies under trees."""
    where = look_up(cloud(coast.seed + 6, slope=1.9), u / 2.4, v / 2.4)
    return ease(0.9 - 2.2 * coast.forest, 1.3 - 2.2 * coast.forest, where)


def _canopy(coast: Coast, u: Raster, v: Raster) -> Raster:
    crowns = look_up(cloud(coast.seed + 7, slope=0.6, finest=0.35), u / 0.9, v / 0.9)
    tall: Raster = wooded(coast, u, v) * np.clip(7.0 + 2.2 * crowns, 1, None)
    return tall


def ground_colour(  # noqa: PLR0917 -- the planes of one picture, each already known to its caller
    coast: Coast, u: Raster, v: Raster, height: Raster, inland: Raster, steep: Raster
) -> Raster:
    """Return the unlit colour of ground above water; `steep` is the tangent of the slope."""
    patch = look_up(cloud(coast.seed + 8, slope=1.8), u / 0.7, v / 0.7)
    speck = look_up(cloud(coast.seed + 9, slope=0.4, finest=0.6), u / 0.16, v / 0.16)
    tuft = look_up(cloud(coast.seed + 5, slope=0.9, finest=0.5), u / 0.5, v / 0.5)
    dry = ease(-1.2, 1.4, patch + 0.35 * speck)
    colour = blend(np.broadcast_to(raster(coast.grass), (*u.shape, 3)), coast.grass_dry, dry)
    colour = blend(colour, coast.bush, ease(0.25, 1.1, tuft + 0.25 * patch) * 0.85)
    colour = blend(colour, coast.flower, ease(1.7, 2.3, speck + 0.5 * patch - 0.4 * tuft) * 0.8)
    if coast.forest > 0:
        crown = look_up(cloud(coast.seed + 7, slope=0.6, finest=0.35), u / 0.9, v / 0.9)
        leaf = blend(np.broadcast_to(raster(coast.bush), colour.shape), coast.grass, ease(-0.6, 2.0, crown))
        colour = blend(colour, leaf, wooded(coast, u, v) * ease(18, 60, inland))
    if coast.terraces > 0:
        colour = _fields(coast, u, v, colour, inland)
    trodden = np.abs(inland - 24 - 3 * look_up(cloud(coast.seed, slope=2.5), u / 0.5, v / 0.5))
    colour = blend(
        colour, tuple(0.55 * raster(coast.sand) + 0.4 * raster(coast.rock)), ease(1.5, 0.7, trodden)
    )
    layer = height / 2.7 + 0.9 * look_up(cloud(coast.seed + 10, slope=2.0), u / 1.1, v / 1.1)
    bands = 0.5 + 0.5 * np.sin(layer * 2.4) * np.cos(layer * 0.83 + 1)
    cracks = look_up_nearest(cloud(coast.seed + 9, slope=0.4), (u + v) / 0.35, height / 1.4)
    stone = blend(
        np.broadcast_to(raster(coast.rock), colour.shape),
        coast.rock_dark,
        np.clip(bands + 0.16 * cracks, 0, 1),
    )
    stone = blend(stone, tuple(raster(coast.rock_dark) * 0.6), ease(2.6, 0.6, height) * 0.6)
    bare = np.maximum(ease(coast.bare, coast.bare * 1.8, steep + 0.12 * speck), ease(9, 4, inland))
    colour = blend(
        colour,
        stone,
        bare * ease(coast.cliff * 0.02, 2.0, height)
        if coast.beach < 0.5
        else ease(coast.bare * 1.2, coast.bare * 2, steep),
    )
    wet = ease(0.5, 1.4, height + 0.08 * speck)
    strand = blend(np.broadcast_to(raster(coast.sand) * 0.66, colour.shape), coast.sand, wet)
    sandy = ease(3.1, 2.3, height + 0.15 * speck) * ease(1.0, 0.4, steep)
    return blend(colour, strand, sandy if coast.beach > 0 else sandy * 0.4)


def _fields(coast: Coast, u: Raster, v: Raster, colour: Raster, inland: Raster) -> Raster:
    """Lay hedged fields over the land behind the cliffs."""
    warp = 12 * look_up(cloud(coast.seed + 8, slope=1.8), u / 6, v / 6)
    across, deep = (u * 0.94 + v * 0.34 + warp) / 130, (v * 0.94 - u * 0.34 + warp) / 90
    number = np.floor(across) * 17 + np.floor(deep) * 31
    tint = ((number * 0.6180339) % 1.0)[..., None]
    plot = raster((0.46, 0.56, 0.26)) * (1 - tint) + raster((0.78, 0.70, 0.40)) * tint
    hedge = np.minimum(np.abs(across % 1 - 0.5), np.abs(deep % 1 - 0.5) + 0.02)
    plot = blend(plot.astype(np.float32), coast.bush, ease(0.475, 0.49, 0.5 - np.abs(hedge - 0.0)) * 0.9)
    return blend(colour, plot, ease(60, 120, inland) * coast.terraces)
