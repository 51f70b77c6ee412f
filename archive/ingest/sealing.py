"""The worker's daily duty: the head of every finished day, and its time-stamp where an authority is set."""

from __future__ import annotations

import logging

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from archive.custody import heads, stamps
from archive.custody.errors import StampError
from archive.ingest.tasks import seal_days

log = logging.getLogger(__name__)


def queue_if_due() -> None:
    """Queue the duty when a finished day has no head or the newest head no stamp; once at a time.

    It is a task because an authority may take its time, and who asks keeps the worker's lease.
    """
    waiting = DBTaskResult.objects.exclude(finished_at__isnull=False)
    if _is_due() and not waiting.filter(task_path=seal_days.module_path).exists():
        seal_days.enqueue()


def seal() -> None:
    for head in heads.make_heads():
        log.info("head of %s over %s chains: %s", head.day, head.chains, head.hash)
    try:
        stamp = stamps.stamp_newest()
    except StampError as error:
        log.warning("%s; the next round tries again", error)
        return
    if stamp is not None:
        log.info("stamped by %s at %s", stamp.by, stamp.at)


def _is_due() -> bool:
    if heads.is_due():
        return True
    head = heads.newest_head() if settings.TIMESTAMP_URL else None
    return head is not None and head.stamp is None
