"""Small random archives and Selections, and the rows that stand for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from archive.access.rights import Scope
from archive.atlas.columns import building, following
from archive.atlas.columns.rows import View
from archive.catalogue.index import bounds_of
from archive.catalogue.models import Audience, Collection, IndexRow, Photo, SearchWords, Term
from archive.values.morton import key_of
from archive.values.place import Place
from archive.values.ring import ring_round
from archive.values.selection import Selection, parse_selection
from archive.values.settled import Status
from tests.db.atlas.naive import OPEN_FIRST, OPEN_LAST, Pic, Wanted
from tests.db.atlas.naive_areas import Areas, Box, Look, Ring, Spot

World = list[tuple[Pic, Pic]]
PHOTOS = 14
SLUGS = ("open", "mine", "hidden", "both")
LICENCES = ("", "https://example.org/by", "https://example.org/sa")
DEVICES = ("", "Cam One", "Cam Two")

# Multiples of a half are exact in floating point, so that edges can be hit and both sides agree on them.
FOCI = ((40.0, 124.0), (0.0, 180.0))
latitudes = st.one_of(
    st.sampled_from([0.0, 90.0, -90.0, 85.5, -85.5]), st.integers(-180, 180).map(lambda half: half / 2)
)
longitudes = st.one_of(
    st.sampled_from([0.0, 180.0, -180.0, 179.5, -179.5]), st.integers(-360, 360).map(lambda half: half / 2)
)
radii = st.sampled_from([None, None, 0.0, 30.0, 60_000.0, 700_000.0, 4_000_000.0])
small_radii = st.sampled_from([None, None, 0.0, 30.0, 500.0, 3000.0])
steps = st.integers(-8, 8).map(lambda step: step / 128)  # a little less than a kilometre each
looks = st.builds(
    Look,
    st.sampled_from([None, 0.0, 30.0, 90.0, 180.0, 315.0]),
    st.sampled_from([None, 24.0, 90.0, 150.0, 360.0]),
)
seconds = st.one_of(
    st.integers(-2_300_000_000, 1_900_000_000),
    st.sampled_from([0, -1, 86_399, 86_400, 1_560_000_000, 1_560_000_030, 1_560_004_000]),
)
widths = st.sampled_from([0, 0, 59, 3599, 86_399, 40 * 86_400, 366 * 86_400, 40_000 * 86_400])
whens = st.one_of(
    st.none(),
    st.builds(lambda first, width: (first, first + width), seconds, widths),
    st.builds(lambda first: (first, OPEN_LAST), seconds),
    st.builds(lambda last: (OPEN_FIRST, last), seconds),
    st.just((OPEN_FIRST, OPEN_LAST)),
)
near_whens = st.builds(
    lambda first, width: (first, first + width),
    st.integers(1_560_000_000, 1_560_600_000),
    st.sampled_from([0, 0, 1, 59, 3599]),
)


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    """Anywhere on the earth, or round one of two points."""
    if draw(st.booleans()):
        return spot_at(Place(draw(latitudes), draw(longitudes), draw(radii)))
    latitude, longitude = draw(st.sampled_from(FOCI))
    longitude += draw(steps)
    longitude -= 360 if longitude > 180 else 0
    return spot_at(Place(latitude + draw(steps), longitude, draw(small_radii)))


def spot_at(place: Place) -> Spot:
    bounds = bounds_of(place)
    return Spot(
        place.latitude, place.longitude, place.radius_m, bounds.west, bounds.south, bounds.east, bounds.north
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """For each photo what insiders see and what the public sees: places and dates may differ."""
    dates = draw(st.sampled_from([whens, near_whens]))
    photos = []
    for number in range(draw(st.integers(0, PHOTOS))):
        inside = Pic(
            ref="a" * 11 + "ab"[number // 8] + "abcdefgh"[number % 8],
            collection=draw(st.sampled_from(SLUGS)),
            spots=tuple(draw(st.lists(spots(), max_size=3))),
            when=draw(dates),
            place_status=draw(st.integers(0, 3)),
            time_status=draw(st.integers(0, 2)),
            licence=draw(st.sampled_from(LICENCES)),
            device=draw(st.sampled_from(DEVICES)),
            words=frozenset({"even" if number % 2 == 0 else "odd", "all"}),
            added=draw(st.integers(0, 3)),
            look=draw(looks),
        )
        public = inside
        if draw(st.booleans()):
            public = replace(inside, spots=tuple(draw(st.lists(spots(), max_size=1))), when=draw(dates))
        photos.append((inside, public))
    return photos


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, Wanted]:
    """Return the address and what it means to the naive engine."""
    parts: list[str] = []
    wanted = Wanted(possibly=draw(st.booleans()))
    if wanted.possibly:
        parts.append("sure=possibly")
    parts, wanted = draw(_places(parts, wanted))
    parts, wanted = draw(_times(parts, wanted))
    if words := draw(st.sampled_from(["", "", "even", "odd all", "even odd", "nothing"])):
        parts.append(f"q={words.replace(' ', '+')}")
        wanted = replace(wanted, words=frozenset(words.split()))
    for name, field, values in (
        ("collection", "collections", SLUGS),
        ("licence", "licences", LICENCES),
        ("device", "devices", DEVICES),
    ):
        if draw(st.integers(0, 4)) == 0:
            chosen = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2))
            parts += [f"{name}={value or 'none'}".replace(" ", "+") for value in chosen]
            narrowed: dict[str, Any] = {field: frozenset(chosen)}
            wanted = replace(wanted, **narrowed)
    for name, field in (("place", "place_statuses"), ("date", "time_statuses")):
        if draw(st.integers(0, 4)) == 0:
            codes = draw(st.lists(st.integers(0, 3), min_size=1, max_size=2))
            parts += [f"status={name}-{list(Status)[code].value.replace('_', '-')}" for code in codes]
            narrowed = {field: frozenset(codes)}
            wanted = replace(wanted, **narrowed)
    return "&".join(parts), wanted


KINDS = (
    "",
    "",
    "bbox",
    "bbox",
    "near",
    "within",
    "within",
    "sees",
    "sees",
    "bbox near",
    "within sees",
    "unplaced",
)


@st.composite
def _places(draw: st.DrawFn, parts: list[str], wanted: Wanted) -> tuple[list[str], Wanted]:
    kind = draw(st.sampled_from(KINDS))
    if kind == "unplaced":
        return [*parts, "unplaced=1"], replace(wanted, unplaced=True)
    boxes: list[Box] = []
    rings: list[Ring] = []
    sees = None
    if "bbox" in kind:
        south, north = sorted((draw(latitudes), draw(latitudes)))
        west, east = draw(longitudes), draw(longitudes)
        if not (west == -180 and east == 180 and south <= -85.5 and north >= 85.5):
            parts = [*parts, f"bbox={west},{south},{east},{north}"]
            boxes.append((west, south, east, north))
    if "near" in kind:
        latitude, longitude = draw(st.one_of(st.sampled_from(FOCI), st.tuples(latitudes, longitudes)))
        metres = draw(st.sampled_from([1000.0, 5000.0, 300_000.0, 1_900_000.0, 3_000_000.0]))
        parts = [*parts, f"near={latitude},{longitude},{metres}"]
        near = Place(latitude, longitude, metres)
        rim, around = ring_round(near), bounds_of(near)
        if rim is None:
            boxes.append((around.west, around.south, around.east, around.north))
        else:
            rings.append(rim.corners)
    if "within" in kind:
        rings.append(draw(outlines()))
        parts = [*parts, "within=" + ";".join(f"{lat},{lon}" for lat, lon in rings[-1])]
    if "sees" in kind:
        latitude, longitude = draw(st.sampled_from(FOCI))
        sees = (latitude, longitude, draw(st.sampled_from([800.0, 2000.0, 10_000.0])))
        parts = [*parts, f"sees={latitude},{longitude},{sees[2]}"]
    return parts, replace(wanted, areas=Areas(tuple(boxes), tuple(rings), sees))


@st.composite
def outlines(draw: st.DrawFn) -> Ring:
    """A slanted rectangle or an arrow head, of any size, also past the antimeridian and up to the poles."""
    south, north = sorted(draw(st.lists(latitudes, min_size=2, max_size=2, unique=True)))
    west = draw(longitudes)
    east = west + draw(st.one_of(st.integers(1, 40), st.integers(1, 600))) / 2
    slant = draw(st.integers(-20, 20)) / 2
    if draw(st.booleans()):
        return ((south, west), (south, east), (north, east + slant), (north, west + slant))
    middle = (west + east) / 2
    return ((south, west), ((south + north) / 2, middle), (south, east), (north, middle))


@st.composite
def _times(draw: st.DrawFn, parts: list[str], wanted: Wanted) -> tuple[list[str], Wanted]:
    kind = draw(st.sampled_from(["", "", "from", "to", "both", "undated"]))
    years = sorted(draw(st.tuples(st.integers(1900, 2029), st.integers(1900, 2029))))
    if kind == "undated":
        return [*parts, "undated=1"], replace(wanted, undated=True)
    for name, field, year, text in (
        ("from", "first", years[0], "{}-01-01"),
        ("to", "last", years[1], "{}-12-31"),
    ):
        if kind in {name, "both"}:
            parts = [*parts, f"{name}={text.format(year)}"]
            bounded: dict[str, Any] = {field: _second(year, name)}
            wanted = replace(wanted, **bounded)
    return parts, wanted


def _second(year: int, name: str) -> int:
    clock = datetime(year, 1, 1) if name == "from" else datetime(year, 12, 31, 23, 59, 59)
    return int((clock - datetime(1970, 1, 1)).total_seconds())


@dataclass
class Archive:
    """Photos and collections that stay, index rows that are replaced for every world."""

    photos: list[Photo]
    collections: dict[str, Collection]
    terms: dict[str, Term]
    engine: str = "sql"
    view: View | None = None

    def fill(self, world: World) -> None:
        self.write(world)
        self.view = building.in_memory() if self.engine == "columns" else None

    def write(self, world: World) -> None:
        IndexRow.objects.all().delete()
        self.add(dict(enumerate(world)))

    def add(self, photos: dict[int, tuple[Pic, Pic]]) -> None:
        rows: list[IndexRow] = []
        for number, seen in photos.items():
            for audience, pic in zip((Audience.INSIDE, Audience.PUBLIC), seen, strict=True):
                rows += self._rows(self.photos[number], audience, pic)
        IndexRow.objects.bulk_create(rows)

    def _rows(self, photo: Photo, audience: Audience, pic: Pic) -> Iterator[IndexRow]:
        for part, spot in enumerate(pic.spots or (None,)):
            row = IndexRow(
                photo=photo,
                ref=pic.ref,
                audience=audience,
                part=part,
                parts=len(pic.spots),
                collection=self.collections[pic.collection],
                place_status=pic.place_status,
                time_status=pic.time_status,
                licence=self.terms.get(pic.licence),
                device=self.terms.get(pic.device),
                added=pic.added,
                direction=pic.look.direction,
                width_deg=pic.look.width,
            )
            if pic.when:
                row.earliest, row.latest = pic.when
            if spot:
                row.key = key_of(spot.lat, spot.lon)
                row.latitude, row.longitude, row.radius_m = spot.lat, spot.lon, spot.radius
                row.west, row.south, row.east, row.north = spot.west, spot.south, spot.east, spot.north
            yield row

    def scope(self, inside: tuple[str, ...], public: tuple[str, ...]) -> Scope:
        ids = {slug: collection.pk for slug, collection in self.collections.items()}
        within = frozenset(ids[slug] for slug in inside)
        return Scope(within, frozenset(ids[slug] for slug in public) - within)


def seen_by(world: World, inside: tuple[str, ...], public: tuple[str, ...]) -> list[Pic]:
    """The photos a viewer may count, each as that viewer sees it."""
    return [
        within if within.collection in inside else outside
        for within, outside in world
        if within.collection in inside or within.collection in public
    ]


viewers = st.sampled_from(
    [((), ("open", "both")), (("mine", "both"), ("open", "both")), (SLUGS, ()), ((), ()), (("hidden",), ())]
)


def chosen(query: str) -> Selection:
    return parse_selection(query)


@pytest.fixture(params=["sql", "columns"])
def archive(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive that answers from SQL, or from columns made of what it was filled with."""
    made = an_archive()
    made.engine = request.param
    monkeypatch.setattr(following, "view", lambda: made.view)
    return made


def an_archive() -> Archive:
    collections = {slug: Collection.objects.create(slug=slug, title=slug.title()) for slug in SLUGS}
    terms = {text: Term.objects.create(kind="licence", text=text) for text in LICENCES if text}
    terms |= {text: Term.objects.create(kind="device", text=text) for text in DEVICES if text}
    photos = [Photo.objects.create(collection=collections["open"]) for _ in range(PHOTOS)]
    for number, photo in enumerate(photos):
        SearchWords.objects.create(photo=photo, words="all even" if number % 2 == 0 else "all odd")
    return Archive(photos, collections, terms)
