"""Freezing a view: first what will be kept and for whom, then the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from archive.access import rights
from archive.atlas.chosen import ids_of
from archive.atlas.engine import answer
from archive.desk import pace
from archive.desk.errors import DeskError, TooManyError
from archive.desk.freezing import MOST_FROZEN, freeze, refuse_unfit
from archive.desk.models import LONGEST_TITLE
from archive.desk.reading import collections_named
from archive.pages.context import render_page
from archive.pages.kept.address import address_of
from archive.pages.kept.context import NewPage
from archive.pages.kept.words import filters_of
from archive.values.selection import Selection, SelectionError, parse_selection

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.access.rights import Viewer
    from archive.desk.models import FrozenSelection

STRANGER = AnonymousUser()


def new(request: HttpRequest) -> HttpResponse:
    """Show what would be frozen; a POST freezes it and leads to the list."""
    try:
        selection = parse_selection(request.META.get("QUERY_STRING", ""))
    except SelectionError as error:
        page = _page(request, Selection(), trouble=f"This view could not be read: {error}.")
        return render_page(request, "kept/new.html", page, status=400)
    if request.method != "POST":
        return render_page(request, "kept/new.html", _page(request, selection))
    try:
        frozen = _frozen(request, selection)
    except DeskError as error:
        status = 429 if isinstance(error, TooManyError) else 400
        page = _page(request, selection, trouble=str(error))
        return render_page(request, "kept/new.html", page, status=status)
    return redirect("selection", frozen.public_id)


def _frozen(request: HttpRequest, selection: Selection) -> FrozenSelection:
    address = address_of(request)
    pace.refuse_if_spent(request.user, address)
    for_members = _for_members(request)
    viewer: Viewer = request.user if for_members else STRANGER
    stand = rights.scope(viewer)
    refuse_unfit(answer(stand, selection, zoom=0).total)
    return freeze(
        ids=ids_of(stand, selection, most=MOST_FROZEN + 1),
        query=selection.query(),
        by=request.user,
        for_members=for_members,
        title=request.POST.get("title", ""),
        address=address,
    )


def _for_members(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.POST.get("readers") == "members"


def _page(request: HttpRequest, selection: Selection, *, trouble: str = "") -> NewPage:
    query = selection.query()
    everyone = answer(rights.scope(STRANGER), selection, zoom=0).total
    mine, closed = _for_colleagues(request.user, selection)
    here = f"{reverse('selection-new')}?{query}"
    return NewPage(
        query=query,
        filters=filters_of(selection),
        everyone=everyone,
        mine=mine,
        closed=closed,
        most=MOST_FROZEN,
        may_title=request.user.is_authenticated,
        title=request.POST.get("title", ""),
        longest_title=LONGEST_TITLE,
        for_members=_for_members(request),
        trouble=trouble,
        back=f"{reverse('explore')}?{query}",
        action=here,
        login_url=f"{reverse('login')}?{urlencode({'next': here})}",
    )


def _for_colleagues(viewer: Viewer, selection: Selection) -> tuple[int, tuple[str, ...]]:
    """Count what a list for members would hold, and name the collections its readers must belong to."""
    stand = rights.scope(viewer)
    if not stand.inside:
        return 0, ()
    found = answer(stand, selection, zoom=0)
    values = found.facets["collection"].values if "collection" in found.facets else ()
    slugs = {one.value for one in values}
    if selection.collections:  # a facet is counted without its own filter
        slugs &= set(selection.collections)
    inside = collections_named(viewer, sorted(stand.inside)).filter(slug__in=slugs)
    closed = tuple(one.title for one in inside)
    return (found.total, closed) if closed else (0, ())
