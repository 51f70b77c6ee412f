"""The background worker: threads that claim tasks and wait for children, one more that keeps the lease."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from django.db import close_old_connections, connection, connections
from django.db.utils import Error as DatabaseError

from archive.ingest import children, queue, tidying
from archive.ingest.errors import Interrupted, NotYet

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 0.5
TIDY_SECONDS: Final = 600.0
HOUSEKEEPING_SECONDS: Final = 30.0
STOP_SECONDS: Final = 300.0
_RETRY_SECONDS: Final = (1.0, 5.0)


class Worker:
    """Runs tasks in `concurrency` threads until `stop`, or until `until` says so while nothing is running.

    Python only waits and writes rows here; decoding happens in children, so threads are enough and the
    process stays small. `housekeeping` is called from time to time and returns at once.
    """

    def __init__(
        self,
        *,
        concurrency: int,
        until: Callable[[], bool] | None = None,
        housekeeping: Callable[[], None] | None = None,
    ) -> None:
        self.name = secrets.token_hex(16)
        self._concurrency = concurrency
        self._until = until
        self._housekeeping = housekeeping
        self._stopping = threading.Event()
        self._claiming = threading.Lock()
        self._running: set[Any] = set()
        self._lease = queue.Lease(self.name)

    def stop(self) -> None:
        """Finish what is running, begin nothing more. Safe in a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped; returns when the last task has ended and the lease is given back."""
        self._lease.take()
        queue.recover(me=self.name)
        threads = [
            threading.Thread(target=self._work, name=f"work-{number}", daemon=True)
            for number in range(self._concurrency)
        ]
        keeper = threading.Thread(target=self._keep, name="lease", daemon=True)
        for thread in (*threads, keeper):
            thread.start()
        try:
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(timeout=0.2)
        finally:
            self._stopping.set()
            keeper.join(timeout=STOP_SECONDS)
            self._lease.end()
            children.pool().close()

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    if not self._one() and not self._idle():
                        return
                except DatabaseError:
                    log.exception("the database did not answer: trying again")
                    connection.close()
                    self._stopping.wait(IDLE_SECONDS)
        finally:
            connections.close_all()

    def _one(self) -> bool:
        """Claim and run one task; False when none is due."""
        with self._claiming:
            row = queue.claim(self.name)
            if row is None:
                return False
            self._running.add(row.pk)
        try:
            self._perform(row)
        finally:
            self._running.discard(row.pk)
        return True

    def _perform(self, row: queue.Row) -> None:
        try:
            row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except NotYet as wait:
            queue.put_back(row, seconds=wait.seconds, counted=False)
        except Exception as error:  # noqa: BLE001 - whatever a task raises, the worker lives on
            self._mend(row, error)
        else:
            queue.succeeded(row)

    def _mend(self, row: queue.Row, error: Exception) -> None:
        starts = len(row.worker_ids)
        expected = isinstance(error, Interrupted)
        log.log(
            logging.WARNING if expected else logging.ERROR,
            "task %s, start %s: %s",
            row.pk,
            starts,
            error,
            exc_info=None if expected else error,
        )
        if starts < queue.MOST_STARTS:
            queue.put_back(row, seconds=_RETRY_SECONDS[starts - 1], counted=True)
            return
        reason = str(error) if expected else "something unforeseen happened; the server's log has the details"
        queue.failed(row, error, reason)

    def _idle(self) -> bool:
        """Wait a little; False when the worker was to end once its work is done."""
        if self._until is not None and not self._running and self._until():
            self._stopping.set()
            return False
        self._stopping.wait(IDLE_SECONDS)
        return True

    def _keep(self) -> None:
        tidied = kept = float("-inf")
        try:
            while True:
                try:
                    self._lease.beat()
                    with self._claiming:  # nothing may be claimed between the two looks
                        queue.recover(me=self.name, mine=tuple(self._running))
                    if time.monotonic() - tidied > TIDY_SECONDS:
                        tidying.tidy()
                        tidied = time.monotonic()
                    if self._housekeeping and time.monotonic() - kept > HOUSEKEEPING_SECONDS:
                        self._housekeeping()
                        kept = time.monotonic()
                except DatabaseError:
                    log.exception("the lease could not be renewed: trying again")
                    connection.close()
                if self._stopping.wait(queue.BEAT_SECONDS):
                    return
        finally:
            connections.close_all()
