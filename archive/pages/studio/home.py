"""The studio's first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from archive.access.rights import may_open_collections
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of
from archive.pages.studio.lines import CollectionLine, DepositLine, collection_lines, recent_deposits

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class HomeContext:
    lines: list[CollectionLine]
    deposits: list[DepositLine]
    may_found: bool


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what the account works on; without any role, say how to get one."""
    user = curator_of(request)
    page = HomeContext(collection_lines(user), recent_deposits(user), may_open_collections(user))
    return render_page(request, "studio/home.html", page)
