"""Documents kept with evidence and appearances: downloaded, never shown.

An archived page is somebody else's program: it must not run under this archive's name. It is sent as bytes
of no kind, to be saved, and a browser that opens it all the same gives it no rights.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archive import vault
from archive.access.rights import readerships, visible_collections
from archive.evidence.attachments import media_type_of
from archive.evidence.errors import EvidenceError
from archive.evidence.records import attachments_within

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

_REFUSED = frozenset('<>:"/\\|?*')


@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """404 for whoever may not have it, as for one that never was."""
    found = attachments_within(visible_collections(request.user))
    attachment = get_object_or_404(found, public_id=public_id)
    if attachment.readership not in readerships(request.user, attachment.collection):
        raise Http404
    try:
        stream = vault.open_original(attachment.sha256)
    except vault.VaultError as missing:
        raise Http404("This document is not in the vault.") from missing
    response = FileResponse(stream, content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=safe_name(attachment.name))
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Length"] = str(attachment.byte_count)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def fitting_document(document: UploadedFile | None) -> UploadedFile | None:
    """Check the size and the kind of a document sent with a form. Raises `ValidationError`."""
    if document is None:
        return None
    if (document.size or 0) > settings.MAX_DOCUMENT_BYTES:
        raise ValidationError(
            f"This file has {filesizeformat(document.size or 0)}: leave large parts out of it, "
            "or give the address of an archived copy."
        )
    try:
        media_type_of(document.name or "")
    except EvidenceError as wrong:
        raise ValidationError(str(wrong)) from wrong
    return document


def safe_name(name: str) -> str:
    """Return a name that any system takes: no folders, no control signs."""
    kept = "".join(
        "_" if sign in _REFUSED else sign
        for sign in name
        if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    return kept.strip(" .")[-120:] or "document"
