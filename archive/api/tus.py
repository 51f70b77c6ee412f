"""The wire of tus 1.0.0 (https://tus.io/protocols/resumable-upload): headers in, headers out."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from archive.catalogue.models import Role
from archive.ingest import arrivals, uploads
from archive.ingest.models import FileState
from archive.ingest.uploads import Checksum, UploadError, Wish

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.ingest.models import Deposit, DepositFile

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,termination,checksum"
OCTETS: Final = "application/offset+octet-stream"
MOST_METADATA: Final = 8192
_NUMBER: Final = re.compile(r"\d{1,15}")


def options() -> HttpResponse:
    return _answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": settings.MAX_FILE_BYTES,
            "Tus-Checksum-Algorithm": ",".join(uploads.ALGORITHMS),
        },
    )


def create(request: HttpRequest, deposit: Deposit) -> HttpResponse:
    _check_version(request)
    length = _number(request, "Upload-Length")
    file, new = uploads.begin(deposit, _wish(_metadata(request), length))
    here = uploads.offset(file)
    if new and request.content_type == OCTETS and (sent := _content_length(request)):
        here = uploads.append(file, request, at=0, length=sent, checksum=_checksum(request))
    where = reverse("api-deposit-file", args=[deposit.public_id, file.public_id])
    return _answer(201, {"Location": where, "Upload-Offset": here})


def head(request: HttpRequest, file: DepositFile) -> HttpResponse:
    _check_version(request)
    if file.state in {FileState.CANCELLED, FileState.REFUSED}:
        return _answer(410, {})
    here = uploads.offset(file)
    return _answer(200, {"Upload-Offset": here, "Upload-Length": file.byte_count})


def patch(request: HttpRequest, file: DepositFile) -> HttpResponse:
    _check_version(request)
    if request.content_type != OCTETS:
        raise UploadError(415, f"send the bytes as {OCTETS}")
    at = _number(request, "Upload-Offset")
    length = _content_length(request)
    here = uploads.append(file, request, at=at, length=length, checksum=_checksum(request))
    return _answer(204, {"Upload-Offset": here})


def delete(request: HttpRequest, file: DepositFile) -> HttpResponse:
    _check_version(request)
    if not arrivals.cancel_file(file=file):
        raise UploadError(409, "it is too late: a worker has this file, or it is done")
    return _answer(204, {})


def _answer(status: int, headers: dict[str, str | int]) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Tus-Resumable"] = VERSION
    answer["Cache-Control"] = "no-store"
    for name, value in headers.items():
        answer[name] = str(value)
    return answer


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise UploadError(412, f"this server speaks tus {VERSION}: send `Tus-Resumable: {VERSION}`")


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        raise UploadError(400, f"{header}: give a whole number of bytes")
    return int(text)


def _content_length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length") or ""
    if not _NUMBER.fullmatch(text):
        raise UploadError(411, "say the length of the body: Content-Length")
    return int(text)


def _metadata(request: HttpRequest) -> dict[str, str]:
    text = request.headers.get("Upload-Metadata", "")
    if len(text) > MOST_METADATA:
        raise UploadError(400, "Upload-Metadata is too long")
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise UploadError(400, f"Upload-Metadata: {key} is not UTF-8 in base64") from None
    return found


def _wish(metadata: dict[str, str], length: int) -> Wish:
    name = metadata.get("relativePath") or metadata.get("filename") or ""
    try:
        role = Role(metadata.get("role") or Role.PRIMARY)
    except ValueError:
        raise UploadError(400, "role: back, negative, print, rescan or sidecar") from None
    return Wish(name, length, role, metadata.get("of", ""))


def _checksum(request: HttpRequest) -> Checksum | None:
    text = request.headers.get("Upload-Checksum")
    if not text:
        return None
    algorithm, _, value = text.partition(" ")
    if algorithm not in uploads.ALGORITHMS:
        raise UploadError(400, f"Upload-Checksum: one of {', '.join(uploads.ALGORITHMS)}")
    try:
        return Checksum(algorithm, base64.b64decode(value, validate=True))
    except binascii.Error:
        raise UploadError(400, "Upload-Checksum: the digest is not base64") from None
