"""The frozen lists that an account made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.desk.reading import frozen_by
from archive.pages.context import render_page
from archive.pages.desk.context import ListLine, ListsPage
from archive.pages.kept.words import count_words, made_on

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.desk.models import FrozenSelection

ON_A_PAGE = 50


@never_cache
@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    shown = Paginator(frozen_by(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    page = ListsPage(
        tab="lists",
        lines=tuple(_line(frozen) for frozen in shown),
        total=shown.paginator.count,
        earlier=f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        later=f"?page={shown.next_page_number()}" if shown.has_next() else "",
    )
    return render_page(request, "desk/lists.html", page)


def _line(frozen: FrozenSelection) -> ListLine:
    return ListLine(
        public_id=frozen.public_id,
        heading=frozen.title or f"{count_words(frozen.photos)}, frozen on {made_on(frozen.made_at)}",
        made=made_on(frozen.made_at),
        photos=frozen.photos,
        readers="for members" if frozen.members_of else "for everybody",
        is_withdrawn=frozen.withdrawn_at is not None,
    )
