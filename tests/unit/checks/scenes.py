"""Pictures with the large shapes of photographs, drawn from a number."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image


def a_scene(seed: int = 3, size: tuple[int, int] = (480, 360)) -> Image.Image:
    rough = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC)


def as_jpeg(picture: Image.Image, quality: int = 90, **more) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()
