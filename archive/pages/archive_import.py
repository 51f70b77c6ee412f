"""Studio: importing what an auto-archiver kept: files, a look at what would come, then the import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from archive import vault
from archive.evidence.errors import EvidenceError
from archive.evidence.records import attachments_of, series_of
from archive.interchange.autoarchiver import (
    MOST_FILES,
    Bundle,
    Imported,
    Matched,
    apply,
    keep,
    match,
    read_bundle,
)
from archive.pages.casework.gate import collection_to_work_on
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of
from archive.values.readership import Readership

if TYPE_CHECKING:
    from archive.catalogue.models import Collection
    from archive.evidence.models import Attachment, Series


@dataclass(frozen=True, slots=True)
class Line:
    """One page of the result, and what it would become."""

    title: str
    url: str
    posted: str
    author: str
    about: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """`files` is what the second step sends back; `lines` is empty in the first."""

    collection: Collection
    series: tuple[Series, ...]
    chosen: str
    readership: str
    files: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    coming: int
    problems: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The files of the import as kept and as read, and where pages without matching bytes go."""

    kept: Sequence[Attachment]
    series: Series | None
    bundle: Bundle


@login_required
@require_http_methods(["GET", "POST"])
def archive_import(request: HttpRequest, slug: str) -> HttpResponse:
    collection = collection_to_work_on(request, slug)
    if request.method == "POST" and request.FILES:
        return _receive(request, collection)
    sent = request.POST if request.method == "POST" else request.GET
    kept = attachments_of(collection, sent.getlist("file")[:MOST_FILES])
    of_collection = [series for series, _ in series_of(collection)]
    series = next((one for one in of_collection if one.public_id == sent.get("series")), None)
    bundle = read_bundle(kept)
    matched = match(bundle.records, collection, series)
    if request.method == "POST" and matched:
        return _apply(request, collection, bundle, matched)
    error = "Choose the files first." if request.method == "POST" else ""
    return _page(request, collection, _Wanted(kept, series, bundle), matched, error)


def _receive(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Keep the files as they came and show what they would become."""
    kept: list[Attachment] = []
    for file in request.FILES.getlist("files")[:MOST_FILES]:
        try:
            kept.append(keep(file, file.name or "", collection=collection, by=curator_of(request)))
        except (EvidenceError, vault.VaultError) as wrong:
            messages.error(request, str(wrong))
    query = urlencode(
        [
            *(("file", one.public_id) for one in kept),
            ("series", request.POST.get("series", "")),
            ("readership", request.POST.get("readership", "")),
        ]
    )
    return redirect(f"{reverse('archive-import', args=[collection.slug])}?{query}")


def _apply(
    request: HttpRequest, collection: Collection, bundle: Bundle, matched: Sequence[Matched]
) -> HttpResponse:
    try:
        done = apply(
            matched,
            collection=collection,
            by=curator_of(request),
            archives=bundle.archives,
            readership=_readers(request.POST.get("readership", "")),
        )
    except EvidenceError as wrong:
        messages.error(request, f"Nothing was imported. {wrong}")
        return redirect("archive-import", collection.slug)
    messages.success(request, _told(done))
    return redirect("studio-collection", collection.slug)


def _told(done: Imported) -> str:
    return (
        f"Imported {done.appearances} appearances and {done.claims} claims. "
        f"{done.here_already} were here already, {done.unmatched} pages matched nothing here."
    )


def _page(
    request: HttpRequest,
    collection: Collection,
    wanted: _Wanted,
    matched: Sequence[Matched],
    error: str,
) -> HttpResponse:
    lines = tuple(_line(one) for one in matched)
    page = ImportPage(
        collection=collection,
        series=tuple(one for one, _ in series_of(collection)),
        chosen=wanted.series.public_id if wanted.series else "",
        readership=_readers(request.GET.get("readership", "")).value,
        files=tuple(one.public_id for one in wanted.kept),
        names=tuple(one.name for one in wanted.kept),
        lines=lines,
        coming=sum(bool(one.targets) and not one.is_here for one in matched),
        problems=wanted.bundle.problems,
        error=error,
    )
    return render_page(request, "studio/archive_import.html", page, status=400 if error else 200)


def _line(one: Matched) -> Line:
    about = ", ".join(str(target) for target in one.targets[:3])
    more = len(one.targets) - 3
    return Line(
        title=one.record.title or one.record.url,
        url=one.record.url,
        posted=one.record.posted_at.strftime("%Y-%m-%d %H:%M UTC") if one.record.posted_at else "",
        author=one.record.author,
        about=f"{about} and {more} more" if more > 0 else about,
        outcome="here already" if one.is_here else "will be recorded" if one.targets else "matches nothing",
    )


def _readers(text: str) -> Readership:
    return Readership(text) if text in set(Readership) else Readership.MEMBERS


urlpatterns: list[URLPattern] = [
    path("studio/collections/<slug:slug>/import/", archive_import, name="archive-import"),
]
