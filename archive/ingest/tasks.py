"""Background tasks. A task's arguments name a row; all state lives in that row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django_tasks import task

CHECKED_AT_ONCE: Final = 20
AFTER_FILES: Final = -10  # files that people wait for go first


@task()
def take_in_file(file_id: int) -> None:
    from archive.ingest import recipe  # noqa: PLC0415 - the recipe queues tasks itself

    recipe.take_in(file_id)


@task()
def settle_judged_photos(collection_id: int) -> None:
    """Settle a collection's judged photos anew after it changed how many reviewers it asks for."""
    from archive.ingest import rejudging  # noqa: PLC0415 - rejudging queues this task

    rejudging.settle_all(collection_id)


@task()
def seal_days() -> None:
    """Make the heads of finished days and have the newest stamped, if an authority is set."""
    from archive.ingest import sealing  # noqa: PLC0415 - sealing queues this task

    sealing.seal()


@task(priority=AFTER_FILES)
def check_photos(photo_ids: list[int]) -> None:
    """Run the checks of photos; of those that are gone meanwhile there is nothing to check."""
    from archive.ingest import checking  # noqa: PLC0415 - the checks' libraries are loaded by whoever works

    checking.check_each(photo_ids)


def queue_checks(photo_ids: Iterable[int]) -> None:
    """Have photos checked soon: after a claim, verdict, appearance, series or file of theirs has changed.

    Call it in the transaction of the change. To check a photo once too often changes nothing.
    """
    wanted = sorted(set(photo_ids))
    for first in range(0, len(wanted), CHECKED_AT_ONCE):
        check_photos.enqueue(wanted[first : first + CHECKED_AT_ONCE])
