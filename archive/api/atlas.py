"""GET /api/atlas?<selection>&zoom=&span=: cells, timeline, facets and counts of one Selection.

`zoom` is the map's, 0 to 24, default 2; `span=lo,hi` (EDTF or local clocks) zooms the timeline. For the shape
of the answer see `archive.atlas.as_json` and, for what adds up to what, `archive.atlas.answers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path

from archive.access import rights
from archive.api.json_answers import number_of, reading, said, selection_of
from archive.atlas.as_json import answer_json
from archive.atlas.engine import answer
from archive.atlas.timeline import span_from
from archive.values.selection import SelectionError

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

DEEPEST_ZOOM = 24


@reading
def atlas(request: HttpRequest) -> HttpResponseBase:
    selection = selection_of(request, "zoom", "span", "cube")
    if request.GET.get("cube"):
        raise SelectionError("cube= is not available yet: ask again with from and to")
    zoom = number_of(request, "zoom", default=2, most=DEEPEST_ZOOM)
    span = span_from(request.GET.get("span", "").strip())
    return said(request, answer_json(answer(rights.scope(request.user), selection, zoom=zoom, span=span)))


urlpatterns: list[URLPattern] = [path("api/atlas", atlas, name="api-atlas")]
