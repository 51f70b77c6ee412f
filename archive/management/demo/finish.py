"""From a drawing to a picture on paper: enlarging with a brush's edge, grain, and encoding."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from archive.management.demo.noise import Raster, cloud, raster


@lru_cache(maxsize=4)
def _brush(rows: int, columns: int, reach: float) -> NDArray[np.int32]:
    """Return, for each pixel, the flat index of the neighbour a ragged brush would have dragged there."""
    fine = cloud(701, 512, slope=0.9, finest=0.3)
    drift = cloud(702, 512, slope=0.9, finest=0.3)
    tall, wide = -(-rows // 512), -(-columns // 512)
    down = np.tile(fine, (tall, wide))[:rows, :columns] * reach
    across = np.tile(drift, (tall, wide))[:rows, :columns] * reach * 1.4
    y = np.clip(np.arange(rows)[:, None] + np.rint(down), 0, rows - 1)
    x = np.clip(np.arange(columns)[None, :] + np.rint(across), 0, columns - 1)
    index: NDArray[np.int32] = (y * columns + x).astype(np.int32)
    return index


@lru_cache(maxsize=4)
def _paper(rows: int, columns: int, strength: float) -> Image.Image:
    """Return the tooth of the paper about a middle grey of 128."""
    tooth = np.clip(128.5 + cloud(703, 1024, slope=0.7, finest=0.8) * strength, 0, 255).astype(np.uint8)
    tall, wide = -(-rows // 1024), -(-columns // 1024)
    plane = Image.fromarray(np.tile(tooth, (tall, wide))[:rows, :columns])
    return Image.merge("RGB", (plane, plane, plane))


def tone(colour: Raster) -> Raster:
    """Bend values as a print does: soft shoulder, warm lights, shadows that keep some blue."""
    bent = np.clip(colour, 0, 1.6)
    bent = bent * (1 + bent * 0.12) / (1 + bent * 0.30)
    bent = np.clip(bent * 1.14, 0, 1)
    bent = bent + 0.10 * bent * (1 - bent) * (2 * bent - 1)
    floor = np.array([0.050, 0.055, 0.075], np.float32)
    ceiling = np.array([0.985, 0.972, 0.94], np.float32)
    return raster(floor + bent * (ceiling - floor))


def enlarge(colour: Raster, size: tuple[int, int]) -> Image.Image:
    """Bring a drawing (rows × columns × 3, 0 to 1) to `size` (width, height) as 8-bit RGB."""
    small = Image.fromarray((tone(colour) * 255 + 0.5).astype(np.uint8))
    return small if small.size == size else small.resize(size, Image.Resampling.BICUBIC)


def print_on_paper(picture: Image.Image, *, reach: float = 1.0, strength: float = 3.2) -> Image.Image:
    """Give edges a brush's raggedness (`reach` pixels) and the whole a paper's grain (`strength` of 255)."""
    columns, rows = picture.size
    words = np.asarray(picture.convert("RGBA")).view(np.uint32).ravel()
    dragged = words[_brush(rows, columns, reach)]
    pulled = Image.frombuffer("RGBX", picture.size, dragged, "raw", "RGBX", 0, 1).convert("RGB")
    return ImageChops.add(pulled, _paper(rows, columns, strength), 1.0, -128)
