"""What the routes to a photo's bytes share: who may have which file, and the one answer for everyone else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpResponse

from archive.access import rights
from archive.catalogue.files import numbered
from archive.catalogue.models import Role

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.catalogue.models import File, Photo

_MOST_FILES_DIGITS = 4
_WAIT_SECONDS = 10.0
_AT_ONCE = 4
_turnstile = threading.BoundedSemaphore(_AT_ONCE)


class BusyError(Exception):
    """More pictures are being made than this process makes at once."""


def gone() -> HttpResponse:
    """The answer for what is not there, and for what the asker may not know of."""
    answer = HttpResponse("Not found\n", status=404, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def busy() -> HttpResponse:
    answer = HttpResponse(
        "Busy: ask again in a moment\n", status=503, content_type="text/plain; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Retry-After"] = "2"
    return answer


def seen(request: HttpRequest, public_id: str) -> Photo | None:
    """Return the photo if the viewer may know of it."""
    photos = rights.visible(request.user).select_related("collection")
    return photos.filter(public_id=public_id).first()


def file_of(request: HttpRequest, photo: Photo) -> File | None:
    """Return the file that `?file=<n>` names, the picture itself without it."""
    number = request.GET.get("file", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_FILES_DIGITS):
        return None
    files = numbered(photo)
    return files[int(number) - 1] if 1 <= int(number) <= len(files) else None


def picture_of(request: HttpRequest, photo: Photo) -> File | None:
    """Like `file_of`, but only files that hold a picture."""
    file = file_of(request, photo)
    return None if file is None or file.role == Role.SIDECAR else file


def orientation_of(file: File) -> int | None:
    stated = file.reading.get("orientation")
    return stated if isinstance(stated, int) else None


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to make a picture. Raises `BusyError` when it does not come soon."""
    if not _turnstile.acquire(timeout=_WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _turnstile.release()


def dressed(response: HttpResponseBase, *, caching: str) -> HttpResponseBase:
    """Add what every answer with bytes carries."""
    response.headers["Cache-Control"] = caching
    response.headers["Vary"] = "Cookie"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def caching(request: HttpRequest, photo: Photo, version: str) -> str:
    """How long a copy may be kept: for good at an address that names its version (`?v=`), else an hour.

    Shared caches ask again hourly even so, that a photo taken away is soon gone from them too.
    """
    versioned = request.GET.get("v") == version
    if not photo.collection.open_to_public:
        return "private, max-age=31536000, immutable" if versioned else "private, max-age=3600"
    if versioned:
        return "public, max-age=31536000, s-maxage=3600, immutable"
    return "public, max-age=3600"
