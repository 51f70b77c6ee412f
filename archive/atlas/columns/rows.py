"""The rows of the column file: parallel arrays, one entry for each row of the index."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

NOWHERE: Final = -1
"""Key of a photo without a location; such rows stand first."""
NEVER: Final = -1
"""First and last day of a photo without a date."""
DAY_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows are, degrees and metres, as the index has them; NaN where it has nothing.

    `west`..`north` bound the circle of doubt (see `catalogue.index.bounds_of`).
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    radius_m: NDArray[np.float64]
    west: NDArray[np.float64]
    south: NDArray[np.float64]
    east: NDArray[np.float64]
    north: NDArray[np.float64]
    direction: NDArray[np.float64]
    width_deg: NDArray[np.float64]

    def at(self, positions: NDArray[np.intp] | slice) -> Places:
        return Places(*(getattr(self, field.name)[positions] for field in fields(self)))


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each number once, ascending: `np.unique` is slower for a few thousand that are nearly sorted."""
    ordered = np.sort(numbers, kind="stable")
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


class Lookup(Protocol):
    def positions(self, photos: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return where rows of these photos stand, ascending; photos that have none are passed over."""


@dataclass(frozen=True, slots=True)
class Dense:
    """For at most one row a photo: `at[photo]` is its position, -1 for none. No search at all."""

    at: NDArray[np.int32]

    def positions(self, photos: NDArray[np.int64]) -> NDArray[np.intp]:
        known = photos[(photos >= 0) & (photos < len(self.at))]
        found = self.at[known]
        return np.sort(found[found >= 0]).astype(np.intp)


@dataclass(frozen=True, slots=True)
class Ordered:
    """For any number of rows a photo: `order` sorts `photo`."""

    photo: NDArray[np.int64]
    order: NDArray[np.intp]

    def positions(self, photos: NDArray[np.int64]) -> NDArray[np.intp]:
        wanted = distinct(photos)
        first = np.searchsorted(self.photo, wanted, side="left", sorter=self.order)
        counts = np.searchsorted(self.photo, wanted, side="right", sorter=self.order) - first
        starts = np.repeat(first - (np.cumsum(counts) - counts), counts)
        return np.sort(self.order[starts + np.arange(len(starts))])


@dataclass(frozen=True, slots=True)
class Rows:
    """Sorted by `key`, then `photo`, then `part`.

    `key` is the Morton key or NOWHERE, `photo` the primary key, `profile` a number into the table of distinct
    facet combinations. Days count from 0001-01-01 = 0, NEVER without a date; `first_second` and `last_second`
    are the seconds of those days (0 without a date): two narrow columns answer most questions, the others
    only where a question is finer than a day. `reach` is the power-of-two class of the radius: 0 for none,
    else the least c with radius <= 2**(c-1) metres. `added` is seconds since 1970, `ref` the public id in
    ASCII. `lookup` finds the rows of photos.
    """

    key: NDArray[np.int64]
    photo: NDArray[np.int64]
    profile: NDArray[np.uint32]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    first_second: NDArray[np.int32]
    last_second: NDArray[np.int32]
    reach: NDArray[np.uint8]
    part: NDArray[np.uint16]
    parts: NDArray[np.uint16]
    added: NDArray[np.int64]
    ref: NDArray[np.bytes_]
    places: Places
    lookup: Lookup

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, slots=True)
class Profiles:
    """Distinct combinations of facets; NONE_ID where a photo states no licence or device."""

    collection: NDArray[np.int64]
    place_status: NDArray[np.uint8]
    time_status: NDArray[np.uint8]
    licence: NDArray[np.int64]
    device: NDArray[np.int64]


NONE_ID: Final = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of photos with at most one place (`single`) and of photos with several (`several`), for whom.

    `for_public` and `for_inside` say to which audience the rows belong; both where these are the same.
    `hidden` are sorted positions in `single` that the overlay replaces, `hidden_several` those in `several`.
    Pieces of one process with the same `number` have the same rows, so that what was computed from the rows
    can be kept; what they hide may differ.
    """

    number: int
    single: Rows
    several: Rows
    for_public: bool
    for_inside: bool
    hidden: NDArray[np.intp]
    hidden_several: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class View:
    """All rows as of one moment: pieces add up.

    `revision` tells moments apart, `public_revision` those that strangers could tell apart; neither says how
    many changes there were. The numbers of `profiles` are good for the pieces of this view alone.
    """

    pieces: tuple[Piece, ...]
    profiles: Profiles
    revision: str
    public_revision: str
