"""What checks look at in pixels. Runs in a quarantine child, by name: it decodes what others made.

run_on_pixels("archive.checks.pixels:fingerprint", path)
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image

from archive.checks.perceptual import Hashes, distance, hashes
from archive.metadata.thumbnail import embedded_thumbnail
from archive.vault.errors import Undecodable
from archive.vault.pictures import TURNS

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS: Final = 4_000_000
BLACK: Final = 24
"""Grey level up to which a whole row or column counts as a black bar."""
ROTATIONS: Final = tuple(TURNS[orientation] for orientation in (3, 6, 8))
_WIDEST_BARS: Final = 0.3  # of a side, on both ends together


def fingerprint(path: str) -> dict[str, int] | None:
    """Return both hashes of a small upright copy; None for a picture without features."""
    found = hashes(_opened(path))
    return None if found is None else {"perceptual": found.perceptual, "confirming": found.confirming}


def thumbnail_against_picture(original: str, copy: str, *, orientation: int | None) -> dict[str, Any]:
    """Compare the thumbnail embedded in an original with a small upright copy of its picture.

    Returns {"case": "none" | "featureless" | "compared"}; compared ones with "bits" that differ at least,
    "size", and "turned" where that needed another orientation than the picture's.
    """
    stored = embedded_thumbnail(Path(original))
    if stored is None:
        return {"case": "none"}
    thumbnail = _opened(io.BytesIO(stored))
    picture = _opened(copy)
    size = list(thumbnail.size)
    tried = [
        (distance(one.perceptual, other.perceptual), turned)
        for turned, upright in _upright(thumbnail, orientation)
        for one, other in _pairs(upright, picture)
    ]
    if not tried:
        return {"case": "featureless", "size": size}
    bits, turned = min(tried)
    return {"case": "compared", "bits": bits, "turned": turned, "size": size}


def _upright(thumbnail: Image.Image, orientation: int | None) -> Iterator[tuple[bool, Image.Image]]:
    """The thumbnail as its picture is turned, then as other programs may have left it."""
    own = TURNS.get(orientation or 1)
    for turn in (own, *(turn for turn in (None, *ROTATIONS) if turn is not own)):
        yield turn is not own, thumbnail if turn is None else thumbnail.transpose(turn)


def _pairs(thumbnail: Image.Image, picture: Image.Image) -> Iterator[tuple[Hashes, Hashes]]:
    """Hashes to compare: the whole of both, without black bars, and the picture cut to the same shape."""
    bare = without_bars(thumbnail)
    for small in (thumbnail,) if bare.size == thumbnail.size else (thumbnail, bare):
        for large in (picture, _cut_to(picture, small.width / small.height)):
            one, other = hashes(small), hashes(large)
            if one is not None and other is not None:
                yield one, other


def without_bars(picture: Image.Image) -> Image.Image:
    """Cut off black rows above and below and black columns at the sides, unless too much would go."""
    grey = np.asarray(picture.convert("L"))
    box = [0, 0, picture.width, picture.height]
    for axis, side in ((0, picture.width), (1, picture.height)):
        lit = np.flatnonzero(np.percentile(grey, 95, axis=axis) > BLACK)
        if lit.size and side - (lit[-1] - lit[0] + 1) <= _WIDEST_BARS * side:
            box[axis], box[axis + 2] = int(lit[0]), int(lit[-1]) + 1
    return picture.crop((box[0], box[1], box[2], box[3]))


def _cut_to(picture: Image.Image, shape: float) -> Image.Image:
    """The middle of a picture in another proportion of width to height."""
    width = min(picture.width, max(1, round(picture.height * shape)))
    height = min(picture.height, max(1, round(picture.width / shape)))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _opened(source: str | io.BytesIO) -> Image.Image:
    try:
        picture = Image.open(source, formats=["JPEG"])
        if picture.width * picture.height > MOST_PIXELS:
            raise Undecodable(f"a small picture of {picture.width} x {picture.height} pixels is none")
        return picture.convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
        raise Undecodable(f"it breaks off or is damaged ({error})") from error
