"""GET /api/atlas?<selection>&zoom=&span=&cube=&rev=: cells, timeline, facets and counts of one Selection.

`zoom` is the map's, 0 to 24, default 2; `span=lo,hi` (EDTF or local clocks) zooms the timeline; `cube=1` adds
what brushing the timeline needs. For the shape of the answer see `archive.atlas.as_json` and, for what adds
up to what, `archive.atlas.answers`.

Strangers are told `rev`, which names the state they were answered from. Who asks with it may be answered from
any cache for as long as it is the newest; with an older one the answer is fresh and tells the newest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import URLPattern, path

from archive.access import rights
from archive.api.json_answers import Keeping, flag_of, number_of, reading, said, selection_of
from archive.atlas.as_json import answer_json
from archive.atlas.engine import answer
from archive.atlas.timeline import span_from

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

DEEPEST_ZOOM = 24


@reading
def atlas(request: HttpRequest) -> HttpResponseBase:
    selection = selection_of(request, "zoom", "span", "cube", "rev")
    zoom = number_of(request, "zoom", default=2, most=DEEPEST_ZOOM)
    span = span_from(request.GET.get("span", "").strip())
    cube = flag_of(request, "cube")
    found = answer(rights.scope(request.user), selection, zoom=zoom, span=span, cube=cube)
    revision = None if request.user.is_authenticated else found.public_revision
    is_newest = revision is not None and request.GET.get("rev") == revision
    # a session that has ended is taken back by a cookie, which no cache may hand on
    is_for_all = is_newest and settings.SESSION_COOKIE_NAME not in request.COOKIES
    keeping = Keeping.SHARED if is_for_all else Keeping.PRIVATE
    return said(request, {"rev": revision, **answer_json(found, zoom=zoom)}, keeping=keeping)


urlpatterns: list[URLPattern] = [path("api/atlas", atlas, name="api-atlas")]
