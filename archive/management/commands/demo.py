from __future__ import annotations

import os
import sys
import time
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.management.demo import case, sketch_map, stocking
from archive.management.demo.produce import produce
from archive.management.demo.scenes import DemoFile, scenes

BAR = 30


class Command(BaseCommand):
    help = (
        "Create the database and a generated demo archive of about 150 drawn pictures, and print where it "
        "is, how to log in and what to try. May be interrupted and run again: what is there stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind",
            default=os.environ.get("WHENCE_BIND") or "127.0.0.1:8000",
            metavar="HOST:PORT",
            help="where it will be served (default: WHENCE_BIND, else 127.0.0.1:8000); off loopback, "
            "passwords are random",
        )
        parser.add_argument("--processes", type=int, metavar="N", help="drawing processes (default: all)")

    def handle(self, *, bind: str, processes: int | None, **_options: Any) -> None:
        files = list(scenes())
        folder = Path(settings.DATA_DIR) / "demo"
        began = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        logins = stocking.open_accounts(loopback=stocking.is_loopback(bind.rpartition(":")[0]))
        stocking.open_collections()
        try:
            self._draw(files, folder, processes)
            self._deposit(files, folder)
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same again for the rest") from None
        stocking.type_in(files)
        case.enter_case()
        sketch_map.add_sketch_map(folder)
        self._tell(bind, logins, time.monotonic() - began)

    def _draw(self, files: list[DemoFile], folder: Path, processes: int | None) -> None:
        done = 0

        def tell(_file: DemoFile, _path: Path) -> None:
            nonlocal done
            done += 1
            self._bar("pictures drawn", done, wanted)

        wanted = sum(not (folder / file.collection / file.name).is_file() for file in files)
        if wanted:
            self.stdout.write(f"drawing {wanted} pictures")
            self.stdout.flush()
        produce(files, folder, processes=processes, on_done=tell)
        self._bar("", 0, 0)

    def _deposit(self, files: list[DemoFile], folder: Path) -> None:
        for slug, group in groupby(files, key=lambda file: file.collection):
            if stocking.is_deposited(slug, group):
                continue
            self.stdout.write(f"depositing into {slug}")
            self.stdout.flush()
            outcomes = StringIO()
            try:
                call_command(
                    "deposit", folder / slug, collection=slug, user="curator", wait=True, stdout=outcomes
                )
            except SystemExit as failed:
                raise CommandError(f"some files were not taken in:\n{outcomes.getvalue()}") from failed

    def _bar(self, what: str, done: int, count: int) -> None:
        if sys.stderr.isatty():
            full = BAR * done // count if count else 0
            line = f"[{'#' * full}{'.' * (BAR - full)}] {done} of {count} {what}" if count else ""
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()

    def _tell(self, bind: str, logins: list[stocking.Login], seconds: float) -> None:
        lines = [
            "",
            f"The demo archive is ready ({seconds:.0f} s). All of it is generated: drawn by a program.",
            "",
            f"  Address   http://{bind}/   (`make demo` serves it, or `manage.py serve --bind {bind}`)",
        ]
        roles = {
            "curator": "owns the collections: upload, edit, place, date",
            "reviewer": "sees the three public collections from inside",
            "reader": "is the only other one who sees the sealed deposit",
        }
        for login in logins:
            password = login.password or "(as set before)"
            lines.append(f"  Log in    {login.name:9} {password:18} {roles[login.name]}")
        lines += [
            "",
            "What to try",
            "  1. Explore: drag the brush to autumn 2019, then zoom to longitude zero at Peacehaven.",
            "  2. Open “Half past one, and which one?”: a clock that came twice, and how wide its doubt is.",
            "  3. Border flights: seven pictures without place or date. Who says what, and what would help?",
            "  4. Explore, Maps: lay the sketch of the walk over the coast, and see where it is wrong.",
            "  5. As curator, drop a folder of your own photographs on a new collection.",
            "  6. Log out and look for the sealed deposit: it is in no count, list or address.",
            "",
        ]
        self.stdout.write("\n".join(lines))
