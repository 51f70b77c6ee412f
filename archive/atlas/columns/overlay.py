"""Rows of changed photos, held in memory beside the file; the file's own rows of these photos are hidden.

There are two layers, so that one edit costs hardly more after ten thousand than after ten: few recent photos,
which are laid out anew for each edit, over the many that changed before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.atlas.calendar import FIRST_SECOND
from archive.atlas.columns.audiences import Shares, shared
from archive.atlas.columns.profiles import Numbering
from archive.atlas.columns.raw import REF, UNDATED, Raw, no_rows
from archive.atlas.columns.rows import DAY_SECONDS, NEVER, Ordered, Piece, Places, Rows, distinct

PLACE_COLUMNS: Final = tuple(Places.__dataclass_fields__)
AUDIENCES: Final = {"both": (True, True), "public": (True, False), "inside": (False, True)}
"""Name of a share: whether it is for the public, whether for insiders."""

MOST_RECENT: Final = 500

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Layer:
    """`photos`, ascending, with all the rows they have now: none for those that are gone."""

    photos: NDArray[np.int64]
    rows: Raw
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, photos: NDArray[np.int64], rows: Raw, numbering: Numbering) -> Layer:
        return cls(photos, rows, tuple(pieces_of(rows, numbering)))

    def under(self, other: Layer, numbering: Numbering) -> Layer:
        """Return one layer in place of two: what the other says of a photo holds."""
        kept = self.rows[~np.isin(self.rows["photo"], other.photos)]
        return Layer.of(np.union1d(self.photos, other.photos), np.concatenate([kept, other.rows]), numbering)


@dataclass(frozen=True, slots=True)
class Overlay:
    settled: Layer
    recent: Layer

    @classmethod
    def empty(cls) -> Overlay:
        nothing = Layer(np.zeros(0, np.int64), no_rows(), ())
        return cls(nothing, nothing)

    def with_changed(self, photos: NDArray[np.int64], rows: Raw, numbering: Numbering) -> Overlay:
        """Return the overlay in which these are the rows of these photos (ascending)."""
        changed = Layer(photos, rows, ())
        if len(_union(self.recent.photos, photos)) <= MOST_RECENT:
            return Overlay(self.settled, self.recent.under(changed, numbering))
        settled = self.settled.under(self.recent.under(changed, numbering), numbering)
        return Overlay(settled, Overlay.empty().recent)

    def over(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Return these pieces, which hide nothing yet, with what lies over them."""
        seen = hiding(pieces, self.photos)
        return (*seen, *hiding(self.settled.pieces, self.recent.photos), *self.recent.pieces)

    @property
    def photos(self) -> NDArray[np.int64]:
        return _union(self.settled.photos, self.recent.photos)


def hiding(pieces: tuple[Piece, ...], photos: NDArray[np.int64]) -> list[Piece]:
    return [
        replace(
            piece,
            hidden=piece.single.lookup.positions(photos),
            hidden_several=piece.several.lookup.positions(photos),
        )
        for piece in pieces
    ]


def _union(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    return distinct(np.concatenate([some, others]))


def next_number() -> int:
    return next(_numbers)


def pieces_of(raw: Raw, numbering: Numbering) -> list[Piece]:
    """Return the rows of whole photos as pieces; shares that are empty have none."""
    return pieces_of_shares(shared(raw), numbering)


def pieces_of_shares(shares: Shares, numbering: Numbering) -> list[Piece]:
    return [
        piece_of(getattr(shares, name), numbering, for_public=for_public, for_inside=for_inside)
        for name, (for_public, for_inside) in AUDIENCES.items()
        if len(getattr(shares, name))
    ]


def piece_of(raw: Raw, numbering: Numbering, *, for_public: bool, for_inside: bool) -> Piece:
    """Return rows that all belong to the same audience or to both as a piece that hides nothing."""
    of_several = raw["parts"] > 1
    nothing = np.zeros(0, np.intp)
    return Piece(
        number=next_number(),
        single=sorted_rows(raw[~of_several], numbering),
        several=sorted_rows(raw[of_several], numbering),
        for_public=for_public,
        for_inside=for_inside,
        hidden=nothing,
        hidden_several=nothing,
    )


def sorted_rows(raw: Raw, numbering: Numbering) -> Rows:
    ordered = raw[np.lexsort((raw["part"], raw["photo"], raw["key"]))]
    columns = columns_of(ordered, numbering)
    places = Places(**{name: columns.pop(name) for name in PLACE_COLUMNS})
    photo = columns["photo"]
    lookup = Ordered(photo, np.argsort(photo, kind="stable"))
    return Rows(**columns, places=places, lookup=lookup)


def columns_of(raw: Raw, numbering: Numbering) -> dict[str, NDArray[Any]]:
    """Return every column of `Rows` and `Places` by name, in the order of the rows given."""
    first_day, first_second = _split(raw["earliest"])
    last_day, last_second = _split(raw["latest"])
    return {
        "key": raw["key"].copy(),
        "photo": raw["photo"].copy(),
        "profile": numbering.numbers(raw),
        "first_day": first_day,
        "last_day": last_day,
        "first_second": first_second,
        "last_second": last_second,
        "reach": reach_of(raw["radius_m"]),
        "part": raw["part"].copy(),
        "parts": raw["parts"].copy(),
        "added": raw["added"].copy(),
        "ref": raw["ref"].astype(REF),
        **{name: raw[name].copy() for name in PLACE_COLUMNS},
    }


def reach_of(radius_m: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the power-of-two class of radii: 0 for NaN, else the least c > 0 with radius <= 2**(c-1)."""
    known = ~np.isnan(radius_m)
    fraction, exponent = np.frexp(np.where(known, radius_m, 0.0))  # radius = fraction * 2**exponent
    least = np.clip(np.where(fraction == 0.5, exponent, exponent + 1), 1, 255)
    return np.where(known, least, 0).astype(np.uint8)


def _split(seconds: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Part civil seconds into days since 0001-01-01 and the second of that day."""
    dated = seconds != UNDATED
    since = np.where(dated, seconds - FIRST_SECOND, 0)
    days, rest = np.divmod(since, DAY_SECONDS)
    return np.where(dated, days, NEVER).astype(np.int32), rest.astype(np.int32)
