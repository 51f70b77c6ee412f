"""Small questions that the place tools ask while a person types or draws; no photo is told about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.gazetteer import GazetteerError
from archive.pages.exploring.place_words import PLACE_FILTERS, filter_words, spot_words, town_label
from archive.pages.exploring.typed_places import read_typed, towns_like
from archive.values.coordinates import LONGEST_TEXT, CoordinatesError, decimal_text, parse_coordinates
from archive.values.selection import SelectionError, parse_selection

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.gazetteer import Named

_unchanging = cache_control(private=True, max_age=3600)  # the gazetteer is a file of the installation


@require_safe
@_unchanging
def suggestions(request: HttpRequest) -> JsonResponse:
    """Offer places for some words: {"towns": [{"label", "latitude", "longitude"}], "error"}."""
    words = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    try:
        place = parse_coordinates(words)
    except CoordinatesError as unread:
        note = str(unread) if any(letter.isdigit() for letter in words) else ""
    else:
        label = f"{decimal_text(place)} · {spot_words(place)}"
        at = {"label": label, "latitude": place.latitude, "longitude": place.longitude}
        return JsonResponse({"towns": [at]})
    try:
        towns = towns_like(words)
    except GazetteerError as missing:
        towns, note = [], str(missing)
    return JsonResponse(
        {"towns": [_town(town) for town in towns], **({"error": note} if note and not towns else {})}
    )


@require_safe
def typed(request: HttpRequest) -> JsonResponse:
    """Read what is typed: {"changes": {filter: text}, "errors": {field: sentence}, "choices": [...]}."""
    found = read_typed(request.GET)
    return JsonResponse(
        {
            "changes": found.changes,
            "errors": found.errors,
            "choices": [{**_town(town), "people": town.population} for town in found.namesakes],
        }
    )


@require_safe
@_unchanging
def words(request: HttpRequest) -> JsonResponse:
    """Say in words what the place filters of an address ask for: {filter: words}, or {"error"}."""
    try:
        selection = parse_selection(request.META.get("QUERY_STRING", ""))
    except SelectionError as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    asked = {name: text for name, text in selection.pairs() if name in PLACE_FILTERS}
    return JsonResponse({name: filter_words(name, text) for name, text in asked.items()})


def _town(town: Named) -> dict[str, str | float]:
    return {"label": town_label(town), "latitude": town.latitude, "longitude": town.longitude}
