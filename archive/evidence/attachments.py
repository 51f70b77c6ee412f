"""Documents kept with evidence and appearances: bytes in the vault, hash in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.custody.chain import Kind, actor_of, record
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Attachment
from archive.evidence.targets import required
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".mhtml": "multipart/related",
    ".warc": "application/warc",
    ".warc.gz": "application/warc+gzip",
    ".wacz": "application/wacz",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def media_type_of(name: str) -> str:
    """Return the media type by the file's ending. Raises `EvidenceError` for what is not kept."""
    lower = name.lower()
    for ending in sorted(MEDIA_TYPES, key=len, reverse=True):
        if lower.endswith(ending):
            return MEDIA_TYPES[ending]
    raise EvidenceError(
        "Documents are kept as PDF, HTML, WARC, WACZ, text, CSV, JSON or a picture; this is none of them."
    )


@transaction.atomic
def keep_attachment(
    *,
    collection: Collection,
    sha256: str,
    byte_count: int,
    name: str,
    by: User,
    readership: Readership = Readership.MEMBERS,
) -> Attachment:
    """Record a document whose bytes lie in the vault already; the same one twice is one."""
    clean = required(name, "File name", 300)
    attachment, is_new = Attachment.objects.get_or_create(
        collection=collection,
        sha256=sha256,
        defaults={
            "byte_count": byte_count,
            "name": clean,
            "media_type": media_type_of(clean),
            "readership": readership.value,
            "received_from": by,
        },
    )
    if is_new:
        record(
            chain=attachment.public_id,
            kind=Kind.ATTACHMENT_KEPT,
            actor=actor_of(by.pk),
            detail={"sha256": sha256, "bytes": byte_count},
        )
    return attachment
