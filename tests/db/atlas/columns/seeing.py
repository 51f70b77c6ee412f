"""What a view shows and what the index holds, as plain tuples, so that they can be compared."""

from __future__ import annotations

import math
import random
from datetime import datetime
from typing import Any

from archive.atlas.columns.rows import View
from archive.catalogue.index import bounds_of
from archive.catalogue.models import Audience, Collection, IndexRow, Photo, Term
from archive.values.morton import key_of
from archive.values.place import Place

DAY_ONE = datetime(1, 1, 1)
CIVIL_EPOCH = datetime(1970, 1, 1)
Shown = list[tuple[Any, ...]]


def shown(view: View) -> Shown:
    """Every row for each audience it is for, hidden ones left out."""
    found: Shown = []
    for piece in view.pieces:
        audiences = [Audience.PUBLIC] * piece.for_public + [Audience.INSIDE] * piece.for_inside
        for rows, hidden in ((piece.single, piece.hidden), (piece.several, piece.hidden_several)):
            gone = set(hidden.tolist())
            for at in range(len(rows)):
                if at not in gone:
                    found += [(int(audience), *_row(view, rows, at)) for audience in audiences]
    return sorted(found, key=repr)


def _row(view: View, rows, at: int) -> tuple[Any, ...]:
    number = int(rows.profile[at])
    profile = [int(getattr(view.profiles, name)[number]) for name in view.profiles.__dataclass_fields__]
    place = [_known(float(getattr(rows.places, name)[at])) for name in rows.places.__dataclass_fields__]
    times = [
        int(getattr(rows, name)[at]) for name in ("first_day", "first_second", "last_day", "last_second")
    ]
    numbers = [int(getattr(rows, name)[at]) for name in ("key", "photo", "part", "parts", "added", "reach")]
    return (*numbers, rows.ref[at].decode(), *profile, *place, *times)


def held() -> Shown:
    """The same straight from the index, by the ORM and by the calendar."""
    found: Shown = []
    for row in IndexRow.objects.all():
        place = [
            getattr(row, name)
            for name in (
                "latitude",
                "longitude",
                "radius_m",
                "west",
                "south",
                "east",
                "north",
                "direction",
                "width_deg",
            )
        ]
        numbers = [-1 if row.key is None else row.key, row.photo_id, row.part, row.parts, row.added]
        profile = [
            row.collection_id,
            row.place_status,
            row.time_status,
            row.licence_id or 0,
            row.device_id or 0,
        ]
        times = [*_day_and_second(row.earliest), *_day_and_second(row.latest)]
        found.append(
            (row.audience, *numbers, _reach(row.radius_m), row.ref, *profile, *map(_rounded, place), *times)
        )
    return sorted(found, key=repr)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(value)


def _reach(radius_m: float | None) -> int:
    if radius_m is None:
        return 0
    reach = 1
    while radius_m > 2 ** (reach - 1):
        reach += 1
    return reach


def _day_and_second(seconds: int | None) -> tuple[int, int]:
    if seconds is None:
        return -1, 0
    day, second = divmod(seconds, 86_400)
    return day + (CIVIL_EPOCH - DAY_ONE).days, second


class Filling:
    """Photos with random rows: no place, one, several; equal for both audiences or not."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.collections = [
            Collection.objects.create(slug=f"open-{n}", title=f"Open {n}", open_to_public=n > 0)
            for n in range(3)
        ]
        self.licences = [None, Term.objects.create(kind="licence", text="by")]
        self.devices = [None, *(Term.objects.create(kind="device", text=f"camera {n}") for n in range(2))]

    def photos(self, count: int) -> list[Photo]:
        photos = [Photo.objects.create(collection=self.random.choice(self.collections)) for _ in range(count)]
        for photo in photos:
            self.fill(photo)
        return photos

    def fill(self, photo: Photo) -> None:
        """Write a photo's rows anew, without noting it."""
        IndexRow.objects.filter(photo=photo).delete()
        inside = self._rows()
        same = self.random.random() < 0.6
        public = [dict(row) for row in inside] if same else self._rows()
        if same and self.random.random() < 0.2:
            public[-1]["device"] = self.random.choice(self.devices)
        IndexRow.objects.bulk_create(
            IndexRow(photo=photo, ref=photo.public_id, collection=photo.collection, audience=audience, **row)
            for audience, rows in ((Audience.PUBLIC, public), (Audience.INSIDE, inside))
            for row in rows
        )

    def _rows(self) -> list[dict[str, Any]]:
        pick = self.random
        parts = pick.choice([0, 0, 1, 1, 1, 1, 2, 3])
        earliest = pick.choice([None, -62_135_596_800, -1, 0, 86_399, pick.randrange(-(10**9), 10**9)])
        shared: dict[str, Any] = {
            "parts": parts,
            "earliest": earliest,
            "latest": None if earliest is None else earliest + pick.choice([0, 59, 10**6]),
            "place_status": pick.randrange(4),
            "time_status": pick.randrange(4),
            "licence": pick.choice(self.licences),
            "device": pick.choice(self.devices),
            "added": pick.randrange(10**9),
        }
        return [shared | {"part": part} | (self._place() if parts else {}) for part in range(max(1, parts))]

    def _place(self) -> dict[str, Any]:
        pick = self.random
        radius = pick.choice([None, 0.0, 0.5, 1.0, 1.5, 64.0, 65.0, 5e6])
        place = Place(pick.choice([0.0, 90.0, 51.5, -33.25]), pick.choice([180.0, -180.0, 0.0, 7.5]), radius)
        bounds = bounds_of(place)
        return {
            "key": key_of(place.latitude, place.longitude),
            "latitude": place.latitude,
            "longitude": place.longitude,
            "radius_m": radius,
            "west": bounds.west,
            "south": bounds.south,
            "east": bounds.east,
            "north": bounds.north,
            "direction": pick.choice([None, 0.0, 359.9]),
            "width_deg": pick.choice([None, 60.0]),
        }
