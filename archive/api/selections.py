"""A frozen list as files, for who may open it.

GET /selections/<id>/ids.txt          the text whose SHA-256 the list's page prints, whole or not at all
GET /selections/<id>/photos.csv       what is known today of exactly these photos, as far as one may know
GET /selections/<id>/photos.geojson
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from archive.access import rights
from archive.api import export_csv, export_geojson
from archive.atlas.named import records_named
from archive.desk.canonical import text_of
from archive.desk.reading import frozen_for, still_open

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.atlas.records import PhotoRecord
    from archive.desk.models import FrozenSelection

Writer = Callable[[Iterator["PhotoRecord"], Callable[[str], str]], Iterator[str]]
WITHDRAWN = "This list was withdrawn.\n"


@require_safe
def ids(request: HttpRequest, public_id: str) -> HttpResponseBase:
    frozen = _opened(request, public_id)
    if frozen.withdrawn_at is not None:
        return _plain(WITHDRAWN, status=410)
    seen = still_open(request.user, frozen)
    if len(seen) < frozen.photos:
        reason = (
            f"{frozen.photos - len(seen):,} of the {frozen.photos:,} photos are not open to you today, so "
            "the list is not handed out: without them its bytes would have another hash. "
            f"SHA-256 of the whole list: {frozen.sha256}\n"
        )
        return _plain(reason, status=403)
    return _kept(HttpResponse(text_of(seen), content_type="text/plain; charset=utf-8"), f"{public_id}.txt")


def _export(write: Writer, media_type: str, suffix: str) -> Callable[..., HttpResponseBase]:
    @require_safe
    def export(request: HttpRequest, public_id: str) -> HttpResponseBase:
        frozen = _opened(request, public_id)
        if frozen.withdrawn_at is not None:
            return _plain(WITHDRAWN, status=410)
        found = records_named(rights.scope(request.user), still_open(request.user, frozen))
        pieces = write(found, request.build_absolute_uri)
        return _kept(StreamingHttpResponse(pieces, content_type=media_type), f"{public_id}.{suffix}")

    return export


def _opened(request: HttpRequest, public_id: str) -> FrozenSelection:
    frozen = frozen_for(request.user, public_id)
    if frozen is None:
        raise Http404
    return frozen


def _plain(text: str, *, status: int) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Vary"] = "Cookie"
    return response


def _kept(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="whence-{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Vary"] = "Cookie"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


urlpatterns: list[URLPattern] = [
    path("selections/<str:public_id>/ids.txt", ids, name="selection-ids"),
    path(
        "selections/<str:public_id>/photos.csv",
        _export(export_csv.write, "text/csv; charset=utf-8", "csv"),
        name="selection-csv",
    ),
    path(
        "selections/<str:public_id>/photos.geojson",
        _export(export_geojson.write, "application/geo+json", "geojson"),
        name="selection-geojson",
    ),
]
