"""The page of a frozen list, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from archive.access import rights
from archive.atlas.engine import answer
from archive.atlas.named import cards_named
from archive.desk import freezing
from archive.desk.errors import DeskError
from archive.desk.reading import (
    collections_named,
    frozen_for,
    may_delete,
    may_read_query,
    may_withdraw,
    still_shown,
)
from archive.pages.context import render_page
from archive.pages.kept.cards import card_view
from archive.pages.kept.context import ListPage, WithdrawnPage
from archive.pages.kept.words import citation_of, count_words, filters_of, made_on, selection_or_none

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.desk.models import FrozenSelection
    from archive.values.selection import Selection

CARDS = 48


@require_safe
def selection(request: HttpRequest, public_id: str) -> HttpResponse:
    frozen = _opened(request, public_id)
    permalink = request.build_absolute_uri(reverse("selection", args=[public_id]))
    if frozen.withdrawn_at is None:
        return render_page(request, "kept/list.html", _page(request, frozen, permalink))
    gone = WithdrawnPage(
        made=made_on(frozen.made_at),
        withdrawn=made_on(frozen.withdrawn_at),
        why=frozen.withdrawn_why,
        photos=frozen.photos,
        sha256=frozen.sha256,
        permalink=permalink,
    )
    return render_page(request, "kept/withdrawn.html", gone, status=410)


@login_required
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete the list on its first day, or withdraw it, as the button says."""
    frozen = _opened(request, public_id)
    deletes = request.POST.get("act") == "delete"
    try:
        if deletes:
            freezing.delete(frozen=frozen, by=request.user)
        else:
            freezing.withdraw(frozen=frozen, by=request.user, why=request.POST.get("why", ""))
    except DeskError as error:
        messages.error(request, str(error))
        return redirect("selection", public_id)
    messages.success(request, "The list is deleted." if deletes else "The list is withdrawn.")
    return redirect("desk-selections")


def _opened(request: HttpRequest, public_id: str) -> FrozenSelection:
    frozen = frozen_for(request.user, public_id)
    if frozen is None:
        raise Http404
    return frozen


def _page(request: HttpRequest, frozen: FrozenSelection, permalink: str) -> ListPage:
    ids = still_shown(request.user, frozen)
    shown = Paginator(ids, CARDS).get_page(request.GET.get("page"))
    asked = _told_selection(request, frozen)
    filters = filters_of(asked) if asked else ()
    whole = len(ids) == frozen.photos
    return ListPage(
        public_id=frozen.public_id,
        title=frozen.title,
        heading=frozen.title or f"{count_words(frozen.photos)}, frozen on {made_on(frozen.made_at)}",
        made=made_on(frozen.made_at),
        maker=frozen.made_by.get_username()
        if frozen.made_by is not None and frozen.made_by_id == request.user.pk
        else "",
        photos=frozen.photos,
        seen=len(ids),
        gone=frozen.photos - len(ids),
        sha256=frozen.sha256,
        readers=tuple(one.title for one in collections_named(request.user, frozen.members_of)),
        filters=filters,
        hides_filters=asked is None,
        live=answer(rights.scope(request.user), asked, zoom=0).total if asked else None,
        live_url=f"{reverse('explore')}?{frozen.query}" if asked else "",
        citation=citation_of(frozen, filters, permalink),
        permalink=permalink,
        check=_check(frozen, permalink),
        ids_url=reverse("selection-ids", args=[frozen.public_id]) if whole else "",
        csv_url=reverse("selection-csv", args=[frozen.public_id]),
        geojson_url=reverse("selection-geojson", args=[frozen.public_id]),
        cards=tuple(card_view(card) for card in cards_named(rights.scope(request.user), list(shown))),
        first=shown.start_index(),
        last=shown.end_index(),
        earlier=f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        later=f"?page={shown.next_page_number()}" if shown.has_next() else "",
        may_delete=may_delete(request.user, frozen),
        may_withdraw=may_withdraw(request.user, frozen),
    )


def _told_selection(request: HttpRequest, frozen: FrozenSelection) -> Selection | None:
    """Return the filters, unless they name a collection that is closed to this reader."""
    asked = selection_or_none(frozen.query)
    return asked if asked is not None and may_read_query(request.user, asked.collections) else None


def _check(frozen: FrozenSelection, permalink: str) -> str:
    """One line for a shell; a list for members is downloaded in the browser first, which is logged in."""
    if frozen.members_of:
        return f"sha256sum whence-{frozen.public_id}.txt"
    return f"curl -s {permalink}ids.txt | sha256sum"
