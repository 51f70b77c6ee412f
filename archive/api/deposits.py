"""The way in for bytes: deposits and resumable uploads, tus 1.0 under /api/deposits/.

Every verb needs a login (401) and the CSRF token in the header `X-CSRFToken` (403); another person's deposit
does not exist (404). Errors are JSON, `{"error": "what happened and what to do next"}`.

Deposits
    POST /api/deposits/                   {"collection": slug} -> 201 {"id", "url", "files", "max_file_bytes",
                                          "extensions"}; 404 for a collection the user may not see, 403 where
                                          they may not deposit. `url` shows progress, `files` takes uploads.
    GET  /api/deposits/?collection=slug   the user's twenty latest: {"deposits": [{"id", "url", "files",
                                          "created", "state", "counts", "bytes", "done"}]}
    GET  /api/deposits/<id>?since=&limit= progress:
        {"id", "state": "open" | "cancelled", "collection": {"slug", "title", "url"},
         "counts": {"uploading", "waiting", "working", "stored", "duplicate", "updated", "unpacked",
                    "refused", "failed", "cancelled"},
         "bytes": {"total", "received"}, "done": true when nothing is uploading, waiting or working,
         "files": [File...], "next": cursor, "more": bool}
        File: {"id", "url", "name", "bytes", "received", "role", "state", "label", "reason",
               "photo": {"id", "url", "thumb"} | null}
        Files come in the order they last changed. Give `next` back as `since` to get only what changed
        after; ask again at once while `more` is true. A file may come twice: replace it by its `id`.
        `limit` <= 500. With `If-None-Match` it answers 304 while nothing changed. `reason` is a sentence
        for the depositor, for the states refused, failed, duplicate and updated.
    POST /api/deposits/<id>/cancel        stops what is uploading or waiting; stored files stay. -> progress
    POST /api/deposits/<id>/retry         puts back every failed file whose bytes are here. -> progress

Uploads (every request carries `Tus-Resumable: 1.0.0`, else 412)
    OPTIONS /api/deposits/<id>/files/     204: Tus-Version, Tus-Extension, Tus-Max-Size,
                                          Tus-Checksum-Algorithm
    POST    /api/deposits/<id>/files/     Upload-Length: bytes; Upload-Metadata: `key base64(utf-8)`, comma:
        filename      the name; needed unless relativePath is given
        relativePath  with folders, `walk/IMG_1.jpg`; names within a deposit pair sidecars and further files
        role          back | negative | print | rescan | sidecar, only together with
        of            the public id of the photo it belongs to (in the deposit's collection)
        -> 201, Location, Upload-Offset. The same name and length in the same deposit is the same file: a
        reloaded page sends the same POST and goes on at the Upload-Offset it is told (equal to the length:
        nothing to send). A cancelled or refused file starts again at 0. With a body of
        `Content-Type: application/offset+octet-stream` its bytes are taken at once (creation-with-upload),
        if the file is new.
        400 malformed, 409 deposit cancelled, 413 larger than allowed, 415 not a kind of file that is taken,
        507 the disk has no room. These are final for that file, save 507: try later.
    HEAD    /api/deposits/<id>/files/<fid>   200: Upload-Offset, Upload-Length; equal once all bytes are
        here, whatever has become of them since; 410 when it was cancelled or refused
    PATCH   /api/deposits/<id>/files/<fid>   Upload-Offset, Content-Length,
        `Content-Type: application/offset+octet-stream`, optionally `Upload-Checksum: sha256 base64(digest)`
        (or sha1) of this request's bytes -> 204, Upload-Offset. Bytes are on the disk before the answer.
        The last one queues the file.
        409 offset is not where the file ends: HEAD, then go on; 410 nothing more is wanted; 413 beyond
        Upload-Length; 423 another request is writing this file: wait a second, HEAD; 460 checksum differs,
        nothing kept: send again; 507 no room: try later.
    DELETE  /api/deposits/<id>/files/<fid>   204: cancels it; 409 when a worker has it or it is done.

Pairing by name within a deposit (same folder, letter case ignored)
    `a.xmp` and `a.jpg.xmp` are sidecars of `a.jpg`; `a.xmp` of the first of several called `a`.
    `a_back.jpg`, `a-negative.tif`, `a print.png`, `a_rescan2.tif` are further files of the photo `a.*`, when
    it is there; alone they are photos of their own.
    Create a photo's upload before those of what belongs to it: sort names so that plain ones come first,
    then those with a role word, then sidecars. A sidecar without its photo is refused, and is taken as soon
    as the photo arrives in the same deposit.

A ZIP is unpacked: it becomes `unpacked`, and each entry a File of its own named `archive.zip/entry`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import rights
from archive.api import tus
from archive.api.deposit_answers import deposit_brief, deposit_progress, opened
from archive.ingest import arrivals, progress
from archive.ingest.models import Deposit, DepositFile
from archive.ingest.uploads import UploadError
from archive.vault import NoRoom

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

BRIEF_DEPOSITS = 20
MOST_JSON_BYTES = 64 * 1024

View = Callable[..., "HttpResponseBase"]


def door(view: View) -> View:
    """Ask for a login; turn what the rooms below say went wrong into its status."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return said(401, "log in first")
        try:
            return view(request, *args, **kwargs)
        except UploadError as error:
            return said(error.status, str(error))
        except NoRoom as error:
            return said(507, str(error))
        except (Deposit.DoesNotExist, DepositFile.DoesNotExist):
            return said(404, "there is no such deposit, or it is not yours")

    return guarded


