from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from archive.ingest import rebuilding


class Command(BaseCommand):
    help = "Write the rows that map, timeline and list read anew from what is settled."

    def handle(self, **_options: Any) -> None:
        def tell(done: int) -> None:
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} photos")

        count = rebuilding.index_again(tell)
        self.stdout.write(f"{count} photos indexed again")
