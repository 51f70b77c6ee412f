"""Sends stored bytes: whole, in part, or not at all when the asker already has them.

Follows RFC 9110 sections 13 (conditional requests) and 14 (range requests). Several ranges in one request
are answered with the whole file, which section 14.2 allows. Nothing is read before it is sent, and never more
than one chunk is held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

CHUNK = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
_MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Span:
    """First byte and how many, both within the file."""

    start: int
    length: int


class UnsatisfiableError(Exception):
    """The asked range lies wholly outside the file."""


def asked_span(header: str, size: int) -> Span | None:
    """Return the one range asked for, None when the header is to be ignored; raises `UnsatisfiableError`."""
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or max(map(len, match.groups())) > _MOST_DIGITS:
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:  # "the last n bytes"
        wanted = min(int(last), size)
        if wanted == 0:
            raise UnsatisfiableError
        return Span(size - wanted, wanted)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise UnsatisfiableError
    return Span(start, min(end, size - 1) - start + 1)


class BoundedReader:
    """Iterates over `span` of an open file and closes it."""

    def __init__(self, stream: BinaryIO, span: Span) -> None:
        self._stream = stream
        self._left = span.length
        stream.seek(span.start)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        chunk = self._stream.read(min(CHUNK, self._left)) if self._left else b""
        if not chunk:
            self.close()
            raise StopIteration
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._stream.close()


def send(
    request: HttpRequest,
    *,
    open_file: Callable[[], BinaryIO],
    size: int,
    etag: str,
) -> HttpResponseBase:
    """Answer GET and HEAD for one file of `size` bytes; `etag` is strong and quoted.

    `open_file` is called only when bytes are to be sent. The caller adds type, caching and disposition.
    """
    met = get_conditional_response(request, etag=etag, last_modified=None)
    if met is not None:
        met.headers.setdefault("ETag", etag)
        return cast("HttpResponseBase", met)
    try:
        span = _span(request, size, etag)
    except UnsatisfiableError:
        refused = HttpResponse(status=416, content_type="text/plain")
        refused.headers["Content-Range"] = f"bytes */{size}"
        return _dressed(refused, etag, 0)
    part = span or Span(0, size)
    status = 200 if span is None else 206
    response: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    else:
        reader = BoundedReader(open_file(), part)
        response = StreamingHttpResponse(reader, status=status)
    if span is not None:
        response.headers["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{size}"
    return _dressed(response, etag, part.length)


def _span(request: HttpRequest, size: int, etag: str) -> Span | None:
    header = request.headers.get("Range", "")
    if not header or request.method != "GET":  # ranges are defined for GET alone
        return None
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition != etag:  # another file, a weak tag or a date: send the whole
        return None
    return asked_span(header, size)


def _dressed(response: HttpResponseBase, etag: str, length: int) -> HttpResponseBase:
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Content-Length"] = str(length)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
