"""Most photos look the same to everybody: their rows are stored once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.atlas.columns.raw import RAW, WORDS, Raw, no_rows
from archive.catalogue.models import Audience


@dataclass(frozen=True, slots=True)
class Shares:
    """Rows by whom they are for; `both` where all rows of a photo are equal for both audiences."""

    both: Raw
    public: Raw
    inside: Raw

    @classmethod
    def joined(cls, shares: list[Shares]) -> Shares:
        return cls(*(_joined([getattr(share, name) for share in shares]) for name in cls.__slots__))


def shared(raw: Raw) -> Shares:
    """Part the rows of whole photos: all rows of a photo are here or none."""
    ordered = raw[np.lexsort((raw["audience"], raw["part"], raw["photo"]))]
    twins = _twins(ordered)
    is_twin = np.zeros(len(ordered), bool)
    is_twin[twins] = is_twin[twins + 1] = True
    alone = np.unique(ordered["photo"][~is_twin])
    of_both = ~np.isin(ordered["photo"], alone)
    of_public = ordered["audience"] == Audience.PUBLIC
    return Shares(
        both=ordered[of_both & of_public],
        public=ordered[~of_both & of_public],
        inside=ordered[~of_both & ~of_public],
    )


def equal_singles(raw: Raw) -> tuple[Raw, Raw]:
    """Take out of any rows the photos of at most one place whose two rows are equal, and return the rest too.

    Both rows of a photo nearly always come together, so that a table can be read in chunks.
    """
    if not len(raw):
        return raw, raw
    photos = raw["photo"]
    # rows come as they were written, the two audiences beside each other: sorting is rarely needed
    ordered = raw if _beside(photos) else raw[np.lexsort((raw["audience"], photos))]
    twins = _twins(ordered)
    twins = twins[ordered["parts"][twins] <= 1]
    rest = np.ones(len(ordered), bool)
    rest[twins] = rest[twins + 1] = False
    return ordered[twins], ordered[rest]


def _beside(photos: NDArray[np.int64]) -> bool:
    return bool((photos[1:] >= photos[:-1]).all())


def _twins(ordered: Raw) -> NDArray[np.intp]:
    """Return positions whose row differs from the next one in nothing but the audience, public first.

    Bits are compared, so that NaN equals NaN.
    """
    if len(ordered) < 2:
        return np.zeros(0, np.intp)
    audience = ordered["audience"]
    maybe = np.flatnonzero(
        (audience[:-1] == Audience.PUBLIC)
        & (audience[1:] == Audience.INSIDE)
        & (ordered["photo"][:-1] == ordered["photo"][1:])
        & (ordered["part"][:-1] == ordered["part"][1:])
    )
    first, second = ordered[maybe], ordered[maybe + 1]
    second["audience"] = Audience.PUBLIC
    same: NDArray[np.bool_] = (_words(first) == _words(second)).all(axis=1)
    return maybe[same]


def _words(raw: Raw) -> NDArray[np.int64]:
    return np.ascontiguousarray(raw).view(np.int64).reshape(len(raw), WORDS)


def _joined(found: list[Raw]) -> Raw:
    filled = [rows for rows in found if len(rows)]
    return np.concatenate(filled) if filled else no_rows()


assert RAW.itemsize % 8 == 0
