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
         "counts": {"uploading", "waiting", "working", "stored", "duplicate", "updated", "unpacked", "refused",
                    "failed", "cancelled"},
         "bytes": {"total", "received"}, "done": true when nothing is uploading, waiting or working,
         "files": [File...], "next": cursor, "more": bool}
        File: {"id", "url", "name", "bytes", "received", "role", "state", "label", "reason",
               "photo": {"id", "url", "thumb"} | null}
        Files come in the order they last changed. Give `next` back as `since` to get only what changed after;
        ask again at once while `more` is true. A file may come twice: replace it by its `id`. `limit` <= 500.
        `reason` is a sentence for the depositor, for the states refused, failed, duplicate and updated.
    POST /api/deposits/<id>/cancel        stops what is uploading or waiting; what is stored stays. -> progress
    POST /api/deposits/<id>/retry         puts every failed file back (whose bytes are here). -> progress

Uploads (every request carries `Tus-Resumable: 1.0.0`, else 412)
    OPTIONS /api/deposits/<id>/files/     204: Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm
    POST    /api/deposits/<id>/files/     Upload-Length: bytes; Upload-Metadata: comma-separated `key base64(utf-8)`:
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
    HEAD    /api/deposits/<id>/files/<fid>   200: Upload-Offset, Upload-Length; 410 once the bytes are taken in,
        refused or cancelled and nothing more is wanted
    PATCH   /api/deposits/<id>/files/<fid>   Upload-Offset, Content-Length,
        `Content-Type: application/offset+octet-stream`, optionally `Upload-Checksum: sha256 base64(digest)` (or
        sha1) of this request's bytes -> 204, Upload-Offset. Bytes are on the disk before the answer. The last
        one queues the file.
        409 offset is not where the file ends: HEAD, then go on; 423 another request is writing this file: wait
        a second, HEAD; 460 checksum differs, nothing kept: send again; 413 beyond Upload-Length; 507 no room.
    DELETE  /api/deposits/<id>/files/<fid>   204: cancels it; 409 when a worker has it or it is done.

Pairing by name within a deposit (same folder, letter case ignored)
    `a.xmp` and `a.jpg.xmp` are sidecars of `a.jpg`.
    `a_back.jpg`, `a-negative.tif`, `a print.png`, `a_rescan2.tif` are further files of the photo `a.*`, when it
    is there; alone they are photos of their own.
    Create a photo's upload before those of what belongs to it: sort names so that plain ones come first, then
    those with a role word, then sidecars. A sidecar without its photo is refused, and is taken as soon as the
    photo arrives in the same deposit.

A ZIP is unpacked: it becomes `unpacked`, and each entry a File of its own named `archive.zip/entry`.
"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
