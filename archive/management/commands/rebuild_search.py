from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from archive.ingest import rebuilding


class Command(BaseCommand):
    help = "Write the search words of every photo anew and rebuild the full-text index."

    def handle(self, **_options: Any) -> None:
        def tell(done: int) -> None:
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} photos")

        count = rebuilding.index_again(tell)
        rebuilding.full_text_again()
        self.stdout.write(f"{count} photos indexed again")
