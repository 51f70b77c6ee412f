from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.atlas.columns import rebuilding
from archive.atlas.columns.layout import ColumnsError
from archive.atlas.columns.raw import RowError
from archive.ingest.rebuilding import index_again

NICENESS = 10


class Command(BaseCommand):
    help = (
        "Write the rows that map, timeline and list read anew from what is settled, then build the column "
        "file from them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--columns", action="store_true", help="leave the rows as they are and only build the columns"
        )
        parser.add_argument("--background", action="store_true", help="at low priority, as the worker does")

    def handle(self, *, columns: bool, background: bool, **_options: Any) -> None:
        if background:
            os.nice(NICENESS)
        if not columns:
            self.stdout.write(f"{index_again(_telling('photos'))} photos indexed again")
        try:
            done = rebuilding.rebuild(_telling("rows"))
        except (ColumnsError, RowError, OSError) as error:
            raise CommandError(f"the columns were not built: {error}") from error
        built = done.built
        self.stdout.write(
            f"columns of {built.photos} photos built: {built.byte_count} bytes, {done.seconds:.1f} s"
        )


def _telling(what: str) -> Any:
    def tell(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} {what} ")

    return tell
