"""Caches made again from what is kept: index rows and words from the catalogue, pictures from originals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection, transaction

from archive import vault
from archive.catalogue.index import write_index
from archive.catalogue.models import File, Photo, Role
from archive.catalogue.photos import locked
from archive.vault.derivatives import is_derived

BATCH = 200


def index_again(tell: Callable[[int], None]) -> int:
    """Write every photo's index rows and words anew, in batches that let writers through; return how many."""
    last, count = 0, 0
    while True:
        batch = list(Photo.objects.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return count
        with transaction.atomic():
            for photo in batch:
                write_index(locked(photo))
        last = batch[-1].pk
        count += len(batch)
        tell(count)


def full_text_again() -> None:
    """Let the database build its full-text index anew from the stored words."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO archive_words_fts(archive_words_fts) VALUES ('rebuild')")
        else:
            cursor.execute("REINDEX INDEX archive_words_gin")


def derivatives_again(*, every: bool) -> Iterator[tuple[File, str]]:
    """Make missing display sizes, or `every` one; yield each file with what went wrong, if anything."""
    files = File.objects.exclude(role=Role.SIDECAR).order_by("pk")
    for file in files.iterator(chunk_size=BATCH):
        if not every and is_derived(file.sha256):
            continue
        try:
            vault.derive(file.sha256, orientation=file.reading.get("orientation"))
        except vault.VaultError as error:
            yield file, str(error)
        else:
            yield file, ""
