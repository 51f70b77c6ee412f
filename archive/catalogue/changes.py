"""The log that caches of the index follow; written in the transaction of what it tells."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Func

from archive.catalogue.models import Change, Collection, Photo


class _Transaction(Func):
    """Number of the PostgreSQL transaction that writes."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = BigIntegerField()


def note(photo: Photo) -> None:
    """Say that a photo's index rows were written anew or are about to go."""
    Change.objects.create(photo=photo, transaction=_transaction(), is_open=photo.collection.open_to_public)


def note_all(collection: Collection) -> None:
    """Say it of every photo of a collection that takes its rights from there."""
    table, photos = (
        connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - the name Django documents
        for model in (Change, Photo)
    )
    number = "pg_current_xact_id()::text::bigint" if connection.vendor == "postgresql" else "0"
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (photo_id, "transaction", is_open, at)'  # noqa: S608 - names from models
            f" SELECT id, {number}, %s, CURRENT_TIMESTAMP FROM {photos}"
            " WHERE collection_id = %s AND rights_uri = ''",
            [collection.open_to_public, collection.pk],
        )


def note_opening() -> None:
    """Say that strangers see more or fewer collections than before, or one by another title."""
    Change.objects.create(photo=None, transaction=_transaction())


def _transaction() -> Any:
    return _Transaction() if connection.vendor == "postgresql" else 0
