"""The pass over the rows: block after block, which of them match, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.atlas.columns import stretches
from archive.atlas.columns.memory import BLOCK, FEW, WIDE_CLASSES
from archive.atlas.columns.sieve import nearly
from archive.values.selection import Sure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from archive.atlas.area import Area
    from archive.atlas.columns.memory import Memory
    from archive.atlas.columns.rows import Places, Rows
    from archive.atlas.columns.sieve import Sieve
    from archive.atlas.columns.stretches import Stretches
    from archive.atlas.columns.times import Window

    Mask = NDArray[np.bool_]
    Misses = NDArray[np.uint8]

SOON_JUDGED: Final = 65_536
NEAR_M: Final = 2.0 ** (WIDE_CLASSES[0][0] - 2)
"""Up to this radius rows are found by keys about the area; those of wider circles are listed apart."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: a stretch of positions, or positions one by one; all of them with a location, or none.

    `inner` says that their centres are known to be in the area.
    """

    rows: Rows
    where: slice | NDArray[np.intp]
    inner: bool = False
    placed: bool = True

    def __len__(self) -> int:
        return self.where.stop - self.where.start if isinstance(self.where, slice) else len(self.where)

    def column(self, column: NDArray[Any]) -> NDArray[Any]:
        return column[self.where]

    def positions(self, mask: Mask) -> NDArray[np.intp]:
        """Return the positions of the rows that a mask names."""
        return self.positions_of(np.flatnonzero(mask))

    def positions_of(self, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the positions of the rows of these numbers."""
        if isinstance(self.where, slice):
            start: int = self.where.start
            return numbers + start
        return self.where.take(numbers)

    def cut(self, numbers: NDArray[np.intp]) -> Block:
        """Return the rows of these numbers alone."""
        return Block(self.rows, self.positions_of(numbers), self.inner, self.placed)


@dataclass(frozen=True, slots=True)
class Asked:
    """A Selection as the scan reads it; facets and words are judged elsewhere."""

    areas: tuple[Area, ...]
    window: Window | None
    sure: Sure
    undated: bool
    unplaced: bool

    @property
    def is_sharp(self) -> bool:
        return not self.areas and self.window is None

    def anywhere(self) -> Asked:
        """The same without the area."""
        return replace(self, areas=())


@dataclass(frozen=True, slots=True)
class Standing:
    """How the rows of a block stand to the area; None where no area is asked for."""

    holds: Mask
    touches: Mask


@dataclass(frozen=True, slots=True)
class Judged:
    """Masks over the rows of a block.

    `counted` match but for facets (at most one refuses), `matched` in all; `untimed` match in all but time.
    `certain` and `possible` say how surely they match in all; `held` that the place is certain.
    """

    block: Block
    counted: Mask
    matched: Mask
    untimed: Mask
    certain: Mask
    possible: Mask
    held: Mask | None
    _numbers: list[tuple[Mask, NDArray[np.intp] | None]] = field(default_factory=list, compare=False)

    def numbers(self, mask: Mask) -> NDArray[np.intp] | None:
        """Return the numbers of the rows that one of the masks names, None for all; found once for each."""
        for known, numbers in self._numbers:
            if known is mask:
                return numbers
        found = None if mask.all() else np.flatnonzero(mask)
        self._numbers.append((mask, found))
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """Positions, ascending: `hidden` are passed over, and all but `heard` where words are asked for."""

    hidden: NDArray[np.intp]
    heard: NDArray[np.intp] | None


def blocks(memory: Memory, asked: Asked, limits: Limits) -> Iterator[Block]:
    """Yield the single rows that can match, blocks without a location apart from those with one."""
    if limits.heard is not None and len(limits.heard) * FEW < len(memory.single):
        yield from _of_positions(memory, asked, limits.heard)
    elif not asked.areas:
        yield from unplaced(memory)
        if not asked.unplaced:
            yield from _of_stretches(memory.single, [(memory.placed, len(memory.single))])
    else:
        yield from _of_areas(memory, asked.areas)


def unplaced(memory: Memory) -> Iterator[Block]:
    """Yield the rows without a location."""
    return _of_stretches(memory.single, [(0, memory.placed)], placed=False)


def alive(block: Block, sieve: Sieve, asked: Asked, limits: Limits) -> tuple[Mask, Misses | None]:
    """Return what passes all but area, time and one facet at most, and what facets say of each."""
    found = np.ones(len(block), np.bool_)
    if len(limits.hidden):
        found &= ~_among(block, limits.hidden)
    if limits.heard is not None:
        found &= _among(block, limits.heard)
    if asked.undated:
        found &= block.column(block.rows.first_day) < 0
    misses = None
    if not sieve.is_open:
        misses = sieve.misses.take(block.column(block.rows.profile))
        if sieve.is_of_rights:
            found &= misses == 0
            misses = None
        else:
            found &= nearly(misses)
    return found, misses


def cut_down(block: Block, living: Mask, misses: Misses | None) -> tuple[Block, Mask, Misses | None]:
    """Leave the living alone where they are few."""
    n = int(np.count_nonzero(living))
    if n * FEW >= len(block):
        return block, living, misses
    which = np.flatnonzero(living)
    return block.cut(which), np.ones(n, np.bool_), None if misses is None else misses.take(which)