@require_http_methods(["GET", "POST"])
@door
def deposits(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _open(request)
    assert request.user.pk is not None
    mine = progress.latest(BRIEF_DEPOSITS, by=request.user.pk, slug=request.GET.get("collection"))
    return JsonResponse({"deposits": [deposit_brief(deposit) for deposit in mine]})


def _open(request: HttpRequest) -> HttpResponseBase:
    asked = _json(request)
    slug = asked.get("collection")
    seen = rights.visible_collections(request.user)
    collection = seen.filter(slug=slug).first() if isinstance(slug, str) else None
    if collection is None:
        return said(404, "there is no such collection")
    if not rights.may_deposit(request.user, collection):
        return said(403, "you may look at this collection, not deposit in it: ask its owner")
    assert request.user.is_authenticated
    return JsonResponse(opened(arrivals.open_deposit(collection=collection, by=request.user)), status=201)


@require_GET
@door
def deposit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Progress, with an ETag that stays the same while nothing changed."""
    try:
        limit = min(max(int(request.GET.get("limit", progress.PAGE)), 1), progress.PAGE)
        return deposit_progress(request, mine(request, public_id), request.GET.get("since", ""), limit)
    except ValueError as error:
        return said(400, str(error))


@require_POST
@door
def cancel(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = mine(request, public_id)
    arrivals.cancel(deposit=found)
    return deposit_progress(request, mine(request, public_id), "", progress.PAGE)


@require_POST
@door
def retry(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = mine(request, public_id)
    arrivals.retry(deposit=found)
    return deposit_progress(request, found, "", progress.PAGE)


@require_http_methods(["OPTIONS", "POST"])
@door
def files(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = mine(request, public_id)
    if request.method == "OPTIONS":
        return tus.options()
    return tus.create(request, found)


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@door
def file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponseBase:
    found = mine(request, public_id)
    upload = found.files.select_related("deposit").get(public_id=file_id)
    verbs = {"HEAD": tus.head, "PATCH": tus.patch, "DELETE": tus.delete}
    verb = verbs.get(str(request.method))
    return verb(request, upload) if verb else tus.options()


def mine(request: HttpRequest, public_id: str) -> Deposit:
    return progress.deposit_of(request.user, public_id)


def said(status: int, message: str) -> HttpResponse:
    answer = JsonResponse({"error": message}, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Tus-Resumable"] = tus.VERSION
    return answer


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.read(MOST_JSON_BYTES))
    except ValueError:
        raise UploadError(400, 'send JSON: {"collection": slug}') from None
    return told if isinstance(told, dict) else {}


urlpatterns = [
    path("api/deposits/", deposits, name="api-deposits"),
    path("api/deposits/<str:public_id>", deposit, name="api-deposit"),
    path("api/deposits/<str:public_id>/cancel", cancel, name="api-deposit-cancel"),
    path("api/deposits/<str:public_id>/retry", retry, name="api-deposit-retry"),
    path("api/deposits/<str:public_id>/files/", files, name="api-deposit-files"),
    path("api/deposits/<str:public_id>/files/<str:file_id>", file, name="api-deposit-file"),
]
