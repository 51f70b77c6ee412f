"""One set of filters, parsed once from the query string and shared by map, timeline, list, export and API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import local_seconds
from archive.values.place import Box, Place
from archive.values.ring import Ring
from archive.values.selection_text import (
    SelectionError,
    box_from,
    box_text,
    fields_of,
    flag_from,
    near_from,
    near_text,
    one_of,
    sees_from,
    sees_text,
    within_from,
    within_text,
    words_from,
)
from archive.values.settled import Status
from archive.values.sight import Sight

__all__ = ["NONE", "Selection", "SelectionError", "Sort", "Sure", "parse_selection", "unknown_parameters"]

NONE = "none"
"""The value that asks for photos without a licence, or without a device."""

GROUPS = {"time": ("from", "to"), "area": ("bbox", "near", "within", "sees")}
REPEATED = ("collection", "status", "licence", "device")
SINGLE = ("q", "bbox", "near", "within", "sees", "from", "to", "sure", "undated", "unplaced", "sort")


class Sure(StrEnum):
    """Whether a photo must match for certain, or may match by its doubt about place or date."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"


class Sort(StrEnum):
    OLDEST = "date"
    NEWEST = "-date"
    ADDED_FIRST = "added"
    ADDED_LAST = "-added"


STATUS_WORDS = {
    f"{question}-{status.value.replace('_', '-')}": (question, status)
    for question in ("place", "date")
    for status in Status
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Every filter at once; the default is everything the viewer may see.

    Values within one filter are alternatives, filters together narrow. `since` and `until` are canonical
    EDTF, inclusive, local civil time; the statuses of the place and of the date are two filters. Build it
    with `parse_selection` or from canonical values: `query()` gives back an equal Selection.
    """

    words: str = ""
    box: Box | None = None
    near: Place | None = None
    within: Ring | None = None
    sees: Sight | None = None
    since: str = ""
    until: str = ""
    sure: Sure = Sure.CERTAINLY
    collections: tuple[str, ...] = ()
    place_statuses: tuple[Status, ...] = ()
    date_statuses: tuple[Status, ...] = ()
    licences: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    undated: bool = False
    unplaced: bool = False
    sort: Sort = Sort.OLDEST

    def __post_init__(self) -> None:
        if self.undated and self.has_time:
            raise SelectionError("photos without a date have no from or to: remove undated or the dates")
        if self.unplaced and self.has_area:
            raise SelectionError("photos without a location are in no area: remove unplaced or the area")
        first, last = self.first_second, self.last_second
        if first is not None and last is not None and first > last:
            raise SelectionError(
                f"from={self.since} is later than to={self.until}: write the earlier one first"
            )

    @property
    def has_time(self) -> bool:
        return bool(self.since or self.until)

    @property
    def has_area(self) -> bool:
        """Whether photos without a location are left out."""
        return any(asked is not None for asked in (self.box, self.near, self.within, self.sees))

    @property
    def first_second(self) -> int | None:
        """Where the time asked for begins, in civil seconds since 1970; None when it has no beginning."""
        return local_seconds(parse_edtf(self.since).moment().earliest) if self.since else None

    @property
    def last_second(self) -> int | None:
        """Where the time asked for ends, included; None when it has no end."""
        return local_seconds(parse_edtf(self.until).moment().latest) if self.until else None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return names and values as the address spells them, in one fixed order, defaults left out."""
        statuses = [("place", status) for status in self.place_statuses]
        statuses += [("date", status) for status in self.date_statuses]
        found = [
            ("q", self.words),
            ("bbox", box_text(self.box) if self.box else ""),
            ("near", near_text(self.near) if self.near else ""),
            ("within", within_text(self.within) if self.within else ""),
            ("sees", sees_text(self.sees) if self.sees else ""),
            ("from", self.since),
            ("to", self.until),
            ("sure", self.sure.value if self.sure is not Sure.CERTAINLY else ""),
            *(("collection", slug) for slug in self.collections),
            *(("status", f"{asked}-{status.value.replace('_', '-')}") for asked, status in statuses),
            *(("licence", text) for text in self.licences),
            *(("device", text) for text in self.devices),
            ("undated", "1" if self.undated else ""),
            ("unplaced", "1" if self.unplaced else ""),
            ("sort", self.sort.value if self.sort is not Sort.OLDEST else ""),
        ]
        return tuple((name, value) for name, value in found if value)

    def query(self) -> str:
        """Return the canonical query string, empty when nothing is filtered."""
        return urlencode(self.pairs(), quote_via=quote, safe=",:;/")

    def without(self, *names: str, value: str | None = None) -> Selection:
        """Return the Selection less the named filters: names of the address, or the groups "time" and "area".

        With `value` only that value of a repeatable filter goes.
        """
        gone = {part for name in names for part in GROUPS.get(name, (name,))}
        unknown = gone.difference(SINGLE, REPEATED)
        if unknown:
            raise SelectionError(f"there is no filter {', '.join(sorted(unknown))}")
        kept = [
            (name, text)
            for name, text in self.pairs()
            if name not in gone or (value is not None and text != value)
        ]
        return parse_selection(urlencode(kept))

    def plus(self, **values: str) -> Selection:
        """Return the Selection with filters set anew, by the names of the address (`from_` for from)."""
        wanted = {name.rstrip("_"): text for name, text in values.items()}
        kept = [pair for pair in self.pairs() if pair[0] not in wanted]
        return parse_selection(urlencode([*kept, *wanted.items()]))


def parse_selection(query: str) -> Selection:
    """Read a query string; other parameters are left to `unknown_parameters`. Raises SelectionError."""
    fields = fields_of(query)
    single = {name: _single(fields, name) for name in SINGLE}
    place_statuses, date_statuses = _statuses(fields.get("status", []))
    return Selection(
        words=words_from(single["q"]),
        box=box_from(single["bbox"]),
        near=near_from(single["near"]),
        within=within_from(single["within"]),
        sees=sees_from(single["sees"]),
        since=_date(single["from"], "from"),
        until=_date(single["to"], "to"),
        sure=Sure(one_of("sure", single["sure"] or Sure.CERTAINLY, list(Sure))),
        collections=_several(fields, "collection"),
        place_statuses=place_statuses,
        date_statuses=date_statuses,
        licences=_several(fields, "licence"),
        devices=_several(fields, "device"),
        undated=flag_from("undated", single["undated"]),
        unplaced=flag_from("unplaced", single["unplaced"]),
        sort=Sort(one_of("sort", single["sort"] or Sort.OLDEST, list(Sort))),
    )


def unknown_parameters(query: str, also: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the parameters that are neither filters nor in `also`, for a door to refuse or report."""
    return tuple(sorted(set(fields_of(query)).difference(SINGLE, REPEATED, also)))


def _single(fields: dict[str, list[str]], name: str) -> str:
    values = fields.get(name, [])
    if len(values) > 1:
        raise SelectionError(f"{name}= is given {len(values)} times: give it once")
    return values[0] if values else ""


def _several(fields: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(sorted(set(fields.get(name, []))))


def _date(text: str, name: str) -> str:
    if not text:
        return ""
    try:
        span = parse_edtf(text)
    except EdtfError as error:
        raise SelectionError(f"{name}={text}: {error}") from error
    if (span.earliest if name == "from" else span.latest) is None:
        end = "beginning" if name == "from" else "end"
        raise SelectionError(f"{name}={text} has no {end}: write a date such as 1923 or 2019-06-12")
    return span.text


def _statuses(texts: list[str]) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    found = [STATUS_WORDS[one_of("status", text, list(STATUS_WORDS))] for text in texts]
    return (
        tuple(status for status in Status if ("place", status) in found),
        tuple(status for status in Status if ("date", status) in found),
    )
