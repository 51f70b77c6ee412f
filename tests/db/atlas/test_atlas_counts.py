"""For every archive, Selection, viewer and zoom: the parts add up, and a naive count agrees."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.access.rights import Scope
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
    max_examples=int(os.environ.get("WHENCE_EXAMPLES", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
zooms = st.integers(0, 22)


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


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_every_count_is_the_one_a_naive_reading_of_the_rules_gives(archive, world, asked, viewer, zoom):
    archive.fill(world)
    query, wanted = asked
    pics = seen_by(world, *viewer)
    found = answer(archive.scope(*viewer), chosen(query), zoom=zoom)
    expected = naive.answer(pics, wanted)
    assert {name: getattr(found, name) for name in expected} == expected


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_cells_several_edge_and_unplaced_add_up_to_what_the_list_pages_through(
    archive, world, asked, viewer, zoom
):
    archive.fill(world)
    selection, scope = chosen(asked[0]), archive.scope(*viewer)
    found = answer(scope, selection, zoom=zoom)
    placed = sum(cell.n for cell in found.cells) + found.several + found.edge
    assert placed == found.placed
    assert placed + (0 if selection.has_area else found.unplaced) == found.total
    assert found.bins.total == answer(scope, selection.without("time"), zoom=0).total
    refs = paged(scope, selection, 3)
    assert len(refs) == found.total


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_pins_stand_where_the_naive_count_has_them(archive, world, asked, viewer, zoom):
    archive.fill(world)
    query, wanted = asked
    found = answer(archive.scope(*viewer), chosen(query), zoom=zoom)
    expected = naive.pins(seen_by(world, *viewer), wanted, found.level)
    pins: Counter[tuple[int, str]] = Counter()
    for cell in found.cells:
        number = cell_of(key_of(cell.latitude, cell.longitude), found.level)
        kind = "part" if cell.n == 0 else "possible" if cell.possible else "certain"
        pins[number, kind] += cell.n or cell.parts
    assert pins == Counter({(interleaved(cell), kind): n for (cell, kind), n in expected.items()})
    assert found.level == level_for(zoom)
    assert len(found.cells) <= MOST_CELLS


@thorough
@given(worlds(), selections(), viewers, zooms)
def test_a_pin_stands_on_a_real_photo_of_its_cell_and_bounds_its_members(archive, world, asked, viewer, zoom):
    archive.fill(world)
    query, wanted = asked
    pics = {pic.ref: pic for pic in seen_by(world, *viewer)}
    for cell in answer(archive.scope(*viewer), chosen(query), zoom=zoom).cells:
        pic = pics[cell.photo]
        assert naive.matches(pic, wanted)
        spot = next(spot for spot in pic.spots if (spot.lat, spot.lon) == (cell.latitude, cell.longitude))
        assert cell.west <= spot.lon <= cell.east
        assert cell.south <= spot.lat <= cell.north
        if cell.n + cell.parts > 1:
            assert cell.radius_m is None
        elif len(pic.spots) == 1:
            assert cell.radius_m == spot.radius


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
@given(
    worlds(),
    selections(),
    viewers,
    st.one_of(st.none(), st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))),
)
def test_bins_are_the_ones_a_naive_reading_of_the_rules_gives(archive, world, asked, viewer, stretch):
    archive.fill(world)
    query, wanted = asked
    span = (min(stretch), max(stretch)) if stretch else None
    found = answer(archive.scope(*viewer), chosen(query), zoom=2, span=Span(*span) if span else None).bins
    expected = naive.histogram(seen_by(world, *viewer), wanted, span)
    if expected is None:
        assert found.starts == ()
        return
    assert found.unit == expected["unit"]
    assert len(found.starts) == expected["length"] <= 160
    assert list(found.certain) == expected["certain"]
    assert list(found.possible) == expected["possible"]
    assert (found.spanning, found.outside) == (expected["spanning"], expected["outside"])


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
