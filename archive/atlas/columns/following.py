"""The column file brought up to the database: what was changed since it was built is read again.

One for each process, shared by its threads. States are frozen and replaced; only making a new one is done by
one thread at a time. A request that nothing happened before pays one query.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings
from django.db import connection

from archive.atlas.columns import log, raw, store
from archive.atlas.columns.layout import ColumnsError
from archive.atlas.columns.log import Entry, Mark, Reading
from archive.atlas.columns.overlay import Overlay, next_number
from archive.atlas.columns.rows import Piece, View, distinct
from archive.atlas.columns.store import Base, Stamp
from archive.atlas.snapshot import snapshot

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """A file, and over it the photos that changed since, as of `mark`."""

    base: Base
    mark: Mark
    overlay: Overlay
    view: View


@dataclass(frozen=True, slots=True)
class _Opened:
    """What became of the file with this stamp. `beyond`: too much has changed since it was built."""

    stamp: Stamp | None
    state: State | None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class _Remembered:
    """The view of a transaction that has written, good for as long as it sees the very same changes."""

    base: Base
    mark: Mark
    fresh: tuple[Entry, ...]
    view: View | None

    def is_of(self, state: State, reading: Reading) -> bool:
        return self.base is state.base and (self.mark, self.fresh) == (state.mark, reading.fresh)


class Follower:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = _Opened((0, 0, 0), None)  # no file has this stamp
        self._own = threading.local()

    def view(self) -> View | None:
        """Return everything as of now, of the open transaction if there is one; None when SQL must answer."""
        now = self._current()
        if now.state is None or now.beyond:
            return None
        reading = log.read(now.state.mark)
        if reading.follows and not reading.fresh:
            return now.state.view
        if reading.writes:
            return self._in_transaction(now.state, reading)
        if not reading.follows and _reads_an_older_instant():
            return now.state.view
        with self._lock, _one_instant():
            return self._advance()

    def _current(self) -> _Opened:
        found = store.stamp()
        if found != self._now.stamp:
            with self._lock:
                if found != self._now.stamp:
                    self._now = _open(found)
        return self._now

    def _advance(self) -> View | None:
        """Read again what changed and keep the new state; other threads may have done it meanwhile."""
        now = self._now
        state = now.state
        if state is None or now.beyond:
            return None
        reading = log.read(state.mark)
        if not reading.follows:
            # the log is not the one followed so far: a restored database, or a test that was rolled back
            state = _untouched(replace(state.base, pieces=_anew(state.base.pieces)))
            reading = log.read(state.mark)
            if not reading.follows:
                logger.warning("SQL answers: the columns belong to another state of the database")
                self._now = replace(now, state=None)
                return None
        after = _after(state, reading)
        if after is None:
            logger.warning("SQL answers: more than %d changes since the columns were built", log.MOST)
        self._now = replace(now, state=after or state, beyond=after is None)
        return after.view if after else None

    def _in_transaction(self, state: State, reading: Reading) -> View | None:
        """What has been written here and may be rolled back is seen here alone, and never kept for others."""
        if not reading.follows:
            state = _untouched(state.base)
            reading = log.read(state.mark)
            if not reading.follows:
                return None
        remembered: _Remembered | None = getattr(self._own, "remembered", None)
        if remembered is None or not remembered.is_of(state, reading):
            with self._lock:
                after = _after(state, reading)
            view = after.view if after else None
            if view and any(one.photo is not None for one in reading.fresh):
                view = replace(view, pieces=_anew(view.pieces))
            remembered = _Remembered(state.base, state.mark, reading.fresh, view)
            self._own.remembered = remembered
        return remembered.view


def _open(stamp: Stamp | None) -> _Opened:
    try:
        return _Opened(stamp, _untouched(store.load(store.path())))
    except FileNotFoundError:
        if settings.ATLAS == "columns":
            logger.warning("SQL answers: there is no column file yet; the worker or rebuild_atlas builds it")
    except (ColumnsError, OSError) as error:
        logger.warning("SQL answers: %s", error)
    return _Opened(stamp, None)


def _untouched(base: Base) -> State:
    return State(base, base.mark, Overlay.empty(), _view(base, base.mark, base.pieces))


def _after(state: State, reading: Reading) -> State | None:
    """Return the state after a reading; None when too much has changed."""
    if reading.too_many:
        return None
    base, mark = state.base, state.mark.after(reading)
    changed = distinct(np.array([one.photo for one in reading.fresh if one.photo is not None], np.int64))
    if not len(changed):
        return replace(state, mark=mark, view=_view(base, mark, state.view.pieces))
    overlay = state.overlay.with_changed(changed, raw.rows_of(changed.tolist()), base.numbering)
    if len(overlay.photos) > log.MOST:
        return None
    return State(base, mark, overlay, _view(base, mark, overlay.over(base.pieces)))


def _view(base: Base, mark: Mark, pieces: tuple[Piece, ...]) -> View:
    return View(pieces, base.numbering.table(), mark.revision, mark.public_revision)


def _anew(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Number pieces anew: where words occur is asked of the database as it is, and kept by number."""
    return tuple(replace(piece, number=next_number()) for piece in pieces)


def _reads_an_older_instant() -> bool:
    """Say whether a snapshot is open: it need not see what others have seen since."""
    if connection.vendor == "postgresql":
        return connection.in_atomic_block
    return bool(connection.connection.in_transaction)


@contextmanager
def _one_instant() -> Iterator[None]:
    """Read log and rows as of the same instant, unless a transaction is open, whose instant holds."""
    if connection.vendor == "sqlite" and connection.connection.in_transaction:
        yield
    else:
        with snapshot():
            yield


_follower = Follower()


def view() -> View | None:
    """Return the columns brought up to the database, or None: then SQL answers."""
    return None if settings.ATLAS == "sql" else _follower.view()


def engine() -> str:
    """Say who answers: columns, sql, or missing where columns were asked for and SQL has to stand in."""
    if view() is not None:
        return "columns"
    return "missing" if settings.ATLAS == "columns" else "sql"
