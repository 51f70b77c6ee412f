"""Random rows of columns, made without a database."""

from __future__ import annotations

import numpy as np

from archive.atlas.calendar import FIRST_SECOND
from archive.atlas.columns.rows import DAY_SECONDS, NEVER, NOWHERE, Ordered, Places, Rows
from archive.values.morton import key_of

LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)


def random_rows(random: np.random.Generator, count: int, *, several: bool = False) -> Rows:
    """Crowded about a few places and days, so that everything ties; some unplaced, some undated."""
    latitude = np.round(random.normal(0, 30, count).clip(-90, 90), int(random.integers(0, 3)))
    longitude = np.round(random.uniform(-180, 180, count), int(random.integers(0, 3)))
    key = np.array([key_of(*place) for place in zip(latitude, longitude, strict=True)], np.int64)
    if not several:
        key[random.random(count) < 0.1] = NOWHERE
    photo = random.permutation(count).astype(np.int64)
    if several:
        photo //= 3
    order = np.lexsort((photo, key))
    key, photo, latitude, longitude = key[order], photo[order], latitude[order], longitude[order]
    nowhere = key == NOWHERE
    latitude[nowhere] = longitude[nowhere] = np.nan
    first_day = random.integers(693_000, 693_000 + int(random.choice([3, 300, 40_000])), count)
    last_day = first_day + random.choice([0, 0, 1, 40, 400, 20_000], count)
    first_second = np.sort(random.integers(0, DAY_SECONDS, (2, count)), axis=0)
    undated, early, late = (random.random(count) < share for share in (0.1, 0.05, 0.05))
    first_day[early], first_second[0][early] = 0, 0
    last_day[late], first_second[1][late] = 3_652_058, DAY_SECONDS - 1
    first_day[undated] = last_day[undated] = NEVER
    first_second[:, undated] = 0
    reach = np.zeros(count, np.uint8)
    places = Places(
        latitude, longitude, np.full(count, np.nan), longitude, latitude, longitude, latitude,
        np.full(count, np.nan), np.full(count, np.nan),
    )  # fmt: skip
    part = np.zeros(count, np.uint16)
    if several:
        part[:] = [int((photo[:at] == number).sum()) for at, number in enumerate(photo)]
    return Rows(
        key=key,
        photo=photo,
        profile=random.integers(0, 5, count).astype(np.uint32),
        first_day=first_day.astype(np.int32),
        last_day=last_day.astype(np.int32),
        first_second=first_second[0].astype(np.int32),
        last_second=first_second[1].astype(np.int32),
        reach=reach,
        part=part,
        parts=np.ones(count, np.uint16),
        added=random.integers(0, 4, count),
        ref=random.choice(LETTERS, (count, 13)).view("S13").ravel(),
        places=places,
        lookup=Ordered(photo, np.argsort(photo, kind="stable")),
    )


def seconds(rows: Rows, position: int) -> tuple[int, int]:
    """First and last civil second of a dated row."""
    return (
        int(rows.first_day[position]) * DAY_SECONDS + int(rows.first_second[position]) + FIRST_SECOND,
        int(rows.last_day[position]) * DAY_SECONDS + int(rows.last_second[position]) + FIRST_SECOND,
    )
