"""When in a year the sun stands as a shadow says: date ranges with times of day, by the local clock."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from archive.checks.shadow_geometry import Span, Sunlight
from archive.checks.sun_position import (
    Numbers,
    azimuth_seen,
    days_since_j2000,
    declination_and_equation,
    sine_of_height,
    sun_at,
    without_refraction,
)
from archive.values.moment import Interval
from archive.values.place import Place

Flags: TypeAlias = NDArray[np.bool_]

MOST_YEARS: Final = 200
STEP_MINUTES: Final = 5
DRAWN_EVERY_DAYS: Final = 5
_HOURS: Final = np.arange(-180.0, 180.0 + 1e-9, STEP_MINUTES / 4)  # hour angle in degrees, noon is 0
_HALF_STEP: Final = STEP_MINUTES / 2 / 1440
_SHORT: Final = timedelta(days=3)
_DAY_MINUTES: Final = 1440


class Half(StrEnum):
    """Half of a solar day: before or after the sun's highest point."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive days on which the sun stood so in one half of the day.

    `bands` holds (day of the year from 1, first minute, last minute), minutes after the clock's midnight, for
    the first day, the last and every fifth between; beyond the polar circles they may leave 0..1440. With a
    direction and a sun near the zenith a band may bridge a short gap. `within` says that the window
    overlaps the time in question.
    """

    half: Half
    first: date
    last: date
    bands: tuple[tuple[int, int, int], ...]
    within: bool

    @property
    def clock(self) -> tuple[int, int]:
        """Earliest and latest minute after midnight on any of its days."""
        return min(band[1] for band in self.bands), max(band[2] for band in self.bands)

    def to_json(self) -> dict[str, Any]:
        return {
            "half": self.half.value,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "bands": [list(band) for band in self.bands],
            "within": self.within,
        }


@dataclass(frozen=True, slots=True)
class YearWindows:
    year: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class ShadowWindows:
    """`clock` names the zone by whose clock the minutes count; "UTC" where none is known."""

    clock: str
    years: tuple[YearWindows, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "clock": self.clock,
            "years": [
                {"year": each.year, "windows": [window.to_json() for window in each.windows]}
                for each in self.years
            ],
        }


def windows_of(
    light: Sunlight, place: Place, *, years: range, zone: str | None, interval: Interval | None
) -> ShadowWindows:
    """Return all windows of the years; without an interval every one of them counts as within.

    Raises ValueError beyond `MOST_YEARS` years, `zoneinfo.ZoneInfoNotFoundError` on an unknown zone.
    """
    if len(years) > MOST_YEARS:
        raise ValueError(f"{len(years)} years are more than {MOST_YEARS}")
    clock = _clock(zone)
    return ShadowWindows(
        clock.key if clock else "UTC",
        tuple(YearWindows(year, tuple(_of_year(year, light, place, clock, interval))) for year in years),
    )


def years_of(interval: Interval, zone: str | None) -> range:
    """Return the years the clock at the place may have shown."""
    clock = _clock(zone) or UTC
    return range(interval.earliest.astimezone(clock).year, interval.latest.astimezone(clock).year + 1)


def _clock(zone: str | None) -> ZoneInfo | None:
    """Nautical zones are no civil time."""
    return None if zone is None or zone.startswith("Etc/") else ZoneInfo(zone)


def fits_within(light: Sunlight, place: Place, interval: Interval, found: ShadowWindows) -> bool:
    """Whether the sun stood so at some instant of the interval; to the minute when it is a few days long."""
    if interval.width > _SHORT:
        return any(window.within for each in found.years for window in each.windows)
    height, azimuth = _through(place, interval)
    return bool(_fitting(light, height, azimuth).any())


def heights_within(place: Place, interval: Interval) -> Span | None:
    """Return the lowest and highest the sun stood in a few days; None for longer, which tells nothing."""
    if interval.width > _SHORT:
        return None
    height, _azimuth = _through(place, interval)
    return Span(float(height.min()), float(height.max()))


def _through(place: Place, interval: Interval) -> tuple[Numbers, Numbers]:
    minutes = int(interval.width / timedelta(minutes=1))
    days = np.linspace(
        days_since_j2000(interval.earliest), days_since_j2000(interval.latest), max(2, minutes + 1)
    )
    return sun_at(days, place.latitude, place.longitude)


def _fitting(light: Sunlight, height: Numbers, azimuth: Numbers) -> Flags:
    fits: Flags = (
        (height > 0)
        & (height >= light.height.low)
        & (height <= light.height.high)
        & _from_side(light.azimuth, azimuth)
    )
    return fits


def _from_side(span: Span | None, azimuth: Numbers) -> Flags:
    if span is None:
        return np.ones(azimuth.shape, dtype=np.bool_)
    inside: Flags = (azimuth - span.low) % 360 <= span.high - span.low
    return inside


def _on_grid(light: Sunlight, declination: Numbers, latitude: float) -> Flags:
    """The same for every hour angle of every day; directions are worked out only where the height fits."""
    hours = np.radians(_HOURS)[None, :]
    sine = sine_of_height(declination, hours, latitude)
    low, high = (
        math.sin(math.radians(without_refraction(bound))) for bound in (light.height.low, light.height.high)
    )
    fits: Flags = (sine >= low) & (sine <= high)
    if light.azimuth is not None:
        each = np.broadcast_to(hours, declination.shape)
        fits[fits] = _from_side(light.azimuth, azimuth_seen(declination[fits], each[fits], latitude))
    return fits


def _of_year(
    year: int, light: Sunlight, place: Place, clock: ZoneInfo | None, interval: Interval | None
) -> Iterator[Window]:
    start = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    noons = days_since_j2000(start) + 0.5 - place.longitude / 360 + np.arange(368.0)
    declination, equation = declination_and_equation(noons)
    noons -= equation / 1440
    drift = np.gradient(declination)
    fits = _on_grid(light, declination[:, None] + drift[:, None] * _HOURS / 360, place.latitude)
    due: Flags = np.ones(fits.shape, dtype=np.bool_)
    if interval is not None:
        instants = noons[:, None] + _HOURS / 360
        due = (instants >= days_since_j2000(interval.earliest) - _HALF_STEP) & (
            instants <= days_since_j2000(interval.latest) + _HALF_STEP
        )
    days = list(_local_days(start, noons, clock))
    middle = len(_HOURS) // 2
    for half, part in ((Half.MORNING, slice(0, middle + 1)), (Half.AFTERNOON, slice(middle, None))):
        fitting, hours = fits[:, part], _HOURS[part]
        some: Flags = np.any(fitting, axis=1)
        first = hours[fitting.argmax(axis=1)]
        last = hours[hours.size - 1 - fitting[:, ::-1].argmax(axis=1)]
        in_time: Flags = np.any(fitting & due[:, part], axis=1)
        rows = [row for row, (day, _minute) in enumerate(days) if some[row] and day.year == year]
        for run in _runs(rows):
            yield Window(
                half,
                days[run[0]][0],
                days[run[-1]][0],
                tuple(
                    (
                        days[row][0].timetuple().tm_yday,
                        round(days[row][1] + 4 * first[row]),
                        round(days[row][1] + 4 * last[row]),
                    )
                    for row in _drawn(run)
                ),
                bool(in_time[run].any()),
            )


def _local_days(start: datetime, noons: Numbers, clock: ZoneInfo | None) -> Iterator[tuple[date, float]]:
    """The clock's date of every solar noon, and the minute it shows."""
    for noon in noons:
        instant = start + timedelta(days=float(noon) - days_since_j2000(start))
        shown = instant.astimezone(clock) if clock else instant
        yield shown.date(), shown.hour * 60 + shown.minute + shown.second / 60


def _runs(rows: list[int]) -> Iterator[list[int]]:
    """Rows that follow on one another."""
    for _key, group in itertools.groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        yield [row for _number, row in group]


def _drawn(run: list[int]) -> list[int]:
    return [*run[:-1:DRAWN_EVERY_DAYS], run[-1]]