def standing(block: Block, areas: tuple[Area, ...]) -> Standing | None:
    """Judge places against all areas; a point whose centre is inside needs no look."""
    if not areas:
        return None
    if not block.inner:
        places = block.rows.places.at(block.where)
        holds = _all_hold(areas, places)
        touches = holds.copy()  # what lies inside touches
        others = np.flatnonzero(~holds)
        touches[others] = _all_touch(areas, places.at(others))
        return Standing(holds, touches)
    holds = block.column(block.rows.reach) == 0
    doubtful = ~holds
    if doubtful.any():
        holds[doubtful] = _all_hold(areas, block.rows.places.at(block.positions(doubtful)))
    return Standing(holds, np.ones(len(block), np.bool_))


def judged(block: Block, living: Mask, misses: Misses | None, asked: Asked, stand: Standing | None) -> Judged:
    """Bring together what is known of a block's rows."""
    within, may = asked.window.judged(block) if asked.window else (None, None)
    held = stand.holds if stand else None
    here = living if stand is None else living & stand.holds
    there = living if stand is None else living & stand.touches
    certain = here if within is None else here & within
    possible = there if may is None else there & may
    counted, untimed = (certain, here) if asked.sure is Sure.CERTAINLY else (possible, there)
    if misses is None:
        return Judged(block, counted, counted, untimed, certain, possible, held)
    passes = misses == 0
    matched = counted & passes
    if asked.is_sharp:
        return Judged(block, counted, matched, matched, matched, matched, held)
    return Judged(block, counted, matched, untimed & passes, certain & passes, possible & passes, held)


def all_have_centre(areas: tuple[Area, ...], places: Places) -> Mask:
    found = ~np.isnan(places.latitude)
    for area in areas:
        found &= area.has_centre(places)
    return found


def _of_areas(memory: Memory, areas: tuple[Area, ...]) -> Iterator[Block]:
    """Yield rows within a kilometre of the area, and the wider circles that can reach it, band by band."""
    rows = memory.single
    found = _near(rows, areas, NEAR_M)
    # so few rows are judged one by one before the inside of the area is laid out
    inner = _inner(rows, areas) if stretches.size(found) > SOON_JUDGED else []
    if stretches.size(found) <= BLOCK:
        inside = stretches.common(found, inner)
        if inside:
            yield Block(rows, _where(inside), inner=True)
        outside = stretches.without(found, inner)
        if outside:
            yield Block(rows, _where(outside))
    else:
        yield from _of_stretches(rows, stretches.common(found, inner), inner=True)
        yield from _of_stretches(rows, stretches.without(found, inner))
    for band, (_, most) in enumerate(WIDE_CLASSES):
        wide = memory.wide(band)
        if len(wide):
            if most < 255:
                wide = wide[stretches.among(wide, _near(rows, areas, 2.0 ** (most - 1)))]
            wide = wide[~stretches.among(wide, found)]
            for at in range(0, len(wide), BLOCK):
                yield Block(rows, wide[at : at + BLOCK])


def _near(rows: Rows, areas: tuple[Area, ...], metres: float) -> Stretches:
    found: Stretches = [(0, len(rows))]
    for area in areas:
        found = stretches.common(found, stretches.of_keys(rows.key, area.key_ranges(metres)))
    return found


def _inner(rows: Rows, areas: tuple[Area, ...]) -> Stretches:
    found: Stretches = [(0, len(rows))]
    for area in areas:
        found = stretches.common(found, stretches.of_keys(rows.key, area.inner_ranges()))
    return found


def _where(found: Stretches) -> slice | NDArray[np.intp]:
    return slice(*found[0]) if len(found) == 1 else stretches.positions(found)


def _of_stretches(
    rows: Rows, found: Stretches, *, inner: bool = False, placed: bool = True
) -> Iterator[Block]:
    """Yield blocks of at most BLOCK rows; short stretches are put together."""
    short: Stretches = []
    for start, stop in found:
        if stop - start < BLOCK // 16:
            short.append((start, stop))
            if stretches.size(short) >= BLOCK // 2:
                yield Block(rows, _where(short), inner, placed)
                short = []
            continue
        for at in range(start, stop, BLOCK):
            yield Block(rows, slice(at, min(stop, at + BLOCK)), inner, placed)
    if short:
        yield Block(rows, _where(short), inner, placed)


def _of_positions(memory: Memory, asked: Asked, found: NDArray[np.intp]) -> Iterator[Block]:
    """Yield the same rows as `blocks`, of the positions given."""
    border = int(np.searchsorted(found, memory.placed))
    if not asked.areas:
        if border:
            yield Block(memory.single, found[:border], placed=False)
        if asked.unplaced:
            return
    for at in range(border, len(found), BLOCK):
        yield Block(memory.single, found[at : at + BLOCK])


def _among(block: Block, found: NDArray[np.intp]) -> Mask:
    """Say of each row whether its position is among some, ascending."""
    if isinstance(block.where, slice):
        mask = np.zeros(len(block), np.bool_)
        first, last = np.searchsorted(found, (block.where.start, block.where.stop))
        mask[found[first:last] - block.where.start] = True
        return mask
    if not len(found):
        return np.zeros(len(block), np.bool_)
    at = np.minimum(np.searchsorted(found, block.where), len(found) - 1)
    same: Mask = found[at] == block.where
    return same


def _all_hold(areas: tuple[Area, ...], places: Places) -> Mask:
    found = np.ones(len(places.latitude), np.bool_)
    for area in areas:
        found &= area.holds(places)
    return found


def _all_touch(areas: tuple[Area, ...], places: Places) -> Mask:
    found = np.ones(len(places.latitude), np.bool_)
    for area in areas:
        found &= area.touches(places)
    return found
