"""What the pass adds up: counts, cells, dates and facets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archive.atlas.cells import CERTAIN, POSSIBLE
from archive.atlas.columns.cubing import cube_of
from archive.atlas.columns.dating import Dates
from archive.atlas.columns.gridding import Grid
from archive.atlas.columns.scanning import all_have_centre
from archive.atlas.columns.tallying import Tallies
from archive.values.selection import Sure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.answers import Cells, Cube
    from archive.atlas.columns.binning import Axis
    from archive.atlas.columns.gridding import Groups
    from archive.atlas.columns.memory import Memory
    from archive.atlas.columns.rows import Profiles
    from archive.atlas.columns.scanning import Asked, Judged
    from archive.atlas.columns.surveying import Part

    Mask = NDArray[np.bool_]


class Gathering:
    """Sums over all pieces. `certain` and `possible` count photos that match so, `total` what was asked for.

    The brush moves over the Selection without its time, so that a cube wants cells of its own where there is
    one: `untimed`.
    """

    def __init__(self, asked: Asked, level: int, profiles: Profiles, *, cube: bool) -> None:
        self.asked = asked
        self.total = self.several = self.edge = self.unplaced = self.certain = self.possible = 0
        self.grid = Grid(level)
        self.untimed = Grid(level) if cube and asked.window else None
        self.dates: list[Dates] = []
        self.tallies = Tallies(profiles)
        self._profiles = len(profiles.collection)

    def take(self, part: Part) -> None:
        """Add all photos of a part."""
        self._take_singles(part)
        self._take_several(part)
        if self.asked.areas:
            for found in part.unplaced():
                self.unplaced += int(np.count_nonzero(found.matched))

    def cube(self, axis: Axis | None, groups: Groups, cells: Cells) -> Cube:
        """Return the cube; its cells are the answer's own where no time is asked for."""
        if self.untimed is None:
            return cube_of(self.grid, groups, cells, axis)
        return cube_of(self.untimed, self.untimed.groups(), None, axis)

    def _take_singles(self, part: Part) -> None:
        rows = part.piece.single
        source = self.grid.source(rows)
        if self.untimed:
            self.untimed.source(rows)
        dates = Dates()
        self.dates.append(dates)
        counts = np.zeros(self._profiles, np.int64)
        for found in part.single():
            n = self._count(found)
            counts += self._by_profile(found)
            dates.add(found.block, found.untimed, found.numbers(found.untimed))
            if not found.block.placed:
                self.unplaced += n
                continue
            if n:
                self.edge += self._draw(self.grid, source, found, found.matched, part.memory)
            if self.untimed:
                self._draw(self.untimed, source, found, found.untimed, part.memory, timed=False)
        self.tallies.add(counts, part.sieve)

    def _take_several(self, part: Part) -> None:
        found = part.several()
        if found is None:
            return
        rows = part.piece.several
        self.several += self._count(found)
        self.tallies.add(self._by_profile(found), part.sieve)
        dates = Dates()
        dates.add(found.block, found.untimed, found.numbers(found.untimed))
        self.dates.append(dates)
        self.grid.add_parts(self.grid.source(rows), part.drawn(found.matched))
        if self.untimed:
            self.untimed.add_parts(self.untimed.source(rows), part.drawn(found.untimed))

    def _count(self, found: Judged) -> int:
        n = int(np.count_nonzero(found.matched))
        self.total += n
        if not self.asked.is_sharp:
            self.certain += int(np.count_nonzero(found.certain))
            self.possible += int(np.count_nonzero(found.possible))
        return n

    def _by_profile(self, found: Judged) -> NDArray[np.int64]:
        profile = found.block.column(found.block.rows.profile)
        numbers = found.numbers(found.counted)
        if numbers is not None:
            profile = profile.take(numbers)
        return np.bincount(profile, minlength=self._profiles)

    def _draw(
        self, grid: Grid, source: int, found: Judged, wanted: Mask, memory: Memory, *, timed: bool = True
    ) -> int:
        """Add to a grid what has its centre in the area; return how many of the wanted have not."""
        centred = self._centred(found, wanted)
        if self.asked.sure is Sure.CERTAINLY or self.asked.is_sharp:
            grid.add(source, CERTAIN, _positions(found, centred), memory)
        else:
            sure = found.certain if timed else found.held
            sure = centred if sure is None else centred & sure
            grid.add(source, CERTAIN, _positions(found, sure), memory)
            grid.add(source, POSSIBLE, _positions(found, centred & ~sure), memory)
        return int(np.count_nonzero(wanted)) - int(np.count_nonzero(centred)) if self.asked.areas else 0

    def _centred(self, found: Judged, wanted: Mask) -> Mask:
        """A place held for certain has its centre inside."""
        if found.held is None or found.block.inner:
            return wanted
        doubtful = wanted & ~found.held
        if not doubtful.any():
            return wanted
        block = found.block
        centred = wanted.copy()
        centred[doubtful] = all_have_centre(self.asked.areas, block.rows.places.at(block.positions(doubtful)))
        return centred


def _positions(found: Judged, mask: Mask) -> NDArray[np.intp] | slice:
    numbers = found.numbers(mask)
    if numbers is None:
        return found.block.where
    return found.block.positions_of(numbers)
