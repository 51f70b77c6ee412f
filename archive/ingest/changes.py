"""The one writer of a deposit file's state. Every change takes the next version of its deposit.

The row lock on the deposit is held to the end of the transaction, so versions become visible in order and a
reader that asks for what came after a version misses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from archive.ingest.errors import Interrupted
from archive.ingest.models import DepositFile, FileState

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.catalogue.models import Photo

# One statement instead of two, three times for every photograph: SQLite 3.35+ and PostgreSQL know RETURNING.
_NEXT_VERSION = "UPDATE archive_deposit SET version = version + 1 WHERE id = %s RETURNING version"
DONE = frozenset(
    {
        FileState.STORED,
        FileState.DUPLICATE,
        FileState.UPDATED,
        FileState.UNPACKED,
        FileState.REFUSED,
        FileState.FAILED,
        FileState.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    state: FileState
    reason: str = ""
    photo: Photo | None = None


def next_version(deposit_id: int) -> int:
    """Take the deposit's next version and its row lock; the caller has a transaction open."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_VERSION, [deposit_id])
        row = cursor.fetchone()
    return int(row[0])


@transaction.atomic(savepoint=False)  # an error in here undoes what it belongs to as well
def move(
    *, deposit_id: int, files: Collection[int], before: Collection[FileState], after: FileState, **values: Any
) -> int:
    """Bring files from one of the states `before` to `after`; return how many were in such a state."""
    rows = DepositFile.objects.filter(pk__in=files, state__in=before)
    version = next_version(deposit_id)
    return rows.update(state=after, change=version, changed_at=timezone.now(), **values)


def finish(file: DepositFile, outcome: Outcome) -> None:
    """Write what became of a file that is being worked on, in the transaction of what was recorded.

    Raises `Interrupted` when another worker, or the depositor, was faster: what was recorded must not stay.
    """
    if not move(
        deposit_id=file.deposit_id,
        files=[file.pk],
        before={FileState.WORKING},
        after=outcome.state,
        reason=outcome.reason,
        photo=outcome.photo,
    ):
        raise Interrupted("somebody else finished this file")


def release_connection() -> None:
    """Before a long wait, give a pooled connection back; SQLite's own stays open."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()
