"""Explore: map, timeline and list answer one Selection, held in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.gzip import gzip_page

from archive.pages.context import render_page
from archive.pages.exploring import asking
from archive.pages.exploring.build import VIEWS, explore_page
from archive.pages.exploring.typed_places import applied, read_typed
from archive.pages.exploring.words import explore_address
from archive.values.selection import SelectionError, parse_selection

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@gzip_page  # a tenth of the bytes: every card is there twice, to be read and to go on with
def explore(request: HttpRequest) -> HttpResponse:
    """Show the first page of a Selection; an address that cannot be read says so and shows everything.

    Fields of the form for a place lead to the address of what they ask for.
    """
    query = request.META.get("QUERY_STRING", "")
    typed = read_typed(request.GET)
    try:
        if typed and not typed.errors:
            return redirect(_with_view(applied(parse_selection(query), typed).query(), request))
        page = explore_page(request, query, typed=typed)
    except SelectionError as error:
        page = explore_page(request, "", trouble=str(error))
    return render_page(request, "explore/index.html", page, status=400 if page.trouble or typed else 200)


def _with_view(query: str, request: HttpRequest) -> str:
    view = request.GET.get("view", "")
    kept = f"view={view}" if view in VIEWS else ""
    return explore_address("&".join(filter(None, (query, kept))))


urlpatterns: list[URLPattern] = [
    path("", explore, name="explore"),
    path("ask/places/", asking.suggestions, name="explore-ask-places"),
    path("ask/typed-place/", asking.typed, name="explore-ask-typed"),
    path("ask/place-words/", asking.words, name="explore-ask-words"),
]
