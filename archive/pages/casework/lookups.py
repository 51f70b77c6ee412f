"""Small questions that the claim form asks while a person types or draws."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_POST, require_safe

from archive.access.rights import editable_collections, readerships, visible, visible_collections
from archive.evidence.records import current_appearances, series_within
from archive.evidence.settling import bound_of
from archive.pages.casework.relating import NamesakesError, asked, fits, place_of
from archive.pages.casework.showing import candidates
from archive.pages.casework.typed import UnreadError, points
from archive.pages.wording.times import day
from archive.values.edtf import DateSpan, EdtfError, parse_edtf
from archive.values.wording import describe

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from archive.evidence.models import Appearance

_ASKED = ("how", "distance", "unit", "of", "country", "other", "town", "town_at", "inside", "people")
_LONGEST = 200


@login_required
@require_safe
def relation(request: HttpRequest) -> JsonResponse:
    """Tell which towns fit: {"sentence", "label", "towns", "attribution"}, else {"error", "namesakes"}."""
    if not editable_collections(request.user).exists():
        raise PermissionDenied("Measuring borders is for curators.")  # some seconds of a processor
    try:
        found = fits(asked({name: request.GET.get(name, "")[:_LONGEST] for name in _ASKED}))
    except NamesakesError as many:
        towns = [{"value": place_of(town), "label": f"{town.name}, {town.country}"} for town in many.towns]
        return JsonResponse({"error": str(many), "namesakes": towns})
    except UnreadError as wrong:
        return JsonResponse({"error": str(wrong), "namesakes": []})
    return JsonResponse(
        {
            "sentence": found.sentence,
            "label": found.relation.label,
            "towns": [asdict(one) for one in candidates(found.relation)],
            "attribution": found.attribution,
        }
    )


@login_required
@require_POST
def shape(request: HttpRequest) -> JsonResponse:
    """Read typed points, however they are written: {"points": [[latitude, longitude]]} or {"error"}."""
    try:
        found = points(request.POST.get("text", ""), "text", least=1)
    except UnreadError as wrong:
        return JsonResponse({"error": str(wrong)})
    return JsonResponse({"points": found})


@login_required
@require_safe
def bounds(request: HttpRequest) -> JsonResponse:
    """Say how a date is understood, as `studio-ask-date` does, with what each end rests on."""
    try:
        span = parse_edtf(request.GET.get("text", "")[:_LONGEST])
    except EdtfError as unread:
        return JsonResponse({"error": str(unread)})
    first = _first(request)
    return JsonResponse({"words": describe(span), "edtf": span.text, "span": span_words(span, first)})


def span_words(span: DateSpan, first: Appearance | None) -> str:
    """Name both ends and their basis: what was written, its "about", or the first appearance."""
    why = ", widened because of “about”" if span.approximate else ", as written"
    earliest = f"{_end(span.earliest)}{why}" if span.earliest else "open, nobody says"
    latest = f"{_end(span.latest)}{why}" if span.latest else "open, nobody says"
    bound = bound_of(first) if first else None
    cut = ""
    if bound is not None and (span.latest is None or span.latest.date() > bound.date()):
        cut = f"; not after {day(bound)}, because it had appeared by then"
    return f"earliest: {earliest}; latest: {latest}{cut}"


def _end(clock: datetime) -> str:
    whole = f"{clock:%H%M%S}" in {"000000", "235959"}
    return day(clock) if whole else f"{day(clock)}, {clock:%H:%M:%S}"


def _first(request: HttpRequest) -> Appearance | None:
    """Return the first appearance of the photo or series, as far as the viewer may know."""
    target = (
        visible(request.user).filter(public_id=request.GET.get("photo", "")).first()
        or series_within(visible_collections(request.user))
        .filter(public_id=request.GET.get("series", ""))
        .first()
    )
    if target is None:
        return None
    shown = current_appearances(target, readerships(request.user, target.collection))
    return next((one for one in shown if bound_of(one) is not None), None)
