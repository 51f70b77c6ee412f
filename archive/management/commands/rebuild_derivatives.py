from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.ingest import rebuilding


class Command(BaseCommand):
    help = "Make missing display sizes of originals; exit status 1 when one cannot be made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are there")

    def handle(self, **options: Any) -> None:
        made = failed = 0
        for file, wrong in rebuilding.derivatives_again(every=options["all"]):
            made += not wrong
            if wrong:
                failed += 1
                self.stderr.write(f"{file.name} ({file.sha256}): {wrong}")
        self.stdout.write(f"{made} originals have their display sizes again, {failed} failed")
        if failed:
            raise SystemExit(1)
