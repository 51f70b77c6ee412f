"""What the atlas answers, frozen. Every count is of photos, never of index rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Cells:
    """Pins, one list for each property, in the order of the grid (Morton).

    A pin stands for photos of one grid cell that are all certain, all only possible, or all parts of
    several. `latitudes`, `longitudes` (degrees) and `photos` (public ids) belong to one real photo of the
    cell. `counts` is how many photos are counted here: 0 for photos with several places, of which `parts`
    might be in this cell and which are counted apart. `depths` is the level, up to 26, of the smallest square
    of the quadtree that holds all members: at 26 they stand at one point and cannot be told apart by zooming.
    Doubt in metres, direction and width of view in degrees of lone photos only, else None.
    """

    latitudes: Sequence[float] = ()
    longitudes: Sequence[float] = ()
    photos: Sequence[str] = ()
    counts: Sequence[int] = ()
    parts: Sequence[int] = ()
    possible: Sequence[bool] = ()
    depths: Sequence[int] = ()
    radii_m: Sequence[float | None] = ()
    directions: Sequence[float | None] = ()
    widths_deg: Sequence[float | None] = ()

    def __len__(self) -> int:
        return len(self.counts)


@dataclass(frozen=True, slots=True)
class Cube:
    """Cells by bins of the timeline, for a Selection without its from and to: what brushing needs.

    Entry i says that `counts[i]` photos of `cells` number `cell[i]` lie between the bins `first[i]` and
    `last[i]` (numbers into `Bins.starts`): within one bin for certain when these are equal, else possibly in
    each of them. -1 and len(starts) stand for what lies beyond the bins. Photos without a date are in `cells`
    but in no entry. Cells of parts count distinct photos. Sorted by cell, first, last. `level` may be coarser
    than the answer's where there would be too many entries.
    """

    level: int
    cells: Cells
    cell: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    counts: Sequence[int]


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
    """total = sum(cells.counts) + several + edge + (unplaced when no area is asked).

    With an area `unplaced`, with a time `undated`, are those that match everything else. `might` is how many
    photos match only by their doubt, whether the Selection includes them or not. With `sees`, `within_reach`
    counts the photos that match everything else and may be near enough to the point to see it, and `directed`
    those among them that say which way they looked; None without. `public_revision` names the state of what
    strangers may see that was answered from; None where the engine knows none.
    """

    total: int
    several: int
    edge: int
    unplaced: int
    undated: int
    might: int
    placed: int
    level: int
    cells: Cells
    extent: Extent | None
    bins: Bins
    facets: dict[str, Facet] = field(default_factory=dict)
    cube: Cube | None = None
    within_reach: int | None = None
    directed: int | None = None
    public_revision: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Public ids beside a photo in the list; position counts from 1, None when the photo is not in it."""

    previous: str | None
    next: str | None
    position: int | None
    total: int
