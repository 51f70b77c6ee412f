"""For every archive, Selection, viewer and zoom: the parts add up, and a naive count agrees."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.access.rights import Scope
from archive.atlas.answers import Cells
from archive.atlas.cells import MOST_CELLS, level_for
from archive.atlas.engine import answer
from archive.atlas.listing import neighbours, page
from archive.atlas.timeline import Span
from archive.values.morton import cell_of, key_of
from archive.values.selection import Selection
from archive.values.settled import STATUS_CODES, Status
from tests.db.atlas import naive
from tests.db.atlas.worlds import chosen, seen_by, selections, viewers, worlds

pytestmark = pytest.mark.django_db

thorough = settings(
    max_examples=int(os.environ.get("WHENCE_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
zooms = st.integers(0, 22)
moments = st.one_of(
    st.integers(0, 10**9),
    st.integers(1_560_000_000, 1_560_000_100),
    st.integers(naive.OPEN_FIRST, naive.OPEN_LAST),
)
stretches = st.one_of(
    st.none(), st.tuples(moments, moments).map(lambda ends: (min(ends), max(ends))), st.just((0, 90))
)


def interleaved(cell: tuple[int, ...]) -> int:
    """A key of our own: naive cells are columns and rows."""
    column, row = cell
    return sum(((column >> bit & 1) << 2 * bit) | ((row >> bit & 1) << 2 * bit + 1) for bit in range(26))


def paged(scope: Scope, selection: Selection, limit: int) -> list[str]:
    refs: list[str] = []
    after: str | None = ""
    while after is not None:
        part = page(scope, selection, after=after, limit=limit)
        assert len(part.photos) <= limit
        refs += [card.id for card in part.photos]
        after = part.next
    return refs


def pins_of(cells: Cells, level: int) -> dict[tuple[int, str], int]:
    """Photos by cell and kind."""
    numbers = [
        cell_of(key_of(latitude, longitude), level)
        for latitude, longitude in zip(cells.latitudes, cells.longitudes, strict=True)
    ]
    kinds = [
        "part" if n == 0 else "possible" if possible else "certain"
        for n, possible in zip(cells.counts, cells.possible, strict=True)
    ]
    pins = list(zip(numbers, kinds, strict=True))
    assert len(set(pins)) == len(pins)
    return dict(
        zip(pins, (n or parts for n, parts in zip(cells.counts, cells.parts, strict=True)), strict=True)
    )


def known(pin: naive.Pin) -> tuple[int, str]:
    return interleaved(pin[0]), pin[1]


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_every_count_is_the_one_a_naive_reading_of_the_rules_gives(archive, world, asked, viewer, zoom):
    archive.fill(world)
    query, wanted = asked
    pics = seen_by(world, *viewer)
    found = answer(archive.scope(*viewer), chosen(query), zoom=zoom)
    expected = naive.answer(pics, wanted)
    assert {name: getattr(found, name) for name in expected} == expected
    assert (found.within_reach, found.directed) == naive.within_reach(pics, wanted)
    placed = sum(found.cells.counts) + found.several + found.edge
    assert placed == found.placed
    assert placed + (0 if wanted.areas else found.unplaced) == found.total


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_pins_stand_where_the_naive_count_has_them_on_photos_that_match(archive, world, asked, viewer, zoom):
    archive.fill(world)
    query, wanted = asked
    found = answer(archive.scope(*viewer), chosen(query), zoom=zoom)
    assert found.level == level_for(zoom)
    assert len(found.cells) <= MOST_CELLS
    drawn = naive.drawn(seen_by(world, *viewer), wanted, found.level)
    expected = {known(pin): members for pin, members in drawn.items()}
    assert pins_of(found.cells, found.level) == {
        pin: naive.counted(members) for pin, members in expected.items()
    }
    cells = found.cells
    for at, pin in enumerate(pins_of(cells, found.level)):
        members = expected[pin]
        assert cells.depths[at] == naive.depth(members)
        stands = (cells.photos[at], cells.latitudes[at], cells.longitudes[at])
        at_sample = [(pic, spot) for pic, spot in members if (pic.ref, spot.lat, spot.lon) == stands]
        assert at_sample
        lone = (cells.radii_m[at], cells.directions[at], cells.widths_deg[at])
        if len(members) > 1:
            assert lone == (None, None, None)
        else:
            (pic, spot) = members[0]
            assert lone == (spot.radius, pic.look.direction, pic.look.width)
    spots = [spot for members in drawn.values() for _, spot in members]
    box = found.extent
    assert (box is None) == (not spots)
    if box is not None:
        assert (box.south, box.north) == (min(spot.lat for spot in spots), max(spot.lat for spot in spots))
        assert {box.west, box.east} <= {spot.lon for spot in spots}
        around = naive.Areas(boxes=((box.west, box.south, box.east, box.north),))
        assert all(around.have_centre(spot) for spot in spots)


@thorough
@given(worlds(), selections(), st.tuples(viewers, zooms, stretches), st.data())
def test_the_cube_tells_what_any_stretch_of_bins_would_answer(archive, world, asked, looked, data):
    archive.fill(world)
    query, wanted = asked
    viewer, zoom, stretch = looked
    pics, selection, scope = seen_by(world, *viewer), chosen(query), archive.scope(*viewer)
    span = Span(*stretch) if stretch else None
    found = answer(scope, selection, zoom=zoom, span=span, cube=True)
    cube, starts = found.cube, found.bins.starts
    assert cube is not None
    pins = list(pins_of(cube.cells, cube.level))
    entries = Counter(
        {
            (pins[cell], first, last): n
            for cell, first, last, n in zip(cube.cell, cube.first, cube.last, cube.counts, strict=True)
        }
    )
    assert len(entries) == len(cube.cell)
    timeless = naive.drawn(pics, replace(wanted, first=None, last=None), cube.level)
    assert pins_of(cube.cells, cube.level) == {
        known(pin): naive.counted(members) for pin, members in timeless.items()
    }
    if not starts:
        assert not entries
        return
    expected = naive.cube(pics, wanted, cube.level, found.bins.unit, starts)
    assert entries == Counter({(known(pin), first, last): n for (pin, first, last), n in expected.items()})
    if wanted.undated:
        return
    first = data.draw(st.integers(0, len(starts) - 1))
    last = data.draw(st.integers(first, len(starts) - 1))
    end = naive.before_slot(found.bins.unit, starts, last)
    brushed = selection.plus(from_=starts[first].isoformat(), to=end.isoformat())
    there = answer(scope, brushed, zoom=max(0, cube.level - 2)).cells
    surely: Counter[tuple[int, str]] = Counter()
    perhaps: Counter[tuple[int, str]] = Counter()
    for (pin, begins, ends), n in entries.items():
        if begins >= first and ends <= last:
            surely[pin] += n
        elif ends >= first and begins <= last:
            perhaps[pin[0], "part" if pin[1] == "part" else "possible"] += n
    if cube.level >= 2:
        assert pins_of(there, cube.level) == (surely + perhaps if wanted.possibly else surely)


@thorough
@given(worlds(), selections(), viewers)
def test_facets_are_counted_without_their_own_filter(archive, world, asked, viewer):
    archive.fill(world)
    query, wanted = asked
    pics = seen_by(world, *viewer)
    facets = answer(archive.scope(*viewer), chosen(query), zoom=2).facets
    for name in ("collection", "licence", "device"):
        expected = {value or "none": n for value, n in naive.facet(pics, wanted, name).items()}
        assert {value.value: value.n for value in facets[name].values} == expected
    names = {STATUS_CODES[status]: status.value.replace("_", "-") for status in Status}
    statuses = {f"place-{names[code]}": n for code, n in naive.facet(pics, wanted, "place_status").items()}
    statuses |= {f"date-{names[code]}": n for code, n in naive.facet(pics, wanted, "time_status").items()}
    assert {value.value: value.n for value in facets["status"].values} == statuses
    assert {int(value.value): value.n for value in facets["year"].values} == naive.years(pics, wanted)


@thorough
@given(worlds(), selections(), viewers, stretches)
def test_bins_are_the_ones_a_naive_reading_of_the_rules_gives(archive, world, asked, viewer, stretch):
    archive.fill(world)
    query, wanted = asked
    span = Span(*stretch) if stretch else None
    found = answer(archive.scope(*viewer), chosen(query), zoom=2, span=span).bins
    expected = naive.histogram(seen_by(world, *viewer), wanted, stretch)
    if expected is None:
        assert found.starts == ()
        return
    assert found.unit == expected["unit"]
    assert len(found.starts) == expected["length"] <= 160
    assert list(found.certain) == expected["certain"]
    assert list(found.possible) == expected["possible"]
    assert (found.spanning, found.outside) == (expected["spanning"], expected["outside"])
    everything = sum(naive.matches(pic, wanted, time=False) for pic in seen_by(world, *viewer))
    assert found.total == everything


@thorough
@given(
    worlds(),
    selections(),
    viewers,
    st.data(),
)
def test_the_list_goes_page_by_page_in_order_and_knows_every_neighbour(archive, world, asked, viewer, data):
    sort, limit = (
        data.draw(st.sampled_from(["date", "-date", "added", "-added"])),
        data.draw(st.integers(1, 5)),
    )
    archive.fill(world)
    query, wanted = asked
    selection = chosen(f"{query}&sort={sort}")
    scope = archive.scope(*viewer)
    expected = naive.listed(seen_by(world, *viewer), wanted, sort)
    assert paged(scope, selection, limit) == expected
    if world:
        number = data.draw(st.integers(0, len(world) - 1))
        ref = world[number][0].ref
        photo = archive.photos[number]
        photo.public_id = ref
        beside = neighbours(scope, selection, photo)
        assert beside.total == len(expected)
        if ref not in expected:
            assert (beside.previous, beside.next, beside.position) == (None, None, None)
            return
        at = expected.index(ref)
        assert beside.position == at + 1
        assert beside.previous == (expected[at - 1] if at else None)
        assert beside.next == (expected[at + 1] if at + 1 < len(expected) else None)
