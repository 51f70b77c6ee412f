"""Two 64-bit hashes of a picture that stay alike when it is scaled, re-encoded or slightly brightened.

`perceptual`: signs, against their median, of the 64 lowest frequencies but the mean of a discrete cosine
transform of 32 x 32 grey pixels (after Zauner, Implementation and Benchmarking of Perceptual Image Hash
Functions, 2010). `confirming`: whether brightness rises from each of 9 x 8 grey pixels to the next in its
row. The two err on different pictures. Neither knows a picture again that was turned, mirrored or cropped by
more than about a twentieth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

EDGE: Final = 32
NEAR_BITS: Final = 10
CONFIRMED_BITS: Final = 12
LEAST_CONTRAST: Final = 2.0
"""Standard deviation, of 256 grey levels, below which a picture has nothing to know it by."""
_BITS: Final = 64
_ALL: Final = 0xFFFF_FFFF_FFFF_FFFF


def _cosines() -> NDArray[np.float64]:
    """Rows of the orthonormal DCT-II."""
    step = np.arange(EDGE)
    matrix = np.cos(np.pi * (2 * step[None, :] + 1) * step[:, None] / (2 * EDGE))
    matrix *= np.sqrt(2 / EDGE)
    matrix[0] /= np.sqrt(2)
    return matrix


_DCT: Final = _cosines()
_LOWEST: Final = sorted(
    ((row, column) for row in range(EDGE) for column in range(EDGE) if row + column),
    key=lambda at: (at[0] + at[1], at[0]),
)[:_BITS]
_ROWS: Final = np.array([row for row, _column in _LOWEST])
_COLUMNS: Final = np.array([column for _row, column in _LOWEST])


@dataclass(frozen=True, slots=True)
class Hashes:
    """Both as signed 64-bit integers, as databases keep them."""

    perceptual: int
    confirming: int


def hashes(picture: Image.Image) -> Hashes | None:
    """Return the hashes of an upright picture; None for one without features, which looks like any other."""
    grey = picture.convert("L")
    small = np.asarray(grey.resize((EDGE, EDGE), Image.Resampling.BOX), dtype=np.float64)
    if small.std() < LEAST_CONTRAST:
        return None
    waves = (_DCT @ small @ _DCT.T)[_ROWS, _COLUMNS]
    wide = np.asarray(grey.resize((9, 8), Image.Resampling.BOX), dtype=np.float64)
    return Hashes(
        _packed(waves > np.median(waves)),
        _packed((wide[:, 1:] > wide[:, :-1]).ravel()),
    )


def distance(one: int, other: int) -> int:
    """How many of 64 bits differ."""
    differing: int = (one ^ other) & _ALL
    return differing.bit_count()


def _packed(bits: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)
