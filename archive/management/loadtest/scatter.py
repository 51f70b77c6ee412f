"""Where and when synthetic photos were taken: round towns by their size, by day, more of late."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.table import STEPS_PER_DEGREE, table

FIRST_YEAR, LAST_YEAR = 1890, 2025
UNPLACED, UNDATED, YEAR_ONLY, SURE_OF_ZONE = 0.05, 0.04, 0.10, 0.6
SPREAD_DEG = 0.08  # about 9 km, one standard deviation from the middle of the town
RADII_M = (None, 5.0, 12.0, 50.0, 300.0, 5_000.0)
RADIUS_SHARES = (0.45, 0.25, 0.15, 0.08, 0.05, 0.02)
_EPOCH = np.datetime64("1970-01-01T00:00:00", "s")


@dataclass(frozen=True, slots=True)
class Scatter:
    """Parallel arrays, one entry a photo; seconds are local civil, `earliest` equals `latest` when known."""

    town: NDArray[np.int64]
    placed: NDArray[np.bool_]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    radius: NDArray[np.int64]
    direction: NDArray[np.float64]
    dated: NDArray[np.bool_]
    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    device: NDArray[np.int64]
    collection: NDArray[np.int64]


def scatter(random: np.random.Generator, count: int, *, collections: int, devices: int) -> Scatter:
    """Draw photos. Collections and devices differ in size as they do in life, by a power law."""
    towns = table()
    weights = np.sqrt(np.maximum(np.asarray(towns.population, dtype=np.float64), 1.0))
    town = random.choice(len(weights), size=count, p=weights / weights.sum())
    latitude = np.asarray(towns.latitude)[town] / STEPS_PER_DEGREE + random.normal(0, SPREAD_DEG, count)
    longitude = np.asarray(towns.longitude)[town] / STEPS_PER_DEGREE + random.normal(0, SPREAD_DEG, count)
    earliest, latest = _times(random, count)
    return Scatter(
        town=town,
        placed=random.random(count) >= UNPLACED,
        latitude=np.clip(latitude, -89.9, 89.9).round(7),
        longitude=(np.mod(longitude + 180, 360) - 180).round(7),
        radius=random.choice(len(RADII_M), size=count, p=RADIUS_SHARES),
        direction=np.where(random.random(count) < 0.3, random.uniform(0, 360, count).round(1) % 360, np.nan),
        dated=random.random(count) >= UNDATED,
        earliest=earliest,
        latest=latest,
        device=_by_rank(random, count, devices),
        collection=_by_rank(random, count, collections),
    )


def crowd(drawn: Scatter, middle: Scatter) -> Scatter:
    """Bring photos to the point and day of the first of `middle`: the worst a map and timeline can meet."""
    day = int(middle.earliest[0]) // 86_400 * 86_400
    seconds = drawn.earliest % 86_400
    return replace(
        drawn,
        latitude=np.full_like(drawn.latitude, middle.latitude[0]),
        longitude=np.full_like(drawn.longitude, middle.longitude[0]),
        placed=np.ones_like(drawn.placed),
        dated=np.ones_like(drawn.dated),
        earliest=day + seconds,
        latest=day + seconds,
    )


def _times(random: np.random.Generator, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    span = LAST_YEAR - FIRST_YEAR + 1
    years = FIRST_YEAR + np.minimum((span * random.random(count) ** 0.25).astype(np.int64), span - 1)
    starts = ((years - 1970).astype("datetime64[Y]").astype("datetime64[s]") - _EPOCH).astype(np.int64)
    ends = ((years - 1969).astype("datetime64[Y]").astype("datetime64[s]") - _EPOCH).astype(np.int64) - 1
    day = random.integers(0, 365, count) * 86_400
    second = np.clip(random.normal(14 * 3600, 3 * 3600, count), 0, 86_399).astype(np.int64)
    moment = starts + day + second
    vague = random.random(count) < YEAR_ONLY
    return np.where(vague, starts, moment), np.where(vague, ends, moment)


def _by_rank(random: np.random.Generator, count: int, kinds: int) -> NDArray[np.int64]:
    shares = 1.0 / np.arange(1, kinds + 1)
    return random.choice(kinds, size=count, p=shares / shares.sum())
