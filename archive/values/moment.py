"""When: the wall clock as written, and the UTC interval that surely holds the instant.

A clock without a zone is 26 hours wide, because civil offsets run from UTC-12 to UTC+14.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

EASTMOST_MINUTES = 14 * 60
WESTMOST_MINUTES = -12 * 60
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - civil time, no zone is meant
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """Civil time where the picture was taken: first and last second it may be, both included.

    `offset_minutes` is east of UTC, None when nobody stated it. Both datetimes are naive.
    """

    earliest: datetime
    latest: datetime
    offset_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is not None or self.latest.tzinfo is not None:
            raise ValueError("civil time carries no zone; put the offset in offset_minutes")
        if self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")
        if self.offset_minutes is not None and not (
            WESTMOST_MINUTES <= self.offset_minutes <= EASTMOST_MINUTES
        ):
            raise ValueError(f"offset of {self.offset_minutes} minutes is not in use anywhere")

    @classmethod
    def at(cls, clock: datetime, offset_minutes: int | None = None) -> Moment:
        """The one second a clock showed."""
        whole = clock.replace(microsecond=0)
        return cls(whole, whole, offset_minutes)


@dataclass(frozen=True, slots=True)
class Interval:
    """UTC instants, both included; aware."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError("an interval of instants needs a zone")
        if self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")

    @property
    def width(self) -> timedelta:
        return self.latest - self.earliest


def utc_interval(moment: Moment, zone: str | None = None) -> Interval:
    """Return the UTC interval that holds the moment.

    A stated offset decides; else the zone of the place (an ambiguous autumn hour keeps both readings, a
    spring hour that never was keeps both guesses); else every offset in use. `Etc/*` zones at sea are no
    civil time and do not narrow. Raises `zoneinfo.ZoneInfoNotFoundError` on an unknown zone.
    """
    if moment.offset_minutes is not None:
        offset = timezone(timedelta(minutes=moment.offset_minutes))
        return Interval(_utc(moment.earliest, offset), _utc(moment.latest, offset))
    if zone is not None and not zone.startswith("Etc/"):
        local = ZoneInfo(zone)
        first = [_utc(moment.earliest.replace(fold=fold), local) for fold in (0, 1)]
        last = [_utc(moment.latest.replace(fold=fold), local) for fold in (0, 1)]
        return Interval(min(first), max(last))
    return Interval(
        _shifted(moment.earliest, -EASTMOST_MINUTES),
        _shifted(moment.latest, -WESTMOST_MINUTES),
    )


def civil_at(instant: datetime, zone: str | None = None) -> Moment:
    """Return the civil time of an aware instant in a zone; without one, all civil times then on earth.

    `Etc/*` zones at sea are no civil time and tell nothing.
    """
    if zone is not None and not zone.startswith("Etc/"):
        there = instant.astimezone(ZoneInfo(zone))
        offset = there.utcoffset()
        return Moment.at(
            there.replace(tzinfo=None), round(offset / timedelta(minutes=1)) if offset is not None else None
        )
    bare = civil_in_utc(instant)
    return Moment(bare + timedelta(minutes=WESTMOST_MINUTES), bare + timedelta(minutes=EASTMOST_MINUTES))


def shown_in_utc(clock: datetime) -> datetime:
    """Return the instant of a clock that is known to have shown UTC."""
    return clock.replace(tzinfo=UTC)


def civil_in_utc(instant: datetime) -> datetime:
    """Return what a clock set to UTC shows at an instant, to the second."""
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def local_seconds(clock: datetime) -> int:
    """Seconds from 1970-01-01T00:00 by the civil calendar (proleptic Gregorian), no zone involved."""
    return (clock.replace(tzinfo=None, microsecond=0) - EPOCH) // SECOND


def from_local_seconds(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def _utc(clock: datetime, zone: timezone | ZoneInfo) -> datetime:
    try:
        return clock.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # within a day of year 1 or 9999
        return clock.replace(tzinfo=UTC)


def _shifted(clock: datetime, minutes: int) -> datetime:
    try:
        return clock.replace(tzinfo=UTC) + timedelta(minutes=minutes)
    except OverflowError:
        return clock.replace(tzinfo=UTC)
