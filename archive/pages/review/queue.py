"""The queue of open questions, the pressing ones first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from archive.access.reviewing import COUNTED, PAGE, Wanted, Why, counts, waiting
from archive.access.rights import judged_collections
from archive.pages.context import render_page
from archive.pages.photo_page.hypotheses import HEADINGS
from archive.pages.review.lines import WHYS, QueueLine, queue_lines
from archive.pages.studio.gate import curator_of
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from archive.access.rights import Viewer


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`later` is the address of the following page, empty at the end."""

    tabs: list[Tab]
    collections: list[Option]
    questions: list[Option]
    why: str
    lines: list[QueueLine]
    is_filtered: bool
    is_first: bool
    start: str
    later: str


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    user = curator_of(request)
    if not judged_collections(user).exists():
        raise PermissionDenied("Judging needs the role reviewer, curator or owner in some collection.")
    wanted = wanted_in(request.GET)
    entries = waiting(user, wanted, limit=PAGE + 1)
    page = QueuePage(
        tabs=_tabs(user, wanted),
        collections=_collections(user, wanted),
        questions=[Option(one.value, HEADINGS[one], one.value == wanted.facet) for one in HEADINGS],
        why=wanted.why,
        lines=queue_lines(entries[:PAGE], wanted, user),
        is_filtered=bool(wanted.collection or wanted.facet or wanted.why),
        is_first=not wanted.after,
        start=address(wanted),
        later=address(wanted, after=entries[PAGE - 1].at) if len(entries) > PAGE else "",
    )
    return render_page(request, "review/queue.html", page)


def wanted_in(query: QueryDict) -> Wanted:
    """Read what of the queue an address asks for; what it does not know it leaves out."""
    facet, why = query.get("question", ""), query.get("why", "")
    after = query.get("after", "")
    return Wanted(
        collection=query.get("collection", "")[:80],
        facet=facet if facet in set(Facet) else "",
        why=why if why in set(Why) else "",
        after=after if after.partition(".")[0] in set(Why) else "",
    )


def address(wanted: Wanted, **more: str) -> str:
    kept = {"collection": wanted.collection, "question": wanted.facet, "why": wanted.why, **more}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"?{query}" if query else "?"


def _tabs(viewer: Viewer, wanted: Wanted) -> list[Tab]:
    found = counts(viewer, wanted)
    tabs = [Tab(address(wanted, why=""), "All", counted(found.values()), not wanted.why)]
    for why, count in found.items():
        if not count and why != wanted.why:
            continue
        tabs.append(Tab(address(wanted, why=why), WHYS[why], counted([count]), why == wanted.why))
    return tabs


def counted(parts: Iterable[int]) -> str:
    """Say a count as far as it was counted: "1,000+" where there are more."""
    found = list(parts)
    more = any(part > COUNTED for part in found)
    return f"{sum(min(part, COUNTED) for part in found):,}{'+' if more else ''}"


def _collections(viewer: Viewer, wanted: Wanted) -> list[Option]:
    every = judged_collections(viewer).values_list("slug", "title")[:200]
    return [Option(slug, title, slug == wanted.collection) for slug, title in every]
