"""What the atlas answers, frozen. Every count is of photos, never of index rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """One pin: photos of one grid cell that are all certain, all only possible, or all parts of several.

    `latitude`, `longitude` and `photo` belong to one real photo of the cell; `west`..`north` bound the
    centres of its members. `n` is how many photos are counted here: 0 for photos with several places, of
    which `parts` might be in this cell and which are counted apart. Doubt and direction of a lone one only.
    """

    latitude: float
    longitude: float
    photo: str
    n: int
    parts: int
    possible: bool
    west: float
    south: float
    east: float
    north: float
    radius_m: float | None = None
    direction: float | None = None
    width_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Bins:
    """The timeline without its own from and to: contiguous bins of one unit, local civil time.

    `certain` photos lie within a bin; `possible` may fall into it and are counted once, in `spanning`.
    total = sum(certain) + spanning + undated + outside; `outside` lie beyond the span that was asked for.
    """

    unit: str = "year"
    starts: tuple[datetime, ...] = ()
    certain: tuple[int, ...] = ()
    possible: tuple[int, ...] = ()
    spanning: int = 0
    undated: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        return sum(self.certain) + self.spanning + self.undated + self.outside


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values, counted without the facet's own filter; `rest` photos have other values."""

    values: tuple[FacetValue, ...] = ()
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Extent:
    """Degrees; `west > east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Answer:
    """total = sum(cell.n) + several + edge + (unplaced when no area is asked).

    With an area `unplaced`, with a time `undated`, are those that match everything else. `might` is how many
    photos match only by their doubt, whether the Selection includes them or not.
    """

    total: int
    several: int
    edge: int
    unplaced: int
    undated: int
    might: int
    placed: int
    level: int
    cells: tuple[Cell, ...]
    extent: Extent | None
    bins: Bins
    facets: dict[str, Facet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Public ids beside a photo in the list; position counts from 1, None when the photo is not in it."""

    previous: str | None
    next: str | None
    position: int | None
    total: int
