"""XMP sidecars that come after their photo, or alone for a photo that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive import vault
from archive.catalogue.models import Photo, Role
from archive.catalogue.photos import add_file, locked, read_again
from archive.evidence.proposing import propose
from archive.ingest import partners, staging
from archive.ingest.changes import Outcome, finish
from archive.ingest.children import look
from archive.ingest.errors import Refused
from archive.ingest.models import FileState
from archive.ingest.tasks import queue_checks
from archive.metadata import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from archive.ingest.models import DepositFile

MOST_BYTES = 8 * 2**20
FORMAT = "XMP"


def attach(file: DepositFile) -> Outcome | None:
    """Add a sidecar to its photo, read the photo again with all its sidecars, and propose its claims anew.

    Returns None when the outcome was written with that. Raises `NotYet`, `Orphan`, `Refused`.
    """
    if file.byte_count > MOST_BYTES:
        raise Refused(f"a sidecar has at most {MOST_BYTES // 2**20} MB")
    primary = partners.described_by(file)
    photo = primary.photo
    known = Outcome(FileState.DUPLICATE, "this sidecar is here already", photo)
    if _has(photo, file.sha256):
        return known
    here = staging.bytes_of(file)
    together = [*_sidecars_of(photo), here]
    reading = look(vault.path(primary.sha256), primary.sha256, sidecars=together)
    vault.adopt(here, sha256=file.sha256)
    with transaction.atomic():
        locked(photo)
        if _has(photo, file.sha256):
            return known
        record(file, photo)
        read_again(file=primary, reading=reading)
        propose(photo=photo, file=primary, reading=reading, by=file.deposit.user_id)
        queue_checks([photo.pk])
        finish(file, Outcome(FileState.UPDATED, "", photo))
    return None


def record(file: DepositFile, photo: Photo) -> None:
    """Add the sidecar's own row; its bytes are in the vault."""
    reading = Reading(sha256=file.sha256, byte_count=file.byte_count, format=FORMAT)
    add_file(photo=photo, reading=reading, name=file.name, role=Role.SIDECAR, by=file.deposit.user_id)


def _has(photo: Photo, sha256: str) -> bool:
    return photo.files.filter(role=Role.SIDECAR, sha256=sha256).exists()


def _sidecars_of(photo: Photo) -> list[Path]:
    digests = photo.files.filter(role=Role.SIDECAR).order_by("pk").values_list("sha256", flat=True)
    return [vault.path(digest) for digest in digests]
