"""Background tasks. A task's arguments name a row; all state lives in that row."""

from __future__ import annotations

from django_tasks import task


@task()
def take_in_file(file_id: int) -> None:
    from archive.ingest import recipe  # noqa: PLC0415 - the recipe queues tasks itself

    recipe.take_in(file_id)
