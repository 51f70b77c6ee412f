"""What crashes and closed tabs leave behind, put right from time to time by any worker."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from archive.ingest import arrivals, queue, sealing, staging
from archive.ingest.models import Deposit, DepositFile, FileState
from archive.vault import digest_of
from archive.vault.originals import INCOMING, root

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

QUIET_SECONDS: Final = 60
ABANDONED_DAYS: Final = 14
STALE_SECONDS: Final = 24 * 3600


def tidy() -> None:
    queue.prune()
    sealing.queue_if_due()
    finish_complete_uploads()
    end_abandoned_uploads()
    _remove_old(root(), f"{INCOMING}*")
    for folder in staging.root().glob("*"):
        if not Deposit.objects.filter(public_id=folder.name).exists():
            _remove_old(folder, "*")


def finish_complete_uploads() -> None:
    """Queue uploads whose last byte arrived just before the server died."""
    quiet = timezone.now() - timedelta(seconds=QUIET_SECONDS)
    uploads = DepositFile.objects.filter(state=FileState.UPLOADING, changed_at__lt=quiet)
    for file in uploads.select_related("deposit").iterator():
        path = staging.path_of(file)
        if file.byte_count and staging.received(file) == file.byte_count and _is_quiet(path):
            arrivals.received(file=file, sha256=digest_of(path))


def end_abandoned_uploads() -> None:
    before = timezone.now() - timedelta(days=ABANDONED_DAYS)
    uploads = DepositFile.objects.filter(state=FileState.UPLOADING, changed_at__lt=before)
    for file in uploads.select_related("deposit").iterator():
        if not _is_quiet(staging.path_of(file), ABANDONED_DAYS * 24 * 3600):
            continue
        log.info("upload of %s was abandoned", file.public_id)
        arrivals.cancel_file(file=file)


def _is_quiet(path: Path, seconds: float = QUIET_SECONDS) -> bool:
    try:
        return time.time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return True


def _remove_old(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        if path.is_file() and _is_quiet(path, STALE_SECONDS):
            path.unlink(missing_ok=True)
