"""Which photos have nearly the same perceptual hash: every hash in memory, compared at once.

A million hashes take 24 MB in a process that searches, some seconds to read at its first search, and a few
milliseconds to compare; tables of parts of the hash would take hundreds of lookups for each photo.
"""

from __future__ import annotations

import functools
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from django.db.models import Max

from archive.checks.models import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

_Whole: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
_Bits: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.uint64]]"

OVERLAP: Final = 512
"""Rows read again at each search: one that was numbered early may have been committed late."""
_CHUNK: Final = 20_000
_FIRST_ROOM: Final = 1024


@functools.cache
def index() -> NearIndex:
    """Return the index of this process, empty until its first search."""
    return NearIndex()


class NearIndex:
    """Hashes in the order in which their rows were written; a row's hash never changes.

    Rows of removed photos stay until the process ends, so whoever asks looks the photos up again.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._empty()

    def near(self, perceptual: int, bits: int, *, most: int) -> list[int]:
        """Return the primary keys of photos whose hash differs in up to `bits` bits, nearest first."""
        with self._lock:
            self._read_on()
            differing = np.bitwise_count(
                self._hashes[: self._count] ^ np.array([perceptual], dtype=np.int64).view(np.uint64)
            )
            found = np.flatnonzero(differing <= bits)
            photos = self._photos[found]
            order = np.lexsort((photos, differing[found]))
            return [int(photo) for photo in photos[order][:most]]

    def _empty(self) -> None:
        self._count = 0
        self._keys: _Whole = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self._photos: _Whole = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self._hashes: _Bits = np.zeros(_FIRST_ROOM, dtype=np.uint64)

    def _read_on(self) -> None:
        hashed = Fingerprint.objects.filter(perceptual__isnull=False)
        last = hashed.aggregate(last=Max("pk"))["last"]
        if last is None or (self._count and last < self._keys[self._count - 1]):
            self._empty()  # rows are gone: another database, or one brought back from a backup
        if last is None:
            return
        self._count = max(0, self._count - OVERLAP)
        after = int(self._keys[self._count - 1]) if self._count else 0
        rows = hashed.filter(pk__gt=after).order_by("pk").values_list("pk", "photo_id", "perceptual")
        while chunk := list(rows.filter(pk__gt=after)[:_CHUNK]):
            self._append(chunk)
            after = chunk[-1][0]

    def _append(self, rows: Sequence[tuple[int, int, int | None]]) -> None:
        end = self._count + len(rows)
        if end > len(self._keys):
            room = max(end, 2 * len(self._keys))
            self._keys = np.resize(self._keys, room)
            self._photos = np.resize(self._photos, room)
            self._hashes = np.resize(self._hashes, room)
        table = np.array(rows, dtype=np.int64)
        part = slice(self._count, end)
        self._keys[part], self._photos[part] = table[:, 0], table[:, 1]
        self._hashes[part] = np.ascontiguousarray(table[:, 2]).view(np.uint64)
        self._count = end
