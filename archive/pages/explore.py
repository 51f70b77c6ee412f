"""Explore: map, timeline and list answer one Selection, held in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path
from django.views.decorators.gzip import gzip_page

from archive.pages.context import render_page
from archive.pages.exploring.build import explore_page
from archive.values.selection import SelectionError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@gzip_page  # a tenth of the bytes: every card is there twice, to be read and to go on with
def explore(request: HttpRequest) -> HttpResponse:
    """Show the first page of a Selection; an address that cannot be read says so and shows everything."""
    try:
        page = explore_page(request, request.META.get("QUERY_STRING", ""))
    except SelectionError as error:
        page = explore_page(request, "", trouble=str(error))
    return render_page(request, "explore/index.html", page, status=400 if page.trouble else 200)


urlpatterns: list[URLPattern] = [path("", explore, name="explore")]
