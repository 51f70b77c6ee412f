"""Seamless noise and the few array operations that every drawing needs."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]
"""Places and directions, where 32 bits would be too few."""

Raster = NDArray[np.floating[Any]]
"""A plane of floats, 32 bits where it is large; or colours: rows, columns, red-green-blue, 0 to 1."""


def raster(values: object) -> Raster:
    """Return numbers, however nested, as an array of 32-bit floats."""
    return np.asarray(values, np.float32)


@lru_cache(maxsize=160)
def cloud(seed: int, size: int = 512, slope: float = 2.0, finest: float = 1.0) -> Raster:
    """Return a square that tiles without a seam, mean 0, standard deviation 1.

    Its amplitude falls with frequency to the power of `slope` / 2 (spectral synthesis: random phases under a
    power law); `finest` below 1 removes that share of the highest frequencies.
    """
    rng = np.random.default_rng(seed)
    rows = np.fft.fftfreq(size)[:, None]
    columns = np.fft.rfftfreq(size)[None, :]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1.0
    amplitude = frequency ** (-slope / 2 - 0.5)
    amplitude[frequency > 0.5 * finest] = 0.0
    amplitude[0, 0] = 0.0
    waves = amplitude * np.exp(2j * np.pi * rng.random(amplitude.shape))
    plane = np.fft.irfft2(waves, s=(size, size))
    plane -= plane.mean()
    return raster(plane / plane.std())


def look_up(tile: Raster, x: Raster, y: Raster, *, eased: bool = True) -> Raster:
    """Sample a tile at fractional positions in its own cells, wrapping round, between its four neighbours.

    `eased` hides the cells of noise; without it straight lines stay straight (distances).
    """
    size = tile.shape[0]
    flat = tile.ravel()
    column, row = np.floor(x), np.floor(y)
    across, down = x - column, y - row
    if eased:
        across = across * across * (3 - 2 * across)
        down = down * down * (3 - 2 * down)
    left = column.astype(np.int32) & (size - 1)
    top = (row.astype(np.int32) & (size - 1)) * size
    right = (left + 1) & (size - 1)
    below = (top + size) & (size * size - 1)
    upper = flat[top + left] * (1 - across) + flat[top + right] * across
    lower = flat[below + left] * (1 - across) + flat[below + right] * across
    blended: Raster = upper * (1 - down) + lower * down
    return blended


def look_up_nearest(tile: Raster, x: Raster, y: Raster) -> Raster:
    """Sample a tile at the nearest cell: half the price, for texture too fine to show its cells."""
    size = tile.shape[0]
    at = (y.astype(np.int32) & (size - 1)) * size + (x.astype(np.int32) & (size - 1))
    return raster(tile.ravel()[at])


def ease(low: float, high: float, value: Raster) -> Raster:
    """Rise from 0 at `low` to 1 at `high` with level ends (the cubic smoothstep)."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    eased: Raster = t * t * (3.0 - 2.0 * t)
    return eased


def blend(under: Raster, over: Raster | tuple[float, ...], share: Raster | float) -> Raster:
    """Mix colours: `share` 0 keeps `under`, 1 gives `over`; a plane of shares serves all three channels."""
    if np.ndim(share) == under.ndim - 1:
        share = np.asarray(share)[..., None]
    mixed: Raster = under + (np.asarray(over, np.float32) - under) * share
    return mixed
