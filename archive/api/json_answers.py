"""JSON answers of the reading API: ETag from the body, 304, packed; shared caches keep only what says so.

Errors are `{"error": "what to write instead"}`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any

import brotli
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive.values.selection import Selection, SelectionError, parse_selection, unknown_parameters

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_WORTH_PACKING = 1000
_SHARED_SECONDS = 300


class Keeping(StrEnum):
    """Who may keep an answer: the asker, who asks each time, or any cache: its address tells its state."""

    PRIVATE = "private, no-cache"
    SHARED = f"public, max-age={_SHARED_SECONDS}, immutable"


def said(
    request: HttpRequest, body: dict[str, Any], *, status: int = 200, keeping: Keeping = Keeping.PRIVATE
) -> HttpResponseBase:
    """Answer with JSON; unchanged since the asker's copy: 304 without a body."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    etag = f'W/"{hashlib.sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="application/json", status=status)
    if status == 200:
        response.headers["ETag"] = etag
        conditional = get_conditional_response(request, etag=etag, response=response)
        if conditional is not None and conditional.status_code == 304:
            return _kept(conditional, keeping)
        if len(text) > _WORTH_PACKING:
            _pack(response, text, request.headers.get("Accept-Encoding", ""))
    response.headers["Content-Length"] = str(len(response.content))
    return _kept(response, keeping)


def refused(request: HttpRequest, message: str, *, status: int = 400) -> HttpResponseBase:
    return said(request, {"error": message}, status=status)


def missing(request: HttpRequest) -> HttpResponseBase:
    """The one answer for what is not there and for what the asker may not know of."""
    return refused(request, "There is no such photo, or it is not open to you.", status=404)


def selection_of(request: HttpRequest, *also: str) -> Selection:
    """Read the Selection of the address; `also` are the door's own parameters. Raises SelectionError."""
    query = request.META.get("QUERY_STRING", "")
    unknown = unknown_parameters(query, frozenset(also))
    if unknown:
        raise SelectionError(f"there is no parameter {', '.join(unknown)}: see /help/ for those there are")
    return parse_selection(query)


def number_of(request: HttpRequest, name: str, *, default: int, most: int) -> int:
    """Read a whole number from 0. Raises SelectionError."""
    text = request.GET.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= most and len(text) < 9):
        raise SelectionError(f"{name}={text}: write a whole number from 0 to {most}")
    return int(text)


def flag_of(request: HttpRequest, name: str) -> bool:
    """Read 1 as yes, 0 or nothing as no. Raises SelectionError."""
    text = request.GET.get(name, "")
    if text not in {"", "0", "1"}:
        raise SelectionError(f"{name}={text}: write {name}=1, or leave it out")
    return text == "1"


def reading(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view of GET and HEAD that answers a bad address with 400 and what to write."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SelectionError as error:
            return refused(request, str(error))

    return require_safe(answered)


def _pack(response: HttpResponse, text: bytes, accepted: str) -> None:
    """Brotli at 4 is 6 % smaller than gzip at 5 and takes 60 % of its time (50 kB of pins)."""
    names = {part.partition(";")[0].strip() for part in accepted.split(",") if _is_wanted(part)}
    if "br" in names:
        response.content = brotli.compress(text, quality=4)
        response.headers["Content-Encoding"] = "br"
    elif "gzip" in names:
        response.content = gzip.compress(text, compresslevel=5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"


def _is_wanted(part: str) -> bool:
    """`gzip;q=0` refuses it."""
    weight = part.partition("q=")[2].strip()
    return not weight or bool(weight.strip("0."))


def _kept(response: HttpResponseBase, keeping: Keeping) -> HttpResponseBase:
    response.headers["Cache-Control"] = keeping.value
    response.headers["Vary"] = "Cookie, Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
