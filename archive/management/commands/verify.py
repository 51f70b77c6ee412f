from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.ingest import fixity


class Command(BaseCommand):
    help = (
        "Check that every original still has the bytes it came with, and that the custody chains hold. Each "
        "loss is one line on stderr; exit status 1 when there is any. Without options both are checked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--originals", action="store_true", help="only the bytes of originals")
        parser.add_argument("--custody", action="store_true", help="only the custody chains")
        parser.add_argument("--sample", type=int, metavar="N", help="only N originals, drawn at random")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, losses included")

    def handle(self, **options: Any) -> None:
        self.losses = 0
        self.json = options["json"]
        both = options["originals"] == options["custody"]
        sample = options["sample"]
        if sample is not None and sample < 1:
            raise CommandError("--sample must be at least 1")
        told: dict[str, int] = {}
        if both or options["originals"]:
            told["originals"] = self._originals(sample)
        if both or options["custody"]:
            for loss in fixity.custody_losses():
                self._lost(loss)
        told["losses"] = self.losses
        words = ", ".join(f"{count} {name}" for name, count in told.items())
        self.stdout.write(json.dumps(told) if self.json else f"checked: {words}")
        if self.losses:
            raise SystemExit(1)

    def _originals(self, sample: int | None) -> int:
        count = 0
        bar = sys.stderr.isatty() and not self.json
        for count, digest in enumerate(fixity.originals(sample).iterator(), start=1):
            loss = fixity.check_original(digest)
            if loss is not None:
                self._lost(loss)
            if bar:
                sys.stderr.write(f"\r{count} originals read")
        if bar and count:
            sys.stderr.write("\n")
        return count

    def _lost(self, loss: fixity.Loss) -> None:
        self.losses += 1
        if self.json:
            self.stdout.write(json.dumps({"where": loss.where, "what": loss.what}))
        else:
            self.stderr.write(f"{loss.where}: {loss.what}")
