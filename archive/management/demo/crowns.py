"""Trees seen from the air: a few crowns painted for the view, then stamped at any size."""

import math

import numpy as np
from PIL import Image

from archive.management.demo.finish import tone
from archive.management.demo.lens import Lens
from archive.management.demo.noise import cloud, ease, raster
from archive.management.demo.sky import Light
from archive.management.demo.sun import Sun

_TREE = ((0.24, 0.36, 0.17), (0.31, 0.42, 0.19), (0.19, 0.30, 0.17), (0.42, 0.44, 0.20))


def crowns_for(lens: Lens, sun: Sun, light: Light, muted: float) -> list[Image.Image]:
    """Paint a few tree crowns for this view and light, to be stamped at any size."""
    size = 112
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / (size / 2) - 1 + 1 / size
    azimuth, altitude = math.radians(sun.azimuth), math.radians(max(sun.altitude, 2))
    toward = np.array(
        [math.sin(azimuth) * math.cos(altitude), math.cos(azimuth) * math.cos(altitude), math.sin(altitude)]
    )
    side, rise, near = (float(toward @ axis) for axis in (lens.right, lens.up, -lens.ahead))
    crowns = []
    for number in range(12):
        leaves = cloud(820 + number, 128, slope=1.2, finest=0.5)[:size, :size]
        lump = cloud(840 + number, 128, slope=2.2, finest=0.3)[:size, :size]
        from_middle = np.hypot(x, y)
        alpha = ease(0.98, 0.88, from_middle + 0.10 * lump + 0.06 * leaves)
        dome = np.sqrt(np.clip(1 - from_middle**2, 0.02, 1))
        shine = (
            (x + 0.30 * np.roll(leaves, 2, 1) - 0.30 * leaves) * side
            - (y + 0.3 * np.roll(leaves, 2, 0) - 0.3 * leaves) * rise
            + dome * near
        )
        own = raster(_TREE[number % 4])
        own = own + (own.mean() - own) * muted
        lit = (
            own
            * (1 + 0.16 * leaves)[..., None]
            * (light.ambient * 0.8 + light.direct * np.clip(shine * 0.95 + 0.12, 0, 1.15)[..., None])
        )
        pixels = np.concatenate([np.clip(tone(lit), 0, 1), alpha[..., None]], axis=-1)
        crowns.append(Image.fromarray((pixels * 255).astype(np.uint8), "RGBA"))
    return crowns


def stamp_tree(
    picture: Image.Image,
    lens: Lens,
    tree: tuple[float, ...],
    crowns: list[Image.Image],
    veil: tuple[int, ...],
) -> None:
    """Stamp a crown; `tree` is its distance, the columns of `Country.trees` and its pixel."""
    deep, x, y, radius, height, kind, column, row = tree
    scale = lens.focal / deep
    upright = math.cos(math.radians(lens.pose.pitch))
    wide = max(2, round(radius * scale * 2.1))
    high = max(2, round((radius * (1 - upright) + height * 0.55 * upright) * scale * 2.1))
    crown = crowns[(int(x * 7 + y * 13) % 3) * 4 + int(kind)].resize((wide, high), Image.Resampling.BILINEAR)
    at = (round(column - wide / 2), round(row - high / 2))
    picture.paste(crown, at, crown)
    if veil[3] > 12:
        picture.paste(
            veil[:3], (*at, at[0] + wide, at[1] + high), crown.getchannel("A").point(_VEILS[veil[3]])
        )


_VEILS = [[value * air // 255 for value in range(256)] for air in range(256)]
