"""Searches that an account comes back to: how many photos they find today, and how many are new."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from archive.access import rights
from archive.atlas.chosen import added_since
from archive.atlas.engine import answer
from archive.desk import saved
from archive.desk.errors import DeskError
from archive.desk.models import LONGEST_NAME
from archive.pages.context import render_page
from archive.pages.desk import undo
from archive.pages.desk.context import Counted, CountFragment, NewSearchPage, SearchesPage, SearchLine
from archive.pages.kept.words import EVERYTHING, filters_of, selection_or_none
from archive.pages.studio.gate import curator_of
from archive.pages.wording.times import minute
from archive.values.selection import Selection, SelectionError, parse_selection

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.access.rights import Scope
    from archive.desk.models import SavedSearch

ON_A_PAGE = 20
AT_ONCE_S = 0.4
"""Searches are counted with the page for so long; the rest are asked for by the page, one by one."""

MOST_NEW = 1000


@never_cache
@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    return render_page(request, "desk/searches.html", _page(request))


@never_cache
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Give the view of the address a name; a POST keeps it."""
    try:
        selection = parse_selection(request.META.get("QUERY_STRING", ""))
    except SelectionError as error:
        messages.error(request, f"This view could not be read: {error}.")
        return redirect("saved-searches")
    name, trouble = request.POST.get("name", _proposed(selection)), ""
    if request.method == "POST":
        try:
            search = saved.save_search(user=curator_of(request), name=name, query=selection.query())
        except DeskError as error:
            trouble = str(error)
        else:
            messages.success(request, f"“{search.name}” is saved.")
            return redirect("saved-searches")
    query = selection.query()
    page = NewSearchPage(
        filters=filters_of(selection),
        name=name,
        longest=LONGEST_NAME,
        trouble=trouble,
        action=f"{reverse('saved-new')}?{query}",
        back=f"{reverse('explore')}?{query}",
    )
    return render_page(request, "desk/search_new.html", page, status=400 if trouble else 200)


@login_required
@require_GET
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the view; from now on only what comes after this moment is new."""
    search = _mine(request, public_id)
    saved.mark_opened(search=search)
    return redirect(f"{reverse('explore')}?{search.query}")


@never_cache
@login_required
@require_safe
def counted(request: HttpRequest, public_id: str) -> HttpResponse:
    """Count one search, for the page that did not wait for it."""
    search = _mine(request, public_id)
    line = _line(search, rights.scope(request.user), counts=True)
    return render_page(request, "desk/search_count.html", CountFragment(line))


@login_required
@require_POST
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    search = _mine(request, public_id)
    name = request.POST.get("name", "")
    try:
        saved.rename(search=search, name=name)
    except DeskError as error:
        page = _page(request, renamed=public_id, typed=name, trouble=str(error))
        return render_page(request, "desk/searches.html", page, status=400)
    messages.success(request, f"It is called “{search.name}” now.")
    return redirect("saved-searches")


@login_required
@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    search = _mine(request, public_id)
    saved.remove(search=search)
    undo.offer(request, f"“{search.name}” is removed.", reverse("saved-restore", args=[public_id]))
    return redirect("saved-searches")


@login_required
@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    search = saved.removed_search_of(curator_of(request), public_id)
    if search is None:
        raise Http404
    saved.restore(search=search)
    messages.success(request, f"“{search.name}” is back.")
    return redirect("saved-searches")


def _mine(request: HttpRequest, public_id: str) -> SavedSearch:
    search = saved.search_of(curator_of(request), public_id)
    if search is None:
        raise Http404
    return search


def _page(request: HttpRequest, *, renamed: str = "", typed: str = "", trouble: str = "") -> SearchesPage:
    shown = Paginator(saved.searches_of(curator_of(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    stand = rights.scope(request.user)
    until = monotonic() + AT_ONCE_S
    return SearchesPage(
        tab="searches",
        lines=tuple(_line(search, stand, counts=monotonic() < until) for search in shown),
        total=shown.paginator.count,
        earlier=f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        later=f"?page={shown.next_page_number()}" if shown.has_next() else "",
        undo=undo.offered(request),
        longest=LONGEST_NAME,
        renamed=renamed,
        typed=typed,
        trouble=trouble,
    )


def _line(search: SavedSearch, stand: Scope, *, counts: bool) -> SearchLine:
    selection = selection_or_none(search.query)
    return SearchLine(
        public_id=search.public_id,
        name=search.name,
        filters=filters_of(selection) if selection else (),
        opened=minute(search.opened_at),
        counted=_counted(search, selection, stand) if selection and counts else None,
        is_read=selection is not None,
    )


def _counted(search: SavedSearch, selection: Selection, stand: Scope) -> Counted:
    total = answer(stand, selection, zoom=0).total
    fresh = added_since(stand, selection, search.opened_at, most=MOST_NEW)
    more = f"{MOST_NEW - 1:,}+" if fresh == MOST_NEW else f"{fresh:,}"
    return Counted("1 photo" if total == 1 else f"{total:,} photos", more if fresh else "")


def _proposed(selection: Selection) -> str:
    """Name the view by what it asks for, short enough to be a name."""
    words = ", ".join(filters_of(selection))
    return ("Everything" if words == EVERYTHING else words[:1].upper() + words[1:])[:LONGEST_NAME]
