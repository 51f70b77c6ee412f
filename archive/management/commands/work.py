from __future__ import annotations

import os
import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.atlas.columns import rebuilding
from archive.ingest import queue
from archive.ingest.worker import Worker


class Command(BaseCommand):
    help = "Run the background worker: reads uploaded files and stores them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when the queue is empty")
        parser.add_argument(
            "--concurrency",
            type=int,
            default=os.cpu_count() or 1,
            help="files at a time (default: one for each processor core)",
        )

    def handle(self, *, once: bool, concurrency: int, **_options: Any) -> None:
        if concurrency < 1:
            raise CommandError("--concurrency must be at least 1")
        until = (lambda: not queue.pending()) if once else None
        columns = rebuilding.housekeeping()
        worker = Worker(concurrency=concurrency, until=until, housekeeping=None if once else columns)

        def stop(number: int, _frame: object) -> None:
            signal.signal(number, signal.SIG_DFL)  # asked twice, it ends at once
            sys.stderr.write("finishing what has been begun; once more to end at once\n")
            worker.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        try:
            worker.run()
        finally:
            columns.end()
