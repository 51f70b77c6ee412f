"""The bytes of a photo: originals to insiders, re-encoded copies to everyone who may see the photo.

    /files/<photo>/original        GET and HEAD, ranged; insiders only
    /files/<photo>/<256|1600>.jpg  a copy without metadata, long edge in pixels
    ?file=<n>                      the photo's n-th file, the picture itself being the first
    ?v=<version>                   see `copy_version`: at such an address the bytes never change

Whoever may not have something gets the same 404, byte for byte, as for a photo that never was.
"""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archive import vault
from archive.access import rights
from archive.api import ranges
from archive.api.photo_files import (
    BusyError,
    busy,
    caching,
    dressed,
    file_of,
    gone,
    orientation_of,
    picture_of,
    seen,
    turn,
)
from archive.catalogue.files import copy_version
from archive.catalogue.models import Role

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.catalogue.models import File

log = logging.getLogger(__name__)

# File.format -> media type and the suffixes people give it, the usual one first
_KINDS = {
    "JPEG": ("image/jpeg", (".jpg", ".jpeg", ".jpe", ".mpo")),
    "PNG": ("image/png", (".png",)),
    "TIFF": ("image/tiff", (".tif", ".tiff")),
    "WEBP": ("image/webp", (".webp",)),
    "HEIC": ("image/heic", (".heic", ".heif", ".hif")),
    "HEIF": ("image/heif", (".heif", ".heic", ".hif")),
    "AVIF": ("image/avif", (".avif",)),
}
_SIDECAR = ("application/rdf+xml", (".xmp", ".xml"))
_UNKNOWN = ("application/octet-stream", (".bin",))
_LONGEST_NAME = 120
_WINDOWS = '<>:"/\\|?*'


@require_safe
def original(request: HttpRequest, public_id: str) -> HttpResponseBase:
    photo = seen(request, public_id)
    if photo is None or not rights.may_see_original(request.user, photo):
        return gone()
    file = file_of(request, photo)
    if file is None or not vault.exists(file.sha256):
        return gone()
    media_type, _ = _kind(file)
    response = _handed_over(vault.path(file.sha256)) or ranges.send(
        request,
        open_file=lambda: vault.open_original(file.sha256),
        size=file.byte_count,
        etag=f'"{file.sha256}"',
    )
    if response.status_code in {200, 206}:
        response.headers["Content-Type"] = media_type
        disposition = content_disposition_header(as_attachment=True, filename=download_name(file))
        response.headers["Content-Disposition"] = disposition or "attachment"
    return dressed(response, caching="private, no-cache")


@require_safe
def copy(request: HttpRequest, public_id: str, size: int) -> HttpResponseBase:
    photo = seen(request, public_id) if size in vault.SIZES else None
    file = picture_of(request, photo) if photo else None
    if photo is None or file is None:
        return gone()
    place = vault.derivative_path(file.sha256, size)
    try:
        if not place.is_file():
            with turn():
                vault.derive(file.sha256, orientation=orientation_of(file))
    except BusyError:
        return busy()
    except vault.VaultError as problem:
        log.warning("no copy of photo %s: %s", public_id, problem)
        return gone()
    response = _handed_over(place) or ranges.send(
        request,
        open_file=lambda: _opened(place),
        size=place.stat().st_size,
        etag=f'"{file.sha256[:32]}-{vault.RECIPE}-{size}"',
    )
    if response.status_code in {200, 206}:
        response.headers["Content-Type"] = "image/jpeg"
    return dressed(response, caching=caching(request, photo, copy_version(file)))


def download_name(file: File) -> str:
    """Return a name that is safe on any system, whatever the sender called the file.

    The suffix is that of what the file is, so that a picture sent as `page.html` is saved as a picture.
    """
    _, suffixes = _kind(file)
    name = PurePosixPath(file.name.replace("\\", "/")).name
    kept = "".join(
        "_" if sign in _WINDOWS else sign
        for sign in name
        if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    kept = kept.strip(" .")[-_LONGEST_NAME:].strip(" .") or file.photo.public_id
    return kept if kept.lower().endswith(suffixes) else f"{kept}{suffixes[0]}"


def _kind(file: File) -> tuple[str, tuple[str, ...]]:
    return _SIDECAR if file.role == Role.SIDECAR else _KINDS.get(file.format.upper(), _UNKNOWN)


def _opened(place: Path) -> BinaryIO:
    return place.open("rb")


def _handed_over(place: Path) -> HttpResponse | None:
    """Let nginx send the file (its `internal` location /-/vault/ lies on DATA_DIR), when told it is there."""
    if not settings.ACCEL:
        return None
    response = HttpResponse()
    response.headers["X-Accel-Redirect"] = quote(f"/-/vault/{place.relative_to(settings.DATA_DIR)}")
    return response


urlpatterns: list[URLPattern] = [
    path("files/<str:public_id>/original", original, name="file-original"),
    path("files/<str:public_id>/<int:size>.jpg", copy, name="file-size"),
]
