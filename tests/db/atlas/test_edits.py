"""After any edit both engines say what a naive reading of what is there now says."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings

from archive.atlas import sql
from archive.atlas.columns import asking, following, paging, rebuilding
from archive.catalogue import changes
from archive.catalogue.models import IndexRow
from archive.values.place import Place
from tests.db.atlas import naive
from tests.db.atlas.naive_areas import Areas, Look, Spot
from tests.db.atlas.worlds import (
    DEVICES,
    LICENCES,
    PHOTOS,
    SLUGS,
    Archive,
    World,
    an_archive,
    chosen,
    seen_by,
    spot_at,
)

pytestmark = pytest.mark.django_db

EDITS = int(os.environ.get("WHENCE_EDITS", "60"))
VIEWERS = [((), ("open", "both")), (("mine", "both"), ("open",)), (SLUGS, ())]
ARROW = ((38.0, 120.0), (39.0, 124.0), (38.0, 128.0), (42.0, 124.0))
QUERIES = [
    ("", naive.Wanted()),
    ("bbox=120,35,130,45", naive.Wanted(Areas(boxes=((120, 35, 130, 45),)))),
    (
        "sure=possibly&within=" + ";".join(f"{lat},{lon}" for lat, lon in ARROW),
        naive.Wanted(Areas(rings=(ARROW,)), possibly=True),
    ),
    ("sees=40,124,3000&sure=possibly", naive.Wanted(Areas(sees=(40, 124, 3000)), possibly=True)),
    ("from=2001-01-01&collection=open", naive.Wanted(first=978_307_200, collections=frozenset({"open"}))),
    ("licence=none&unplaced=1", naive.Wanted(licences=frozenset({""}), unplaced=True)),
]


NOBODY = naive.Pic("", "nowhere", (), None, 0, 0, "", "", frozenset(), 0)
LOST = (NOBODY, NOBODY)


def a_pic(dice: random.Random, ref: str) -> naive.Pic:
    def spot() -> Spot:
        place = Place(
            40 + dice.randint(-6, 6) / 128,
            124 + dice.randint(-6, 6) / 128,
            dice.choice([None, 0.0, 400.0, 90_000.0]),
        )
        far = Place(dice.randint(-170, 170) / 2, dice.randint(-360, 360) / 2, dice.choice([None, 500_000.0]))
        return spot_at(dice.choice([place, place, far]))

    first = dice.randint(0, 1_700_000_000)
    return naive.Pic(
        ref=ref,
        collection=dice.choice(SLUGS),
        spots=tuple(spot() for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))),
        when=dice.choice([None, (first, first + dice.choice([0, 59, 86_399, 400 * 86_400]))]),
        place_status=dice.randint(0, 3),
        time_status=dice.randint(0, 2),
        licence=dice.choice(LICENCES),
        device=dice.choice(DEVICES),
        words=frozenset(),
        added=dice.randint(0, 3),
        look=Look(dice.choice([None, 0.0, 90.0, 200.0]), dice.choice([None, 60.0, 150.0])),
    )


def edited(dice: random.Random, seen: tuple[naive.Pic, naive.Pic]) -> tuple[naive.Pic, naive.Pic]:
    """Change one thing as one edit would: place, date, both for one audience only, collection, statuses."""
    inside, public = seen
    fresh = a_pic(dice, inside.ref)
    kind = dice.choice(["place", "date", "apart", "collection", "facets"])
    if kind == "place":
        return (replace(inside, spots=fresh.spots, look=fresh.look),) * 2
    if kind == "date":
        return replace(inside, when=fresh.when), replace(public, when=fresh.when)
    if kind == "apart":
        return inside, replace(public, spots=fresh.spots[:1], when=fresh.when)
    if kind == "collection":
        return replace(inside, collection=fresh.collection), replace(public, collection=fresh.collection)
    facets = {"licence": fresh.licence, "device": fresh.device, "place_status": fresh.place_status}
    return replace(inside, **facets), replace(public, **facets)


def agree(archive: Archive, world: World, dice: random.Random) -> None:
    viewer, (query, wanted), zoom = dice.choice(VIEWERS), dice.choice(QUERIES), dice.randint(0, 20)
    scope, selection = archive.scope(*viewer), chosen(query)
    view = following.view()
    assert view is not None
    columns = asking.answer(view, scope, selection, zoom=zoom, cube=True)
    rows = sql.answer(scope, selection, zoom=zoom, cube=True)
    pics = seen_by(world, *viewer)
    expected = naive.answer(pics, wanted)
    assert {name: getattr(rows, name) for name in expected} == expected
    for name in (*expected, "level", "placed", "bins", "facets", "within_reach", "directed"):
        assert getattr(columns, name) == getattr(rows, name), name
    for theirs, ours in ((columns.cells, rows.cells), (columns.cube.cells, rows.cube.cells)):
        for name in ("counts", "parts", "possible", "depths", "radii_m", "directions", "widths_deg"):
            assert list(getattr(theirs, name)) == list(getattr(ours, name)), name
    assert columns.cube.level == rows.cube.level
    for name in ("cell", "first", "last", "counts"):
        assert list(getattr(columns.cube, name)) == list(getattr(rows.cube, name)), name
    refs = naive.listed(pics, wanted, "date")
    found = paging.listed(view, scope, selection, after="", most=PHOTOS + 1)
    numbers = {photo.pk: number for number, photo in enumerate(archive.photos)}
    assert [world[numbers[row.photo]][0].ref for row in found] == refs


@pytest.fixture
def storm(db: None, settings: LazySettings, tmp_path, monkeypatch) -> Callable[[int], None]:
    """Make random edits after the columns were built, and compare after each few."""
    settings.DATA_DIR = tmp_path
    settings.ATLAS = "auto"
    monkeypatch.setattr(following, "_follower", following.Follower())

    def rage(seed: int) -> None:
        dice = random.Random(seed)
        archive = an_archive()
        refs = ["a" * 11 + "ab"[number // 8] + "abcdefgh"[number % 8] for number in range(PHOTOS)]
        world: World = [(pic, pic) for pic in (a_pic(dice, ref) for ref in refs)]
        archive.write(world)
        rebuilding.rebuild()
        gone: set[int] = set()
        for number in range(EDITS):
            at = dice.randrange(PHOTOS)
            if dice.random() < 0.1:
                gone ^= {at}
            else:
                world[at] = edited(dice, world[at])
            IndexRow.objects.filter(photo=archive.photos[at]).delete()
            if at not in gone:
                archive.add({at: world[at]})
            changes.note(archive.photos[at])
            if number % 4 == 0:
                left = [seen if at not in gone else LOST for at, seen in enumerate(world)]
                agree(archive, left, dice)
            if number == EDITS // 2:
                rebuilding.rebuild()

    return rage


@pytest.mark.parametrize("seed", range(2))
def test_every_edit_is_in_the_next_answer_of_both_engines(storm, seed):
    storm(seed)
