"""Photos of a Selection as JSON, page by page or one by one, and as GeoJSON, CSV or KML in one stream.

GET /api/photos?<selection>&after=<next>&limit=60   {"photos": [card...], "next": cursor or null}
GET /api/photos/<id>                                one photo with everything the viewer may know
GET /api/photos.geojson, .csv, .kml ?<selection>    the whole Selection
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.urls import URLPattern, path

from archive.access import rights
from archive.api import export_csv, export_geojson, export_kml
from archive.api.json_answers import missing, number_of, reading, said, selection_of
from archive.api.photo_json import photo_json
from archive.atlas.as_json import page_json
from archive.atlas.listing import LONGEST_PAGE, PAGE, page
from archive.atlas.records import PhotoRecord, records

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

Writer = Callable[[Iterator[PhotoRecord], Callable[[str], str]], Iterator[str]]


@reading
def photos(request: HttpRequest) -> HttpResponseBase:
    selection = selection_of(request, "after", "limit")
    limit = number_of(request, "limit", default=PAGE, most=LONGEST_PAGE)
    found = page(
        rights.scope(request.user), selection, after=request.GET.get("after", ""), limit=limit or PAGE
    )
    return said(request, page_json(found))


@reading
def photo(request: HttpRequest, public_id: str) -> HttpResponseBase:
    visible = rights.visible(request.user).select_related("collection").prefetch_related("files")
    found = visible.filter(public_id=public_id).first()
    if found is None:
        return missing(request)
    inside = rights.may_see_original(request.user, found)
    return said(request, photo_json(found, inside=inside, absolute=request.build_absolute_uri))


def _export(write: Writer, media_type: str, suffix: str) -> Callable[..., HttpResponseBase]:
    @reading
    def export(request: HttpRequest) -> HttpResponseBase:
        found = records(rights.scope(request.user), selection_of(request))
        response = StreamingHttpResponse(write(found, request.build_absolute_uri), content_type=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="photos.{suffix}"'
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Vary"] = "Cookie"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return export


urlpatterns: list[URLPattern] = [
    path("api/photos", photos, name="api-photos"),
    path(
        "api/photos.geojson",
        _export(export_geojson.write, "application/geo+json", "geojson"),
        name="api-photos-geojson",
    ),
    path(
        "api/photos.csv", _export(export_csv.write, "text/csv; charset=utf-8", "csv"), name="api-photos-csv"
    ),
    path(
        "api/photos.kml",
        _export(export_kml.write, "application/vnd.google-earth.kml+xml", "kml"),
        name="api-photos-kml",
    ),
    path("api/photos/<str:public_id>", photo, name="api-photo"),
]
