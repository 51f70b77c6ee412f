"""Cells, boxes and cubes over random arrays, against counting one by one."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from archive.atlas.cells import CERTAIN, MOST_CELLS, PART, POSSIBLE, depth_of
from archive.atlas.cells import extent_of as extent_of_bounds
from archive.atlas.columns import cubing, stretches
from archive.atlas.columns.binning import Axis
from archive.atlas.columns.cubing import cube_of
from archive.atlas.columns.extents import extent_of
from archive.atlas.columns.gridding import Grid, depths_of
from archive.atlas.columns.memory import Memory
from archive.atlas.columns.pinning import cells_of
from archive.atlas.timeline import Span
from archive.values.morton import cell_of
from tests.unit.atlas_columns_rows import random_rows, seconds

LEVELS = (0, 1, 4, 7, 13, 26)


def gathered(random, level):
    """A grid of single rows in batches, as stretches and as positions, and of several; and its members."""
    single, several = random_rows(random, 400), random_rows(random, 60, several=True)
    memory = Memory(single, several)
    grid, members = Grid(level), []
    source = grid.source(single)
    at = memory.placed
    while at < len(single):
        stop = min(len(single), at + int(random.integers(1, 150)))
        chosen = np.flatnonzero(random.random(stop - at) < random.choice([0.1, 0.7])) + at
        kind = int(random.choice([CERTAIN, POSSIBLE]))
        positions = slice(at, stop) if random.random() < 0.3 else chosen
        grid.add(source, kind, positions, memory if random.random() < 0.7 else None)
        members += [(single, kind, position) for position in np.arange(len(single))[positions].tolist()]
        at = stop
    positions = np.flatnonzero(random.random(len(several)) < 0.5)
    grid.add_parts(grid.source(several), positions)
    members += [(several, PART, position) for position in positions.tolist()]
    return grid, members


def by_cell(members, level):
    found = defaultdict(list)
    for rows, kind, position in members:
        found[cell_of(int(rows.key[position]), level), kind].append((rows, position))
    return dict(sorted(found.items()))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("level", LEVELS)
def test_groups_are_those_that_counting_one_by_one_finds(seed, level):
    grid, members = gathered(np.random.default_rng(seed), level)
    groups = grid.groups()
    expected = by_cell(members, level)
    assert grid.level == level
    assert list(zip((groups.codes(level) // 3).tolist(), groups.kind.tolist(), strict=True)) == list(expected)
    assert groups.n.tolist() == [len(found) for found in expected.values()]
    assert groups.photos.tolist() == [
        len({int(rows.photo[at]) for rows, at in found}) for found in expected.values()
    ]
    pins = cells_of(grid, groups)
    for number, found in enumerate(expected.values()):
        keys = [int(rows.key[at]) for rows, at in found]
        assert pins.depths[number] == depth_of(min(keys), max(keys))
        places = {
            (rows.ref[at].decode(), rows.places.latitude[at], rows.places.longitude[at]) for rows, at in found
        }
        assert (pins.photos[number], pins.latitudes[number], pins.longitudes[number]) in places


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("level", LEVELS)
def test_the_box_round_all_is_the_one_all_coordinates_give(seed, level):
    grid, members = gathered(np.random.default_rng(seed), level)
    bounds = []
    for found in by_cell(members, level).values():
        longitudes = [float(rows.places.longitude[at]) for rows, at in found]
        latitudes = [float(rows.places.latitude[at]) for rows, at in found]
        bounds.append((min(longitudes), min(latitudes), max(longitudes), max(latitudes)))
    grid.groups()
    assert extent_of(grid, level) == extent_of_bounds(bounds)


def test_too_many_cells_are_merged_to_the_finest_level_that_has_few_enough():
    random = np.random.default_rng(1)
    rows = random_rows(random, 6000)
    memory = Memory(rows, random_rows(random, 0))
    grid = Grid(26)
    source = grid.source(rows)
    for at in range(memory.placed, len(rows), 2500):
        grid.add(source, CERTAIN, slice(at, min(len(rows), at + 2500)), memory)
    groups = grid.groups()
    placed = rows.key[memory.placed :]
    counts = {level: len(np.unique(placed >> 2 * (26 - level))) for level in range(27)}
    assert counts[26] > MOST_CELLS
    assert grid.level == max(level for level, count in counts.items() if count <= MOST_CELLS)
    assert len(groups) == counts[grid.level]
    assert groups.n.sum() == len(placed)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [40_000, 60])
def test_a_cube_counts_each_dated_photo_by_cell_and_bins(seed, most, monkeypatch):
    monkeypatch.setattr(cubing, "MOST_ENTRIES", most)
    random = np.random.default_rng(seed)
    grid, members = gathered(random, 5)
    groups = grid.groups()
    begin = int(random.integers(-3 * 10**9, 10**9))
    axis = Axis.over(Span(begin, begin + int(random.choice([3000, 10**6, 10**8, 10**9]))))
    shown = cells_of(grid, groups)
    cube = cube_of(grid, groups, shown, axis)

    def bin_of(second):
        return min(max(axis.unit.slot(second) - axis.begin, -1), axis.length)

    numbers = {cell: at for at, cell in enumerate(by_cell(members, cube.level))}
    expected = Counter()
    seen = set()
    for rows, kind, at in members:
        if rows.first_day[at] < 0:
            continue
        first, last = (bin_of(second) for second in seconds(rows, at))
        entry = numbers[cell_of(int(rows.key[at]), cube.level), kind], first, last
        if kind == PART and (entry, int(rows.photo[at])) in seen:
            continue
        seen.add((entry, int(rows.photo[at])))
        expected[entry] += 1
    found = list(zip(cube.cell, cube.first, cube.last, strict=True))
    assert found == sorted(found)
    assert dict(zip(found, cube.counts, strict=True)) == expected
    assert len(found) <= most or cube.level == 0
    assert (cube.cells is shown) == (cube.level == grid.level)
    assert len(cube.cells) == len(numbers)


def test_the_depth_of_two_keys_is_that_of_whole_numbers():
    random = np.random.default_rng(3)
    low = random.integers(0, 1 << 52, 500)
    high = low ^ (random.integers(0, 1 << 52, 500) >> random.integers(0, 53, 500))
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    assert depths_of(low, high).tolist() == [depth_of(*pair) for pair in pairs]


def test_stretches_meet_and_part_as_sets_do():
    random = np.random.default_rng(4)
    for _ in range(200):
        one, other = _stretches(random), _stretches(random)
        sets = [set(stretches.positions(found).tolist()) for found in (one, other)]
        assert set(stretches.positions(stretches.common(one, other)).tolist()) == sets[0] & sets[1]
        assert set(stretches.positions(stretches.without(one, other)).tolist()) == sets[0] - sets[1]
        assert stretches.among(np.arange(45), one).tolist() == [at in sets[0] for at in range(45)]
        assert stretches.size(one) == len(sets[0])


def _stretches(random):
    edges = np.unique(random.integers(0, 40, int(random.integers(0, 9)))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=False))
