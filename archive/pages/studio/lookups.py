"""Small questions that the photo form asks while a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from archive.evidence.targets import LONGEST_TEXT
from archive.gazetteer import GazetteerError, find
from archive.pages.markdown import to_html
from archive.pages.wording.places import sexagesimal
from archive.pages.wording.times import day
from archive.values.coordinates import CoordinatesError, decimal_text, parse_coordinates
from archive.values.edtf import DateSpan, EdtfError, parse_edtf
from archive.values.wording import describe

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_TOWNS = 8


@login_required
@require_safe
def date(request: HttpRequest) -> JsonResponse:
    """Say how a date is understood: {"words", "edtf", "span"} or {"error"}."""
    try:
        span = parse_edtf(request.GET.get("text", "")[:200])
    except EdtfError as unread:
        return JsonResponse({"error": str(unread)})
    return JsonResponse({"words": describe(span), "edtf": span.text, "span": _bounds(span)})


def _bounds(span: DateSpan) -> str:
    """Write both ends: the first and last day, with clocks where the span does not hold whole days."""
    clock = "" if _whole_days(span) else ", %H:%M:%S"
    ends = [
        f"{day(end)}{end:{clock}}" if end and clock else day(end) if end else open_end
        for end, open_end in ((span.earliest, "no earliest date"), (span.latest, "no latest date"))
    ]
    doubt = (", about" if span.approximate else "") + (", uncertain" if span.uncertain else "")
    return " – ".join(dict.fromkeys(ends)) + doubt


def _whole_days(span: DateSpan) -> bool:
    begins = span.earliest is None or f"{span.earliest:%H%M%S}" == "000000"
    return begins and (span.latest is None or f"{span.latest:%H%M%S}" == "235959")


@login_required
@require_safe
def place(request: HttpRequest) -> JsonResponse:
    """Read coordinates as people write them: {"latitude", "longitude", "radius_m", "words"} or {"error"}."""
    try:
        found = parse_coordinates(request.GET.get("text", ""))
    except CoordinatesError as unread:
        return JsonResponse({"error": str(unread)})
    return JsonResponse(
        {
            "latitude": found.latitude,
            "longitude": found.longitude,
            "radius_m": found.radius_m,
            "words": sexagesimal(found),
            "text": decimal_text(found),
        }
    )


@login_required
@require_safe
def towns(request: HttpRequest) -> JsonResponse:
    """Name towns that begin with some words: {"towns": [{"label", "latitude", "longitude"}]}."""
    try:
        found = find(request.GET.get("q", "")[:80], MOST_TOWNS)
    except GazetteerError as missing:
        return JsonResponse({"error": str(missing), "towns": []})
    return JsonResponse(
        {
            "towns": [
                {
                    "label": f"{town.name}, {town.country}" if town.country else town.name,
                    "latitude": town.latitude,
                    "longitude": town.longitude,
                }
                for town in found
            ]
        }
    )


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Render notes as readers will see them."""
    return HttpResponse(to_html(request.POST.get("text", "")[: 20 * LONGEST_TEXT]))
