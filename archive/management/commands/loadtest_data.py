from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.management.loadtest.filling import fill


class Command(BaseCommand):
    help = (
        "Fill a scratch database with N synthetic photos round the towns of the gazetteer, for benchmarks. "
        "They have no bytes, claims or custody. Refuses the archive's own database: set WHENCE_DATA_DIR "
        "(or DATABASE_URL)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed draws the same places and dates"
        )

        parser.add_argument(
            "--index-only",
            action="store_true",
            help="no files and no words: a third of the time and room, and nothing to search for",
        )
        parser.add_argument("--crowded", action="store_true", help="all at one point, on one day")

    def handle(self, *, count: int, seed: int, index_only: bool, crowded: bool, **_options: Any) -> None:
        if count < 1:
            raise CommandError("N must be at least 1")
        own = Path(settings.BASE_DIR) / "var"
        if Path(settings.DATA_DIR) == own.resolve() and not os.environ.get("DATABASE_URL"):
            raise CommandError(
                "this is the archive's own database: set WHENCE_DATA_DIR to a scratch folder, migrate there"
            )
        began = time.monotonic()

        def tell(done: int) -> None:
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} of {count} photos")

        fill(count, seed=seed, tell=tell, index_only=index_only, crowded=crowded)
        self.stdout.write(f"{count} synthetic photos in {time.monotonic() - began:.0f} s")
