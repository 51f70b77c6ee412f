"""Facts of one photo, made without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from archive.checks.check import Check
from archive.checks.facts import Facts, Frame
from archive.checks.results import Result
from archive.metadata import Reading, Statement
from archive.values.moment import Interval, Moment, utc_interval
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Basis, Facet, PlacePart, SettledPlace, SettledTime, Status

SEOUL = Place(37.5665, 126.978)
PYONGYANG = Place(39.0194, 125.7381)
NOON_IN_SEOUL = datetime(2020, 6, 1, 12, 30, 0)
RECEIVED = datetime(2024, 1, 1, tzinfo=UTC)
_numbers = count(1)


def a_reading(taken=None, *, offset=None, basis=None, gps=None, place=None, said=(), **facts) -> Reading:
    """Return what a file says; `said` are further (fact, tag, raw)."""
    statements = [Statement(*one) for one in said]
    if taken is not None:
        statements.append(Statement("taken_local", "EXIF DateTimeOriginal", f"{taken:%Y:%m:%d %H:%M:%S}"))
    if gps is not None:
        statements.append(Statement("gps_time_utc", "GPS GPSTimeStamp", str(gps)))
    return Reading(
        sha256="0" * 64,
        byte_count=1,
        format="JPEG",
        width=facts.pop("width", 400),
        height=facts.pop("height", 300),
        place=place,
        taken=Moment.at(taken, offset) if taken else None,
        offset_basis=basis,
        gps_time_utc=gps,
        statements=tuple(statements),
        **facts,
    )


def settled_at(*places: Place, zone=None, facet=Facet.CAMERA_PLACE) -> SettledPlace:
    parts = tuple(PlacePart(place, number, Basis.FILE) for number, place in enumerate(places, 1))
    return SettledPlace(Status.UNREVIEWED, facet, parts, zone)


def settled_on(when: Interval) -> SettledTime:
    return SettledTime(
        Status.UNREVIEWED, earliest_utc=when.earliest.isoformat(), latest_utc=when.latest.isoformat()
    )


def at(instant: datetime) -> Interval:
    return Interval(instant, instant)


def some_facts(reading: Reading | None = None, *, places=(), zone=None, when=None, **more) -> Facts:
    reading = reading or a_reading()
    if when is None and reading.taken is not None:
        when = utc_interval(reading.taken, zone)
    return Facts(
        photo=1,
        public_id="thisphoto",
        collection=1,
        reading=reading,
        file_name=more.pop("file_name", "picture.jpg"),
        received_at=more.pop("received_at", RECEIVED),
        place=more.pop("place", settled_at(*places, zone=zone) if places else SettledPlace()),
        time=settled_on(when) if when else SettledTime(),
        original=Path("original"),
        **more,
    )


def a_frame(place: Place, instant: datetime, reading: Reading | None = None, **more) -> Frame:
    number = next(_numbers) + 1
    return Frame(
        photo=number,
        public_id=f"frame{number}",
        place=place,
        taken=at(instant),
        reading=reading or a_reading(),
        readership=more.get("readership", Readership.PUBLIC),
    )


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def the_result(check: Check, facts: Facts) -> Result:
    """Return the one result of a check."""
    (result,) = check.run(facts)
    return result


def told(check: Check, result: Result) -> str:
    return check.words(result.outcome, {**result.facts, "others": 0})
