"""Rows for scattered photos, written past the ORM: a million in minutes."""

from __future__ import annotations

import base64
import json
import math
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import repeat
from typing import Any, Final, cast

import numpy as np
from django.db import connection, transaction
from django.db.models import Max, Model

from archive.access.members import open_collection
from archive.catalogue import search
from archive.catalogue.index import bounds_of
from archive.catalogue.models import (
    PUBLIC_ID_LENGTH,
    Audience,
    Change,
    Collection,
    File,
    IndexRow,
    Photo,
    SearchWords,
    Term,
    Visibility,
)
from archive.gazetteer.table import table
from archive.management.loadtest.scatter import RADII_M, Scatter, crowd, scatter
from archive.management.loadtest.texts import NO_PLACE, NO_TIME, place_text, time_text
from archive.values.morton import key_of
from archive.values.place import Place
from archive.values.settled import STATUS_CODES, Status

BATCH: Final = 10_000
COLLECTIONS: Final = 20
SUBJECTS: Final = [
    "harbour",
    "market",
    "bridge",
    "street",
    "church",
    "station",
    "square",
    "river",
    "garden",
    "school",
    "factory",
    "theatre",
    "tower",
    "wedding",
    "parade",
    "ferry",
    "lighthouse",
    "orchard",
    "mill",
    "quarry",
    "tram",
    "fountain",
    "library",
    "bakery",
    "stadium",
    "flood",
    "snow",
    "festival",
]
DEVICES: Final = tuple(f"Synthetic Camera {number}" for number in range(1, 41))
LICENCES: Final = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://rightsstatements.org/vocab/InC/1.0/",
    "",
)
MANY: Final = 200_000

Columns = dict[str, Any]
"""By attribute: a list, tuple or range with an entry for each row, or one value for all."""


