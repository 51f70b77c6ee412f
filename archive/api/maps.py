"""Tiles of the map files in the folder of maps.

    /maps/<slug>/<version>/<zoom>/<column>/<row>    counted from the north-west, as web maps do

204 where the map has nothing, 404 outside its zoom levels, for a file that is gone or damaged, and for a
version that was replaced. At an address with a version the bytes never change. Whoever may see the site may
see the maps: they hold nothing of the archive.
"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive import mapfiles
from archive.api.photo_files import gone

log = logging.getLogger(__name__)

_FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def tile(
    request: HttpRequest, *, slug: str, version: str, zoom: int, column: int, row: int
) -> HttpResponseBase:
    found = mapfiles.find(slug)
    if found is None or found.version != version or not found.facts.has(zoom, column, row):
        return gone()
    etag = f'"{version}-{zoom}-{column}-{row}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            kept = mapfiles.tile(found, zoom, column, row)
        except mapfiles.MapFileError as problem:
            log.warning("map %s: %s", found.path.name, problem)
            return gone()
        answer = _nothing() if kept is None else HttpResponse(kept.data, content_type=kept.media_type)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = _FOR_GOOD
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _nothing() -> HttpResponse:
    answer = HttpResponse(status=204)
    del answer.headers["Content-Type"]  # of nothing
    return answer


urlpatterns: list[URLPattern] = [
    path("maps/<slug:slug>/<slug:version>/<int:zoom>/<int:column>/<int:row>", tile, name="map-tile"),
]
