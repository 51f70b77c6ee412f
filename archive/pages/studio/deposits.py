"""The upload page, and what became of one upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat

from archive.access.rights import may_edit, visible, visible_collections
from archive.ingest.models import FileState
from archive.pages.context import render_page
from archive.pages.studio.gate import collection_to_fill, curator_of
from archive.pages.studio.lines import UNDATED, UNPLACED, DepositLine, one_deposit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection
    from archive.ingest.models import Deposit, DepositFile

FILES_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class UploadContext:
    collection: Collection
    largest: str
    groups: tuple[tuple[str, str], ...] = (
        ("all", "All"),
        ("sending", "To send"),
        ("reading", "Being read"),
        ("stored", "Stored"),
        ("duplicate", "Already here"),
        ("refused", "Refused"),
        ("failed", "Failed"),
        ("cancelled", "Cancelled"),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What is to do after an upload; the counts are of the photos it brought."""

    line: DepositLine
    unplaced: int
    undated: int
    may_edit: bool


@dataclass(frozen=True, slots=True)
class SummaryContext:
    summary: Summary


@dataclass(frozen=True, slots=True)
class DepositContext:
    summary: Summary
    collection: Collection
    files: Page[DepositFile]
    state: str
    states: list[tuple[str, str]]


@login_required
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    collection = collection_to_fill(request, slug)
    page = UploadContext(collection, filesizeformat(settings.MAX_FILE_BYTES))
    return render_page(request, "studio/upload.html", page)


@login_required
def summary(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part of a page that the upload page shows once everything was read."""
    page = SummaryContext(_summary(request, _own(request, public_id)))
    return render_page(request, "studio/_summary.html", page)


@login_required
def deposit(request: HttpRequest, public_id: str) -> HttpResponse:
    """List every file of an upload with its outcome, in pages."""
    found = _own(request, public_id)
    wanted = request.GET.get("state", "")
    state = wanted if wanted in FileState.values else ""
    files = found.files.select_related("photo").order_by("pk")
    pages = Paginator(files.filter(state=state) if state else files, FILES_PER_PAGE)
    page = DepositContext(
        summary=_summary(request, found),
        collection=found.collection,
        files=pages.get_page(request.GET.get("page")),
        state=state,
        states=[("", "all"), *FileState.choices],
    )
    return render_page(request, "studio/deposit.html", page)


def _own(request: HttpRequest, public_id: str) -> Deposit:
    """Another person's upload does not exist, nor does one into a collection that became invisible."""
    own = curator_of(request).deposits.filter(collection__in=visible_collections(request.user))
    return get_object_or_404(own.select_related("collection"), public_id=public_id)


def _summary(request: HttpRequest, found: Deposit) -> Summary:
    brought = visible(request.user).filter(
        pk__in=found.files.filter(state=FileState.STORED).exclude(photo=None).values("photo")
    )
    return Summary(
        line=one_deposit(found),
        unplaced=brought.filter(UNPLACED).distinct().count(),
        undated=brought.filter(UNDATED).distinct().count(),
        may_edit=may_edit(request.user, found.collection),
    )
