"""The list of collections and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from archive.access import rights
from archive.pages.collection_lists import collection_page, collections_page
from archive.pages.context import render_page


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    return render_page(request, "collections/list.html", collections_page(request))


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    found = rights.visible_collections(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return render_page(request, "collections/page.html", collection_page(request, found))


urlpatterns: list[URLPattern] = [
    path("collections/", collections, name="collections"),
    path("collections/<slug:slug>/", collection, name="collection"),
]
