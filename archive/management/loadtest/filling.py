"""Rows for scattered photos, written past the ORM: a million in minutes."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
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
from archive.management.loadtest.scatter import RADII_M, Scatter, scatter
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.morton import key_of
from archive.values.place import Place
from archive.values.settled import (
    STATUS_CODES,
    Basis,
    Facet,
    PlacePart,
    SettledPlace,
    SettledTime,
    Status,
)

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
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - local civil time has no zone


def fill(count: int, *, seed: int, tell: Callable[[int], None]) -> None:
    """Add `count` synthetic photos without custody, claims or bytes; `tell` hears how many are in."""
    random = np.random.default_rng(seed)
    collections = _collections()
    terms = {text: _term("device", text) for text in DEVICES} | {
        text: _term("licence", text) for text in LICENCES if text
    }
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    done = 0
    while done < count:
        batch = min(BATCH, count - done)
        drawn = scatter(random, batch, collections=len(collections), devices=len(DEVICES))
        with transaction.atomic():
            _write(_Rows(drawn, collections, terms, random), batch)
        done += batch
        tell(done)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(_style(), [Photo, File, IndexRow, Change]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


class _Rows:
    """Makes the rows of one batch, table by table, from the drawn numbers."""

    def __init__(
        self,
        drawn: Scatter,
        collections: Sequence[Collection],
        terms: dict[str, int],
        random: np.random.Generator,
    ) -> None:
        self.drawn = drawn
        self.collections = collections
        self.terms = terms
        self.first = (Photo.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.added = datetime.now(UTC)
        self.refs = _public_ids(len(drawn.town))
        self.subjects = random.choice(len(SUBJECTS), size=(len(drawn.town), 2))
        self.licences = random.choice(len(LICENCES), size=len(drawn.town))

    def photo(self, n: int) -> dict[str, Any]:
        return {
            "id": self.first + n,
            "public_id": self.refs[n],
            "collection_id": self._collection(n).pk,
            "title": self._title(n),
            "rights_uri": LICENCES[self.licences[n]],
            "settled_place": json.dumps(self._place(n).to_json()),
            "settled_time": json.dumps(self._time(n).to_json()),
            "added_at": self.added,
        }

    def file(self, n: int) -> dict[str, Any]:
        device = DEVICES[self.drawn.device[n]]
        return {
            "photo_id": self.first + n,
            "collection_id": self._collection(n).pk,
            "role": "primary",
            "sha256": secrets.token_hex(32),
            "byte_count": 3_000_000,
            "name": f"IMG_{self.first + n:08}.jpg",
            "format": "JPEG",
            "width": 4000,
            "height": 3000,
            "reading": json.dumps({"model": device}),
            "received_at": self.added,
        }

    def index(self, n: int) -> list[dict[str, Any]]:
        """Both audiences see the same, as everywhere until rights to know less than all are asked for."""
        row = self._index(n)
        return [row | {"audience": audience.value} for audience in Audience]

    def _index(self, n: int) -> dict[str, Any]:
        drawn = self.drawn
        row: dict[str, Any] = {
            "photo_id": self.first + n,
            "ref": self.refs[n],
            "collection_id": self._collection(n).pk,
            "parts": int(drawn.placed[n]),
            "place_status": STATUS_CODES[Status.UNREVIEWED if drawn.placed[n] else Status.UNKNOWN],
            "time_status": STATUS_CODES[Status.UNREVIEWED if drawn.dated[n] else Status.UNKNOWN],
            "licence_id": self.terms.get(LICENCES[self.licences[n]]),
            "device_id": self.terms[DEVICES[drawn.device[n]]],
            "added": int(self.added.timestamp()),
        }
        if drawn.dated[n]:
            row |= {"earliest": int(drawn.earliest[n]), "latest": int(drawn.latest[n])}
        if drawn.placed[n]:
            place = self._point(n)
            bounds = bounds_of(place)
            row |= {
                "key": key_of(place.latitude, place.longitude),
                "latitude": place.latitude,
                "longitude": place.longitude,
                "radius_m": place.radius_m,
                "west": bounds.west,
                "south": bounds.south,
                "east": bounds.east,
                "north": bounds.north,
                "direction": None if np.isnan(drawn.direction[n]) else float(drawn.direction[n]),
            }
        return row

    def words(self, n: int) -> dict[str, Any]:
        towns = table()
        town = int(self.drawn.town[n])
        country = towns.countries[towns.codes[towns.country[town]]]
        return {"photo_id": self.first + n, "words": search.words_of([self._title(n), country])}

    def change(self, n: int) -> dict[str, Any]:
        return {"photo_id": self.first + n, "at": self.added}

    def _collection(self, n: int) -> Collection:
        return self.collections[int(self.drawn.collection[n])]

    def _title(self, n: int) -> str:
        one, two = (SUBJECTS[subject] for subject in self.subjects[n])
        return f"{one.capitalize()} and {two}, {table().names[int(self.drawn.town[n])]}"

    def _point(self, n: int) -> Place:
        drawn = self.drawn
        return Place(float(drawn.latitude[n]), float(drawn.longitude[n]), RADII_M[drawn.radius[n]])

    def _place(self, n: int) -> SettledPlace:
        if not self.drawn.placed[n]:
            return SettledPlace()
        part = PlacePart(self._point(n), 0, Basis.FILE)
        degrees = float(self.drawn.direction[n])
        direction = None if np.isnan(degrees) else Direction(degrees, "T", None)
        return SettledPlace(Status.UNREVIEWED, Facet.CAMERA_PLACE, (part,), None, direction)

    def _time(self, n: int) -> SettledTime:
        if not self.drawn.dated[n]:
            return SettledTime()
        first, last = (
            _EPOCH + timedelta(seconds=int(seconds[n]))
            for seconds in (self.drawn.earliest, self.drawn.latest)
        )
        text = first.isoformat() if first == last else str(first.year)
        return SettledTime(Status.UNREVIEWED, Moment(first, last, None), text, basis=Basis.FILE, parts=1)


def _write(rows: _Rows, count: int) -> None:
    everyone = range(count)
    _insert(Photo, (rows.photo(n) for n in everyone))
    _insert(File, (rows.file(n) for n in everyone))
    _insert(IndexRow, (row for n in everyone for row in rows.index(n)))
    _insert(SearchWords, (rows.words(n) for n in everyone))
    _insert(Change, (rows.change(n) for n in everyone))


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    options = model._meta  # noqa: SLF001 - the name Django documents
    fields = [field for field in options.concrete_fields if field.attname != "id" or model is Photo]
    defaults = {field.attname: _default(field) for field in fields}
    table_name = connection.ops.quote_name(options.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = [list((defaults | row).values()) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cast("Any", cursor).copy(f"COPY {table_name} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table_name} ({columns}) VALUES ({marks})"  # noqa: S608 - names from models
            cursor.executemany(statement, values)


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
