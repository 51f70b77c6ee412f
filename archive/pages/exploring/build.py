"""Make Explore's page from a Selection: one answer of the atlas and the first page of its list."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings

from archive.access.rights import scope
from archive.atlas.as_json import card_json
from archive.atlas.engine import answer as atlas_answer
from archive.atlas.listing import page as atlas_page
from archive.pages.exploring.context import (
    CardGroup,
    CardView,
    DateField,
    Download,
    ExplorePage,
    Option,
    ViewLink,
)
from archive.pages.exploring.place_bounds import asked_bounds
from archive.pages.exploring.typed_places import Typed, place_form
from archive.pages.exploring.words import (
    ORDERS,
    chips_of,
    explore_address,
    headline_of,
    menus_of,
    years_of,
)
from archive.values.selection import Selection, Sure, parse_selection
from archive.values.settled import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from archive.atlas.answers import Answer
    from archive.atlas.cards import Card

VIEWS = {"map": "Map", "list": "List", "table": "Table"}
NOTHING_TYPED = Typed()
FIRST_ZOOM = 2  # the pins are asked for by the script, at its own zoom
EARLY = 6  # cards in a small window
GRID_LEADS_BELOW = 0.2  # share of photos with a location; explore-view.js knows it too
DOWNLOADS = {
    "/api/photos.geojson": "GeoJSON, for maps",
    "/api/photos.csv": "CSV, for tables",
    "/api/photos.kml": "KML, for globes",
    "/report/": "Report, with grounds and proof",
}


def explore_page(
    request: HttpRequest, query: str, *, typed: Typed = NOTHING_TYPED, trouble: str = ""
) -> ExplorePage:
    """Raises SelectionError when the query, or the cursor in `after`, cannot be read.

    `typed` are the fields for a place that could not all be read: the page keeps them.
    """
    selection = parse_selection(query)
    canonical = selection.query()
    pairs = selection.pairs()
    stand = scope(request.user)
    answer = atlas_answer(stand, selection, zoom=FIRST_ZOOM)
    found = atlas_page(stand, selection, after="" if trouble else request.GET.get("after", ""))
    menus = menus_of(answer, selection)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "map"
    return ExplorePage(
        query=canonical,
        area=asked_bounds(selection),
        extent=extent_text(answer),
        view=view,
        views=tuple(
            ViewLink(name, words, explore_address(f"{canonical}&view={name}".lstrip("&")), name == view)
            for name, words in VIEWS.items()
        ),
        lead="grid" if few_placed(answer, selection) else "map",
        trouble=trouble,
        carried=tuple(pair for pair in pairs if pair[0] != "q"),
        chips=chips_of(selection, menus),
        dates=(DateField("from", selection.since), DateField("to", selection.until)),
        facets=menus,
        years=years_of(answer, selection),
        places=place_form(selection, typed),
        sure=selection.sure is Sure.POSSIBLY,
        orders=tuple(Option(sort.value, words, sort is selection.sort) for sort, words in ORDERS.items()),
        downloads=tuple(
            Download(words, base, f"{base}?{canonical}" if canonical else base)
            for base, words in DOWNLOADS.items()
        ),
        headline=headline_of(answer, selection),
        groups=groups_of(found.photos, canonical),
        next=found.next or "",
        next_address=_next_address(selection, found.next),
        tiles_url=settings.TILES_URL,
        tiles_attribution=settings.TILES_ATTRIBUTION,
    )


def extent_text(answer: Answer) -> str:
    """Where the photos of a view without an area are; with an area the map shows that."""
    extent = answer.extent
    return "" if extent is None else f"{extent.west},{extent.south},{extent.east},{extent.north}"


def few_placed(answer: Answer, selection: Selection) -> bool:
    if selection.unplaced:
        return True
    return not selection.has_area and answer.placed < answer.total * GRID_LEADS_BELOW


def groups_of(cards: Sequence[Card], query: str) -> tuple[CardGroup, ...]:
    numbered = groupby(enumerate(cards), key=lambda pair: pair[1].group)
    return tuple(
        CardGroup(words, tuple(card_view(card, query, early=n < EARLY) for n, card in group))
        for words, group in numbered
    )


def card_view(card: Card, query: str, *, early: bool) -> CardView:
    known = card.place or card.time
    return CardView(
        id=card.id,
        title=card.title or card.alt or "Untitled photo",
        address=f"{card.url}?{query}" if query else card.url,
        icon=known.status if known else Status.UNKNOWN.value,
        status=card.status,
        thumb=card.thumb,
        data=json.dumps(card_json(card), ensure_ascii=False, separators=(",", ":")),
        early=early,
    )


def _next_address(selection: Selection, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = selection.query()
    return explore_address(f"{query}&after={cursor}" if query else f"after={cursor}")
