"""The task table of django-tasks-db, with what it lacks: atomic claims, leases, and recovery of the dead.

A task runs under the name of its worker. A worker lives while its lease row is fresh and, on the same disk,
its lock file is held; the kernel lets go of that at once when the process ends, however it ends. Whoever
notices a dead worker puts its tasks back by compare-and-set. A task started three times is given up.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import socket
from datetime import timedelta
from pathlib import Path
from traceback import format_exception
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from archive.ingest import recipe
from archive.ingest.models import WorkerLease
from archive.ingest.tasks import take_in_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

log = logging.getLogger(__name__)

MOST_STARTS: Final = 3
BEAT_SECONDS: Final = 5.0
LEASE_SECONDS: Final = 30.0
KEPT_DAYS: Final = 1
_CANDIDATES: Final = 8
_GIVEN_UP = (
    "the worker stopped three times while it was reading this file: try again, or ask the administrator"
)

Row = DBTaskResult[Any, Any]


def claim(worker: str) -> Row | None:
    """Take the next task that is due, if any; nobody else can have it then."""
    for row in DBTaskResult.objects.ready()[:_CANDIDATES]:
        now = timezone.now()
        workers = [*row.worker_ids, worker]
        if _swap(
            row, TaskResultStatus.READY, status=TaskResultStatus.RUNNING, started_at=now, worker_ids=workers
        ):
            row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, now, workers
            return row
    return None


def succeeded(row: Row) -> None:
    _swap(row, TaskResultStatus.RUNNING, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())


def put_back(row: Row, *, seconds: float, counted: bool) -> None:
    """Have a task run again later; `counted` keeps this start in the count of three."""
    _swap(
        row,
        TaskResultStatus.RUNNING,
        status=TaskResultStatus.READY,
        run_after=timezone.now() + timedelta(seconds=seconds),
        worker_ids=row.worker_ids if counted else row.worker_ids[:-1],
    )


def failed(row: Row, error: BaseException, reason: str) -> None:
    """End a task for good and tell the row it worked for."""
    if row.task_path == take_in_file.module_path:
        recipe.give_up(row.args_kwargs["args"][0], reason)
    _swap(
        row,
        TaskResultStatus.RUNNING,
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="".join(format_exception(error)),
    )


def pending() -> bool:
    """Whether any task waits, now or for its time to come."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


def recover(*, me: str = "", mine: Collection[Any] = ()) -> int:
    """Put back the tasks of dead workers, and any under `me` that is not among `mine`; return how many."""
    count = 0
    dead: dict[str, bool] = {}
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exclude(pk__in=list(mine)):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if worker not in dead:
            dead[worker] = worker == me or not lives(worker)
        if not dead[worker]:
            continue
        log.warning("worker %s is gone: its task %s goes back to the queue", worker[:8], row.pk)
        if len(row.worker_ids) >= MOST_STARTS:
            failed(row, RuntimeError("the worker was killed"), _GIVEN_UP)
        else:
            put_back(row, seconds=0, counted=True)
        count += 1
    return count


def prune() -> None:
    """Forget finished tasks and dead leases of yesterday: what they did stands in the domain's own rows."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    WorkerLease.objects.filter(beat_at__lt=before).delete()


def lives(worker: str) -> bool:
    """Whether a worker still runs, as far as can be known from here."""
    lease = WorkerLease.objects.filter(pk=worker).first()
    if lease is None or lease.beat_at < timezone.now() - timedelta(seconds=LEASE_SECONDS):
        return False
    return not (lease.host == socket.gethostname() and _is_let_go(worker))


def any_lives() -> bool:
    return any(lives(worker) for worker in WorkerLease.objects.values_list("pk", flat=True))


class Lease:
    """A worker's proof of life, from `take` to `end`."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._lock = -1

    def take(self) -> None:
        path = _lock_path(self.worker)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.beat()

    def beat(self) -> None:
        WorkerLease.objects.update_or_create(
            worker=self.worker,
            defaults={
                "beat_at": timezone.now(),
                "host": socket.gethostname(),
                "process": os.getpid(),
            },
        )

    def end(self) -> None:
        WorkerLease.objects.filter(pk=self.worker).delete()
        _lock_path(self.worker).unlink(missing_ok=True)
        if self._lock >= 0:
            os.close(self._lock)


def _swap(row: Row, before: str, **values: Any) -> bool:
    """Change a task only if nobody did since it was read: its start is what tells."""
    same = DBTaskResult.objects.filter(pk=row.pk, status=before)
    started: datetime | None = row.started_at
    same = same.filter(started_at=started) if started else same.filter(started_at__isnull=True)
    return same.update(**values) == 1


def _lock_path(worker: str) -> Path:
    return Path(settings.DATA_DIR) / "workers" / f"{worker}.lock"


def _is_let_go(worker: str) -> bool:
    """Whether the lock file of a worker on this disk is there and held by nobody."""
    try:
        handle = os.open(_lock_path(worker), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        with contextlib.suppress(FileNotFoundError):
            _lock_path(worker).unlink()
        return True
    finally:
        os.close(handle)
