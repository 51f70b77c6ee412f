"""Background tasks. A task's arguments name a row; all state lives in that row."""

from __future__ import annotations

from django_tasks import task


@task()
def take_in_file(file_id: int) -> None:
    from archive.ingest import recipe  # noqa: PLC0415 - the recipe queues tasks itself

    recipe.take_in(file_id)


@task()
def seal_days() -> None:
    """Make the heads of finished days and have the newest stamped, if an authority is set."""
    from archive.ingest import sealing  # noqa: PLC0415 - sealing queues this task

    sealing.seal()