def fill(
    count: int,
    *,
    seed: int,
    tell: Callable[[int], None],
    index_only: bool = False,
    crowded: bool = False,
) -> None:
    """Add `count` synthetic photos without custody, claims or bytes; `tell` hears how many are in.

    With `index_only` there are no files and no words either, only what map, timeline and list count;
    `crowded` ones all stand at one point on one day.
    """
    random = np.random.default_rng(seed)
    collections = _collections()
    terms = {text: _term("device", text) for text in DEVICES} | {
        text: _term("licence", text) for text in LICENCES if text
    }
    _hurry()
    with _without_indexes(worth_it=count >= MANY):
        done, middle = 0, None
        while done < count:
            batch = min(BATCH, count - done)
            drawn = scatter(random, batch, collections=len(collections), devices=len(DEVICES))
            if crowded:
                middle = middle or drawn
                drawn = crowd(drawn, middle)
            with transaction.atomic():
                _Batch(drawn, collections, terms, random).write(index_only=index_only)
            done += batch
            tell(done)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(_style(), [Photo, File, IndexRow, Change]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _hurry() -> None:
    """Neither flush nor check what a scratch database can lose and what we know to be right."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
            return
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SET session_replication_role = replica")


@contextmanager
def _without_indexes(*, worth_it: bool) -> Iterator[None]:
    """Many rows are written faster without the index rows' indexes, which are made again at the end."""
    if not worth_it:
        yield
        return
    indexes = list(IndexRow._meta.indexes)  # noqa: SLF001 - the name Django documents
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(IndexRow, index)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.add_index(IndexRow, index)


class _Batch:
    """The rows of one batch, column by column, from the drawn numbers."""

    def __init__(
        self,
        drawn: Scatter,
        collections: Sequence[Collection],
        terms: dict[str, int],
        random: np.random.Generator,
    ) -> None:
        self.drawn = drawn
        self.count = len(drawn.town)
        self.collections = [collections[number].pk for number in drawn.collection.tolist()]
        self.terms = terms
        first = (Photo.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.ids = range(first, first + self.count)
        self.added = datetime.now(UTC)
        self.refs = _public_ids(self.count)
        self.licences = random.choice(len(LICENCES), size=self.count).tolist()
        subjects = random.choice(len(SUBJECTS), size=(self.count, 2)).tolist()
        self.subjects = [(SUBJECTS[one], SUBJECTS[two]) for one, two in subjects]
        self.towns = drawn.town.tolist()
        self.devices = [DEVICES[number] for number in drawn.device.tolist()]

    def write(self, *, index_only: bool) -> None:
        _insert(Photo, self.photos(), self.count)
        row = self.index_rows()
        for audience in Audience:
            _insert(IndexRow, row | {"audience": audience.value}, self.count)
        _insert(Change, {"photo_id": self.ids, "at": self.added}, self.count)
        if not index_only:
            _insert(File, self.files(), self.count)
            _insert(SearchWords, {"photo_id": self.ids, "words": self.words()}, self.count)

    def photos(self) -> Columns:
        drawn = self.drawn
        names = table().names
        return {
            "id": self.ids,
            "public_id": self.refs,
            "collection_id": self.collections,
            "title": [
                f"{one.capitalize()} and {two}, {names[town]}"
                for (one, two), town in zip(self.subjects, self.towns, strict=True)
            ],
            "rights_uri": [LICENCES[number] for number in self.licences],
            "settled_place": [
                place_text(latitude, longitude, RADII_M[radius], direction) if placed else NO_PLACE
                for placed, latitude, longitude, radius, direction in self._places()
            ],
            "settled_time": [
                time_text(earliest, latest) if dated else NO_TIME
                for dated, earliest, latest in zip(
                    drawn.dated.tolist(), drawn.earliest.tolist(), drawn.latest.tolist(), strict=True
                )
            ],
            "added_at": self.added,
        }

    def files(self) -> Columns:
        readings = {device: json.dumps({"model": device}) for device in DEVICES}
        digests = secrets.token_hex(32 * self.count)
        return {
            "photo_id": self.ids,
            "collection_id": self.collections,
            "role": "primary",
            "sha256": [digests[64 * n : 64 * n + 64] for n in range(self.count)],
            "byte_count": 3_000_000,
            "name": [f"IMG_{number:08}.jpg" for number in self.ids],
            "format": "JPEG",
            "width": 4000,
            "height": 3000,
            "reading": [readings[device] for device in self.devices],
            "received_at": self.added,
        }

    def index_rows(self) -> Columns:
        """Both audiences see the same: nobody said anything for members alone."""
        drawn = self.drawn
        placed, dated = drawn.placed.tolist(), drawn.dated.tolist()
        shared: Columns = {
            "photo_id": self.ids,
            "ref": self.refs,
            "collection_id": self.collections,
            "parts": drawn.placed.astype(int).tolist(),
            "place_status": [
                STATUS_CODES[Status.UNREVIEWED if there else Status.UNKNOWN] for there in placed
            ],
            "time_status": [STATUS_CODES[Status.UNREVIEWED if there else Status.UNKNOWN] for there in dated],
            "licence_id": [self.terms.get(LICENCES[number]) for number in self.licences],
            "device_id": [self.terms[device] for device in self.devices],
            "added": int(self.added.timestamp()),
            "earliest": _where(dated, drawn.earliest.tolist()),
            "latest": _where(dated, drawn.latest.tolist()),
        }
        names = ("key", "latitude", "longitude", "radius_m", "west", "south", "east", "north", "direction")
        located = (_located(*place) if placed else (None,) * 9 for placed, *place in self._places())
        columns = zip(*located, strict=True)
        return shared | dict(zip(names, columns, strict=True))

    def _places(self) -> Iterator[tuple[Any, ...]]:
        drawn = self.drawn
        columns: Any = (drawn.placed, drawn.latitude, drawn.longitude, drawn.radius, drawn.direction)
        return zip(*(column.tolist() for column in columns), strict=True)

    def words(self) -> list[str]:
        return [
            " ".join((_words(one), _words(two), "and", _town_words(town)))
            for (one, two), town in zip(self.subjects, self.towns, strict=True)
        ]


def _where(there: list[bool], values: list[int]) -> list[int | None]:
    return [value if known else None for known, value in zip(there, values, strict=True)]


def _located(latitude: float, longitude: float, radius: int, direction: float) -> tuple[Any, ...]:
    metres = RADII_M[radius]
    looked = None if math.isnan(direction) else direction
    key = key_of(latitude, longitude)
    if metres is None:
        return key, latitude, longitude, None, longitude, latitude, longitude, latitude, looked
    bounds = bounds_of(Place(latitude, longitude, metres))
    return key, latitude, longitude, metres, bounds.west, bounds.south, bounds.east, bounds.north, looked


@cache
def _words(text: str) -> str:
    return search.words_of([text])


@cache
def _town_words(town: int) -> str:
    towns = table()
    return search.words_of([towns.names[town], towns.countries[towns.codes[towns.country[town]]]])


def _insert(model: type[Model], columns: Columns, count: int) -> None:
    options = model._meta  # noqa: SLF001 - the name Django documents
    fields = [field for field in options.concrete_fields if field.attname != "id" or model is Photo]
    table_name = connection.ops.quote_name(options.db_table)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = [columns.get(field.attname, _default(field)) for field in fields]
    rows = zip(*(repeat(one, count) if _is_one(one) else one for one in values), strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cast("Any", cursor).copy(f"COPY {table_name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table_name} ({names}) VALUES ({marks})"  # noqa: S608 - names from models
            cursor.executemany(statement, list(rows))


def _is_one(value: Any) -> bool:
    return not isinstance(value, list | tuple | range)


def _public_ids(count: int) -> list[str]:
    """Like `new_public_id`, many at a time."""
    letters = base64.b32encode(secrets.token_bytes(count * 10)).decode().lower()
    return [letters[n * 16 : n * 16 + PUBLIC_ID_LENGTH] for n in range(count)]


def _default(field: Any) -> Any:
    value = field.get_default() if field.has_default() else (None if field.null else "")
    return json.dumps(value) if isinstance(value, list | dict) else value


def _collections() -> list[Collection]:
    """The first ones are open to everybody, every fifth is private."""
    found = []
    for number in range(1, COLLECTIONS + 1):
        slug = f"loadtest-{number}"
        collection = Collection.objects.filter(slug=slug).first()
        if collection is None:
            seen = Visibility.PRIVATE if number % 5 == 0 else Visibility.PUBLIC
            collection = open_collection(by=None, slug=slug, title=f"Load test {number}", visibility=seen)
        found.append(collection)
    return found


def _term(kind: str, text: str) -> int:
    return Term.objects.get_or_create(kind=kind, text=text)[0].pk


def _style() -> Any:
    from django.core.management.color import no_style  # noqa: PLC0415 - wanted once

    return no_style()
