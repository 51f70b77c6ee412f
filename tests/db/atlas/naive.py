"""The counting rules once more, over plain lists: slow, obvious, and sharing no code with the engine.

Only the rectangle round a circle of doubt is taken over, since it is stored with the row.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

EPOCH = datetime(1970, 1, 1)
OPEN_FIRST = int((datetime(1, 1, 1) - EPOCH).total_seconds())
OPEN_LAST = int((datetime(9999, 12, 31, 23, 59, 59) - EPOCH).total_seconds())

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Spot:
    lat: float
    lon: float
    radius: float | None
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Pic:
    """One photo as one audience sees it."""

    ref: str
    collection: str
    spots: tuple[Spot, ...]
    when: tuple[int, int] | None
    place_status: int
    time_status: int
    licence: str
    device: str
    words: frozenset[str]
    added: int


@dataclass(frozen=True)
class Wanted:
    """In `boxes` west > east crosses the antimeridian."""

    boxes: tuple[Box, ...] = ()
    first: int | None = None
    last: int | None = None
    possibly: bool = False
    words: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    place_statuses: frozenset[int] = frozenset()
    time_statuses: frozenset[int] = frozenset()
    licences: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    undated: bool = False
    unplaced: bool = False


def _arc(west: float, east: float) -> tuple[float, float]:
    """Where an arc starts and how far it goes eastward."""
    width = east - west
    return west, width + 360 if width < 0 else width


def _arc_inside(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    (start, width), (from_, room) = _arc(*inner), _arc(*outer)
    return room >= 360 or (start - from_) % 360 + width <= room


def _arcs_touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    (start, width), (from_, room) = _arc(*one), _arc(*other)
    return room >= 360 or width >= 360 or (start - from_) % 360 <= room or (from_ - start) % 360 <= width


def spot_inside(spot: Spot, box: Box) -> bool:
    west, south, east, north = box
    return south <= spot.south and spot.north <= north and _arc_inside((spot.west, spot.east), (west, east))


def spot_touches(spot: Spot, box: Box) -> bool:
    west, south, east, north = box
    return spot.south <= north and spot.north >= south and _arcs_touch((spot.west, spot.east), (west, east))


def centre_inside(spot: Spot, boxes: tuple[Box, ...]) -> bool:
    return all(
        south <= spot.lat <= north and _arc_inside((spot.lon, spot.lon), (west, east))
        for west, south, east, north in boxes
    )


def placed_certain(pic: Pic, boxes: tuple[Box, ...]) -> bool:
    if not boxes:
        return True
    return bool(pic.spots) and all(spot_inside(spot, box) for spot in pic.spots for box in boxes)


def placed_possible(pic: Pic, boxes: tuple[Box, ...]) -> bool:
    return not boxes or any(all(spot_touches(spot, box) for box in boxes) for spot in pic.spots)


def dated_certain(pic: Pic, wanted: Wanted) -> bool:
    if wanted.first is None and wanted.last is None:
        return True
    return pic.when is not None and (
        (wanted.first is None or wanted.first <= pic.when[0])
        and (wanted.last is None or pic.when[1] <= wanted.last)
    )


def dated_possible(pic: Pic, wanted: Wanted) -> bool:
    if wanted.first is None and wanted.last is None:
        return True
    return pic.when is not None and (
        (wanted.first is None or wanted.first <= pic.when[1])
        and (wanted.last is None or pic.when[0] <= wanted.last)
    )


def sharp(pic: Pic, wanted: Wanted, ignoring: str = "") -> bool:
    tests = {
        "words": wanted.words <= pic.words,
        "collection": not wanted.collections or pic.collection in wanted.collections,
        "place_status": not wanted.place_statuses or pic.place_status in wanted.place_statuses,
        "time_status": not wanted.time_statuses or pic.time_status in wanted.time_statuses,
        "licence": not wanted.licences or pic.licence in wanted.licences,
        "device": not wanted.devices or pic.device in wanted.devices,
        "undated": not wanted.undated or pic.when is None,
        "unplaced": not wanted.unplaced or not pic.spots,
    }
    return all(passed for name, passed in tests.items() if name != ignoring)


def matches(
    pic: Pic,
    wanted: Wanted,
    *,
    possibly: bool | None = None,
    ignoring: str = "",
    area: bool = True,
    time: bool = True,
) -> bool:
    possibly = wanted.possibly if possibly is None else possibly
    in_area = (placed_possible if possibly else placed_certain)(pic, wanted.boxes) if area else True
    in_time = (dated_possible if possibly else dated_certain)(pic, wanted) if time else True
    return in_area and in_time and sharp(pic, wanted, ignoring)


def cell(spot: Spot, level: int) -> tuple[int, ...]:
    side = 2**level
    lat = max(-85.05112877980659, min(85.05112877980659, spot.lat))
    x = (spot.lon + 180) / 360 * side
    y = (1 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / math.pi) / 2 * side
    return tuple(min(side - 1, max(0, math.floor(part))) for part in (x, y))


def answer(pics: list[Pic], wanted: Wanted) -> dict[str, int]:
    found = [pic for pic in pics if matches(pic, wanted)]
    several = [pic for pic in found if len(pic.spots) > 1]
    single = [pic for pic in found if len(pic.spots) == 1]
    asked = bool(wanted.boxes)
    timed = wanted.first is not None or wanted.last is not None
    return {
        "total": len(found),
        "several": len(several),
        "edge": len([pic for pic in single if not centre_inside(pic.spots[0], wanted.boxes)]),
        "unplaced": len([pic for pic in pics if not pic.spots and matches(pic, wanted, area=not asked)]),
        "undated": len([pic for pic in pics if pic.when is None and matches(pic, wanted, time=not timed)]),
        "might": len([pic for pic in pics if matches(pic, wanted, possibly=True)])
        - len([pic for pic in pics if matches(pic, wanted, possibly=False)]),
    }


def pins(pics: list[Pic], wanted: Wanted, level: int) -> Counter[tuple[tuple[int, ...], str]]:
    """Photos by cell and kind: certain, possible, or parts of several."""
    found: Counter[tuple[tuple[int, ...], str]] = Counter()
    for pic in pics:
        if matches(pic, wanted):
            kind = "certain" if matches(pic, wanted, possibly=False) else "possible"
            spots = {cell(spot, level) for spot in pic.spots if centre_inside(spot, wanted.boxes)}
            for number in spots:  # a photo once in a cell, however many of its places lie there
                found[number, "part" if len(pic.spots) > 1 else kind] += 1
    return found


def facet(pics: list[Pic], wanted: Wanted, name: str) -> dict[Any, int]:
    found = Counter(getattr(pic, name) for pic in pics if matches(pic, wanted, ignoring=name))
    return dict(found)


def years(pics: list[Pic], wanted: Wanted) -> dict[int, int]:
    found: Counter[int] = Counter()
    for pic in pics:
        if pic.when and matches(pic, wanted, time=False):
            first, last = (clock(second).year for second in pic.when)
            if first == last:
                found[first] += 1
    return dict(found)


def clock(second: int) -> datetime:
    return EPOCH + timedelta(seconds=second)


UNITS: dict[str, Callable[[datetime], int]] = {
    "second": lambda t: (t - EPOCH) // timedelta(seconds=1),
    "minute": lambda t: (t - EPOCH) // timedelta(minutes=1),
    "hour": lambda t: (t - EPOCH) // timedelta(hours=1),
    "day": lambda t: (t - EPOCH) // timedelta(days=1),
    "month": lambda t: t.year * 12 + t.month,
    "year": lambda t: t.year,
    "decade": lambda t: t.year // 10,
    "century": lambda t: t.year // 100,
}


def histogram(pics: list[Pic], wanted: Wanted, span: tuple[int, int] | None = None) -> dict[str, Any] | None:
    """Unit, first slot's number, certain and possible by slot, spanning, outside."""
    whens = [pic.when for pic in pics if pic.when and matches(pic, wanted, time=False)]
    ends = [
        (last if first == OPEN_FIRST else first, first if last == OPEN_LAST else last)
        for first, last in whens
        if (first, last) != (OPEN_FIRST, OPEN_LAST)
    ]
    if not ends and span is None:
        return None
    lo, hi = span or (min(first for first, _ in ends), max(last for _, last in ends))
    unit, slot = next(
        (name, number) for name, number in UNITS.items() if number(clock(hi)) - number(clock(lo)) < 160
    )
    begin, end = slot(clock(lo)), slot(clock(hi))
    certain: Counter[int] = Counter()
    possible: Counter[int] = Counter()
    spanning = outside = 0
    for when in whens:
        first, last = (slot(clock(second)) for second in when)
        if last < begin or first > end:
            outside += 1
        elif first == last:
            certain[first - begin] += 1
        else:
            spanning += 1
            possible.update(range(max(first, begin) - begin, min(last, end) - begin + 1))
    return {
        "unit": unit,
        "length": end - begin + 1,
        "certain": [certain[at] for at in range(end - begin + 1)],
        "possible": [possible[at] for at in range(end - begin + 1)],
        "spanning": spanning,
        "outside": outside,
    }


def listed(pics: list[Pic], wanted: Wanted, sort: str) -> list[str]:
    found = sorted((pic for pic in pics if matches(pic, wanted)), key=lambda pic: pic.ref)
    if sort.endswith("added"):
        return [
            pic.ref for pic in sorted(found, key=lambda pic: (pic.added, pic.ref), reverse=sort[0] == "-")
        ]
    dated = sorted(((*pic.when, pic.ref) for pic in found if pic.when), reverse=sort[0] == "-")
    return [ref for _, _, ref in dated] + [pic.ref for pic in found if not pic.when]
