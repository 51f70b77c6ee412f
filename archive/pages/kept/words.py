"""A view's filters and a frozen list in words that outlive the page they were made on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.pages.citation import SITE
from archive.pages.exploring.place_words import filter_words
from archive.pages.wording.times import day
from archive.values.selection import SelectionError, Sort, parse_selection

if TYPE_CHECKING:
    from datetime import datetime

    from archive.desk.models import FrozenSelection
    from archive.values.selection import Selection

_NAMES = {
    "q": "words",
    "within": "inside a drawn area",
    "from": "from",
    "to": "to",
    "collection": "collection",
    "status": "status",
    "licence": "rights",
    "device": "camera",
}
_WHOLE = {
    "undated": "without a date",
    "unplaced": "without a location",
    "sure": "also photos that might match",
}
_ORDERS = {
    Sort.NEWEST: "newest first",
    Sort.ADDED_FIRST: "first added first",
    Sort.ADDED_LAST: "last added first",
}
EVERYTHING = "every photo, oldest first"


def filters_of(selection: Selection) -> tuple[str, ...]:
    """Say each filter, as exactly as the address does; one line where nothing is filtered."""
    found = []
    for name, value in selection.pairs():
        if name in _WHOLE:
            found.append(_WHOLE[name])
        elif name == "sort":
            found.append(_ORDERS[Sort(value)])
        elif name == "within":
            found.append(f"{_NAMES[name]} of {value.count(';') + 1} corners")
        elif name == "bbox":
            found.append(_area_words(value))
        elif name in {"near", "sees"}:
            found.append(_point_words(name, value))
        elif name == "q":
            found.append(f"words “{value}”")
        else:
            found.append(f"{_NAMES.get(name, name)} {value}")
    return tuple(found) or (EVERYTHING,)


def _point_words(name: str, value: str) -> str:
    """Say it as its chip does, and where that names a town, also by its coordinates."""
    words = filter_words(name, value)
    latitude, longitude, *_ = value.split(",")
    at = f"{latitude}, {longitude}"
    return words if at in words else f"{words} ({at})"


def _area_words(value: str) -> str:
    west, south, east, north = map(float, value.split(","))
    return f"between {_corner_words(south, west)} and {_corner_words(north, east)}"


def _corner_words(latitude: float, longitude: float) -> str:
    north = f"{abs(latitude):.10g}° {'S' if latitude < 0 else 'N'}"
    return f"{north}, {abs(longitude):.10g}° {'W' if longitude < 0 else 'E'}"


def selection_or_none(query: str) -> Selection | None:
    """Read a kept query; None where this version of the archive cannot read it any more."""
    try:
        return parse_selection(query)
    except SelectionError:
        return None


def count_words(photos: int) -> str:
    return "1 photo" if photos == 1 else f"{photos:,} photos"


def made_on(at: datetime) -> str:
    return day(at)


def citation_of(frozen: FrozenSelection, filters: tuple[str, ...], permalink: str) -> str:
    """“Title” or what was asked. How many, where, when, hash, address."""
    asked = "; ".join(filters) or "a selection"
    head = f"“{frozen.title}”, {count_words(frozen.photos)}" if frozen.title else count_words(frozen.photos)
    return (
        f"{head} ({asked}). {SITE} photo archive, list frozen on {made_on(frozen.made_at)}, "
        f"SHA-256 {frozen.sha256}. {permalink}"
    )
