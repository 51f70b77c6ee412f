"""Which zones kept which offset from UTC, and when: from the rules of the time zone database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.gazetteer import country_name
from archive.values.place import Place, distance_m

QUARTER_S: Final = 900
FURTHEST_M: Final = 4_000_000.0
MOST_NAMED: Final = 3
_SINCE: Final = datetime(1980, 1, 1, tzinfo=UTC)  # older than any clock in a camera
_UNTIL: Final = datetime(2037, 1, 1, tzinfo=UTC)
_STEP: Final = timedelta(days=7)
_SPELLED: Final = re.compile(r"([+-]\d{2})(\d{2})(\d{2})?([+-]\d{3})(\d{2})(\d{2})?")


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates on which an offset was in force, both included; None where it reaches beyond the search."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class _Zone:
    name: str
    country: str
    place: Place


def offset_at(zone: str, instant: datetime) -> int | None:
    """Return minutes east of UTC in a civil zone; None at sea (`Etc/*`) and for a zone without rules here."""
    if zone.startswith("Etc/"):
        return None
    try:
        offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, OverflowError):
        return None
    return None if offset is None else round(offset / timedelta(minutes=1))


def neighbours_on(minutes: int, instant: datetime, place: Place | None) -> tuple[str, ...]:
    """Return countries whose clocks showed an offset at an instant, nearest first by their zones' cities.

    Without a place, none: half the world would be named.
    """
    if place is None:
        return ()
    near: dict[str, float] = {}
    for zone in _zones():
        distance = distance_m(place, zone.place)
        if distance < near.get(zone.country, FURTHEST_M) and offset_at(zone.name, instant) == minutes:
            near[zone.country] = distance
    nearest = sorted(near, key=near.__getitem__)[:MOST_NAMED]
    return tuple(country_name(code) or code for code in nearest)


@lru_cache(maxsize=256)
def periods_of(zone: str, minutes: int) -> tuple[Period, ...]:
    """Return when, since 1980, a zone kept an offset, by steps of a week and then to the second."""
    periods: list[Period] = []
    begun: date | None = None
    inside = offset_at(zone, _SINCE) == minutes
    at = _SINCE
    while at < _UNTIL:
        after = at + _STEP
        if (offset_at(zone, after) == minutes) != inside:
            change = _change(zone, minutes, at, after)
            if inside:
                periods.append(Period(begun, _local_date(change - timedelta(seconds=1), minutes)))
            else:  # the day as the clocks had it that were then set anew
                begun = _local_date(change, offset_at(zone, at) or 0)
            inside = not inside
        at = after
    if inside:
        periods.append(Period(begun, None))
    return tuple(periods)


def _change(zone: str, minutes: int, before: datetime, after: datetime) -> datetime:
    """Halve the span until the second is found from which on it is otherwise."""
    was = offset_at(zone, before) == minutes
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if (offset_at(zone, middle) == minutes) == was:
            before = middle
        else:
            after = middle
    return after


def _local_date(instant: datetime, minutes: int) -> date:
    return (instant + timedelta(minutes=minutes)).date()


@lru_cache(maxsize=1)
def _zones() -> tuple[_Zone, ...]:
    """Read zone.tab of the time zone database: a zone's country and its principal city."""
    text = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, spelled, name = line.split("\t")[:3]
            match = _SPELLED.fullmatch(spelled)
            if match is not None:
                north, east = _angle(*match.groups()[:3]), _angle(*match.groups()[3:])
                found.append(_Zone(name, country, Place(north, east)))
    return tuple(found)


def _angle(degrees: str, minutes: str, seconds: str | None) -> float:
    size = abs(int(degrees)) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if degrees.startswith("-") else size
