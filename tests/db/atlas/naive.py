"""The counting rules once more, over plain lists: slow, obvious, and sharing no code with the engines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tests.db.atlas.naive_areas import Areas, Look, Spot, may_be_near

EPOCH = datetime(1970, 1, 1)
OPEN_FIRST = int((datetime(1, 1, 1) - EPOCH).total_seconds())
OPEN_LAST = int((datetime(9999, 12, 31, 23, 59, 59) - EPOCH).total_seconds())


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
    look: Look = field(default_factory=Look)


@dataclass(frozen=True)
class Wanted:
    areas: Areas = field(default_factory=Areas)
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


def placed_certain(pic: Pic, areas: Areas) -> bool:
    if not areas:
        return True
    return bool(pic.spots) and all(areas.hold(spot, pic.look) for spot in pic.spots)


def placed_possible(pic: Pic, areas: Areas) -> bool:
    return not areas or any(areas.touch(spot, pic.look) for spot in pic.spots)


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
    in_area = (placed_possible if possibly else placed_certain)(pic, wanted.areas) if area else True
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
    asked = bool(wanted.areas)
    timed = wanted.first is not None or wanted.last is not None
    return {
        "total": len(found),
        "several": len(several),
        "edge": len([pic for pic in single if not wanted.areas.have_centre(pic.spots[0])]),
        "unplaced": len([pic for pic in pics if not pic.spots and matches(pic, wanted, area=not asked)]),
        "undated": len([pic for pic in pics if pic.when is None and matches(pic, wanted, time=not timed)]),
        "might": len([pic for pic in pics if matches(pic, wanted, possibly=True)])
        - len([pic for pic in pics if matches(pic, wanted, possibly=False)]),
    }


def within_reach(pics: list[Pic], wanted: Wanted) -> tuple[int | None, int | None]:
    """Photos that match everything else near enough to the point, and those of them with a direction."""
    sees = wanted.areas.sees
    if sees is None:
        return None, None
    elsewhere = replace(wanted, areas=replace(wanted.areas, sees=None))
    near = [
        pic for pic in pics if matches(pic, elsewhere) and any(may_be_near(spot, sees) for spot in pic.spots)
    ]
    return len(near), len([pic for pic in near if pic.look.direction is not None])


Pin = tuple[tuple[int, ...], str]
"""A cell and a kind: certain, possible, or part of several."""


def drawn(pics: list[Pic], wanted: Wanted, level: int) -> dict[Pin, list[tuple[Pic, Spot]]]:
    """Every place that is drawn, by pin."""
    found: dict[Pin, list[tuple[Pic, Spot]]] = {}
    for pic in pics:
        if matches(pic, wanted):
            kind = "certain" if matches(pic, wanted, possibly=False) else "possible"
            for spot in pic.spots:
                if wanted.areas.have_centre(spot):
                    pin = (cell(spot, level), "part" if len(pic.spots) > 1 else kind)
                    found.setdefault(pin, []).append((pic, spot))
    return found


def counted(members: list[tuple[Pic, Spot]]) -> int:
    """A photo once, however many of its places are there."""
    return len({pic.ref for pic, _ in members})


def depth(members: list[tuple[Pic, Spot]]) -> int:
    """The finest level that has all in one cell."""
    return max(level for level in range(27) if len({cell(spot, level) for _, spot in members}) == 1)


def cube(
    pics: list[Pic], wanted: Wanted, level: int, unit: str, starts: Sequence[datetime]
) -> Counter[tuple[Pin, int, int]]:
    """Dated photos by pin and first and last bin, without from and to."""
    timeless = replace(wanted, first=None, last=None)
    slot = UNITS[unit]
    found: Counter[tuple[Pin, int, int]] = Counter()
    for pin, members in drawn(pics, timeless, level).items():
        for when in {pic.ref: pic.when for pic, _ in members}.values():
            if when:
                first, last = (
                    max(-1, min(len(starts), slot(clock(second)) - slot(starts[0]))) for second in when
                )
                found[pin, first, last] += 1
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


LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
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


def before_slot(unit: str, starts: Sequence[datetime], at: int) -> datetime:
    """The last second of a bin."""
    if at + 1 < len(starts):
        return starts[at + 1] - timedelta(seconds=1)
    if unit in LENGTHS:
        return starts[at] + LENGTHS[unit] - timedelta(seconds=1)
    end = starts[at]
    while UNITS[unit](end) == UNITS[unit](starts[at]) and end.year < 9999:
        end += timedelta(days=27)
    while UNITS[unit](end) > UNITS[unit](starts[at]):
        end -= timedelta(days=1)
    while end < clock(OPEN_LAST - 86_400) and UNITS[unit](end + timedelta(days=1)) == UNITS[unit](starts[at]):
        end += timedelta(days=1)
    return end.replace(hour=23, minute=59, second=59)


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
