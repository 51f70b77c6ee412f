"""What Explore's template may use, made from a Selection; the same sentences as js/lib/explore-words.js."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings

from archive.values.selection import Selection, Sort, Sure, parse_selection

if TYPE_CHECKING:
    from django.http import HttpRequest

VIEWS = ("map", "list", "table")
ORDERS = {
    Sort.OLDEST: "oldest first",
    Sort.NEWEST: "newest first",
    Sort.ADDED_LAST: "last added first",
    Sort.ADDED_FIRST: "first added first",
}
FACETS = {"collection": "Collection", "status": "Status", "licence": "Rights", "device": "Camera"}
DOWNLOADS = {
    "/api/photos.geojson": "GeoJSON, for maps",
    "/api/photos.csv": "CSV, for tables",
    "/api/photos.kml": "KML, for globes",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another Selection; `change` is the same step for the script, as JSON."""

    words: str
    address: str
    change: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool
    count_words: str = ""


@dataclass(frozen=True, slots=True)
class FacetMenu:
    name: str
    words: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class DateField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Download:
    words: str
    base: str
    address: str


@dataclass(frozen=True, slots=True)
class CardView:
    """One card: `data` is the card of /api/photos as JSON, for the script to go on with."""

    id: str
    title: str
    address: str
    group: str
    icon: str
    status: str
    thumb: dict[str, object] | None
    data: str


@dataclass(frozen=True, slots=True)
class ExploreContext:
    atlas_url: str
    photos_url: str
    tiles_url: str
    tiles_attribution: str
    query: str
    area: str
    extent: str
    view: str
    lead: str
    trouble: str
    carried: tuple[tuple[str, str], ...]
    chips: tuple[Link, ...]
    dates: tuple[DateField, ...]
    facets: tuple[FacetMenu, ...]
    sure: bool
    orders: tuple[Option, ...]
    downloads: tuple[Download, ...]
    total_words: str
    might_words: str
    parts: tuple[Link, ...] = ()
    lines: tuple[Link, ...] = ()
    cards: tuple[CardView, ...] = ()
    next: str = ""
    next_address: str = ""
    answered: bool = field(default=False)


def explore_context(request: HttpRequest, query: str, *, trouble: str = "") -> ExploreContext:
    """Raises SelectionError when the query cannot be read."""
    selection = parse_selection(query)
    canonical = selection.query()
    pairs = selection.pairs()
    view = request.GET.get("view", "")
    return ExploreContext(
        atlas_url="/api/atlas",
        photos_url="/api/photos",
        tiles_url=settings.TILES_URL,
        tiles_attribution=settings.TILES_ATTRIBUTION,
        query=canonical,
        area=next((text for name, text in pairs if name == "bbox"), ""),
        extent="",
        view=view if view in VIEWS else "map",
        lead="map",
        trouble=trouble,
        carried=tuple(pair for pair in pairs if pair[0] != "q"),
        chips=chips_of(selection),
        dates=(DateField("from", selection.since), DateField("to", selection.until)),
        facets=tuple(FacetMenu(name, words, ()) for name, words in FACETS.items()),
        sure=selection.sure is Sure.POSSIBLY,
        orders=tuple(Option(sort, words, sort is selection.sort) for sort, words in ORDERS.items()),
        downloads=tuple(
            Download(words, base, f"{base}?{canonical}" if canonical else base)
            for base, words in DOWNLOADS.items()
        ),
        total_words="Photos",
        might_words="0",
    )


def chips_of(selection: Selection) -> tuple[Link, ...]:
    """Everything that is set and has no field of its own, each with the address without it."""
    words = {
        "bbox": "Area: this map",
        "near": "Near a place",
        "undated": "No date",
        "unplaced": "No location",
    }
    chips = []
    for name, value in selection.pairs():
        if name in FACETS:
            address = selection.without(name, value=value).query()
            change = {"drop": name, "value": value}
            chips.append(
                Link(f"{FACETS[name]}: {value.replace('-', ' ')}", f"/?{address}", json.dumps(change))
            )
        elif name in words or name == "q":
            address = selection.without(name).query()
            text = words.get(name, f"“{value}”")
            chips.append(Link(text, f"/?{address}", json.dumps({name: ""})))
    return tuple(chips)
