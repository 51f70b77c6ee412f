"""What the deposit endpoints answer in JSON; the shapes are written in `deposits`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response

from archive.api import tus
from archive.ingest import progress
from archive.ingest.models import FileState

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.ingest.models import Deposit


def opened(deposit: Deposit) -> dict[str, Any]:
    return _addresses(deposit) | {
        "max_file_bytes": settings.MAX_FILE_BYTES,
        "extensions": tus.EXTENSIONS.split(","),
    }


def deposit_brief(deposit: Deposit) -> dict[str, Any]:
    totals = progress.totals(deposit)
    return _addresses(deposit) | {
        "created": deposit.created_at.isoformat(),
        "state": deposit.state,
        **_totals(totals),
    }


def deposit_progress(request: HttpRequest, deposit: Deposit, since: str, limit: int) -> HttpResponseBase:
    """Answer with totals and the files that changed; 304 when the client has just that. Raises ValueError."""
    totals = progress.totals(deposit)
    mark = f"{deposit.version}/{deposit.state}/{since}/{limit}/{totals}"
    etag = f'"{hashlib.sha256(mark.encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    page = progress.changed_since(deposit, since, limit=limit)
    answer: HttpResponse = JsonResponse(
        {
            "id": deposit.public_id,
            "state": deposit.state,
            "collection": {
                "slug": deposit.collection.slug,
                "title": deposit.collection.title,
                "url": reverse("collection", args=[deposit.collection.slug]),
            },
            **_totals(totals),
            "files": [_file(deposit, file) for file in page.files],
            "next": page.cursor,
            "more": page.more,
        }
    )
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-store"
    return answer


def _addresses(deposit: Deposit) -> dict[str, Any]:
    return {
        "id": deposit.public_id,
        "url": reverse("api-deposit", args=[deposit.public_id]),
        "files": reverse("api-deposit-files", args=[deposit.public_id]),
    }


def _totals(totals: progress.Totals) -> dict[str, Any]:
    return {
        "counts": totals.counts,
        "bytes": {"total": totals.byte_count, "received": totals.received},
        "done": totals.done,
    }


def _file(deposit: Deposit, file: progress.FileSeen) -> dict[str, Any]:
    photo = None
    if file.photo is not None:
        photo = {
            "id": file.photo.public_id,
            "url": reverse("photo", args=[file.photo.public_id]),
            "thumb": reverse("file-size", args=[file.photo.public_id, 256]),
        }
    return {
        "id": file.public_id,
        "url": reverse("api-deposit-file", args=[deposit.public_id, file.public_id]),
        "name": file.name,
        "bytes": file.byte_count,
        "received": file.received,
        "role": file.role,
        "state": file.state.value,
        "label": FileState(file.state).label,
        "reason": file.reason,
        "photo": photo,
    }
