"""When the columns are built anew, by one process at a time, in the background or by command."""

from __future__ import annotations

import fcntl
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from archive.atlas.columns import building, layout, log, store
from archive.atlas.columns.building import Built
from archive.atlas.columns.layout import ColumnsError
from archive.catalogue.models import Photo

logger = logging.getLogger(__name__)

REBUILD_AFTER: Final = 10_000
"""Changes since the last build from which on another is worth its while."""
LONGEST_PAUSE: Final = 3600.0
_FIRST_PAUSE: Final = 60.0


class BusyError(ColumnsError):
    """Another process builds the columns; it will be done soon."""


@dataclass(frozen=True, slots=True)
class Done:
    built: Built
    seconds: float


def rebuild(tell: Callable[[int], None] = lambda _rows: None) -> Done:
    """Build the file anew and put it in place of the old one. Raises `BusyError`."""
    began = time.monotonic()
    with _alone():
        layout.clear_leftovers(store.path())
        built = building.build(store.path(), tell)
    done = Done(built, time.monotonic() - began)
    logger.info("columns of %d photos built: %d bytes, %.1f s", built.photos, built.byte_count, done.seconds)
    return done


def reason_to_rebuild() -> str:
    """Say why the columns ought to be built anew; empty when they are good enough or not wanted."""
    if settings.ATLAS == "sql":
        return ""
    try:
        base = store.load(store.path())
    except FileNotFoundError:
        return "there are none yet" if _enough_photos() else ""
    except (ColumnsError, OSError) as error:
        return str(error)
    reading = log.read(base.mark)
    if not reading.follows:
        return "they belong to another state of the database"
    if reading.too_many or len(reading.fresh) > REBUILD_AFTER:
        return f"more than {REBUILD_AFTER} changes since they were built"
    return ""


def is_running() -> bool:
    try:
        with _alone():
            return False
    except BusyError:
        return True


class Housekeeping:
    """Looks now and then whether the columns are to be built, and has a process of its own do it.

    That process is of low priority and takes its memory with it. One that fails is started again later and
    later. Called from one thread; `end` stops what is running, which leaves the old file in use.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._due = 0.0
        self._pause = _FIRST_PAUSE

    def __call__(self) -> None:
        if self._child is not None and not self._has_ended(self._child):
            return
        if time.monotonic() < self._due:
            return
        try:
            reason = reason_to_rebuild()
            if reason and not is_running():
                logger.info("building the columns: %s", reason)
                self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and command, no shell
                    self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
                )
        except OSError:  # the worker that calls must live on
            logger.exception("the columns cannot be built")
            self._wait_longer()

    def end(self) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait()

    def _has_ended(self, child: subprocess.Popen[bytes]) -> bool:
        code = child.poll()
        if code is None:
            return False
        self._child = None
        if code == 0:
            self._pause, self._due = _FIRST_PAUSE, 0.0
        else:
            logger.error("building the columns failed (%s): next try in %.0f s", code, self._pause)
            self._wait_longer()
        return True

    def _wait_longer(self) -> None:
        self._due = time.monotonic() + self._pause
        self._pause = min(LONGEST_PAUSE, 2 * self._pause)


def housekeeping() -> Housekeeping:
    """Return what a worker calls from time to time."""
    manage = Path(settings.BASE_DIR) / "manage.py"
    return Housekeeping([sys.executable, str(manage), "rebuild_atlas", "--columns", "--background"])


def _enough_photos() -> bool:
    least = 1 if settings.ATLAS == "columns" else settings.ATLAS_COLUMNS_FROM
    return Photo.objects.order_by("pk")[least - 1 : least].exists()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock, which the system takes back from a process that dies."""
    store.folder().mkdir(parents=True, exist_ok=True)
    with (store.folder() / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise BusyError("another process is building the columns: wait until it is done") from busy
        yield
