from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from archive.access.members import open_collection
from archive.catalogue.errors import FieldError
from archive.catalogue.models import Collection
from archive.ingest import folders, progress, queue
from archive.ingest.models import Deposit, FileState
from archive.ingest.worker import Worker

POLL_SECONDS = 0.5
BAR = 30


class Command(BaseCommand):
    help = (
        "Deposit files, folders and ZIPs with XMP sidecars into a collection. Each file's outcome is one "
        "line: stored, duplicate, updated, unpacked, refused (reason), failed (reason). Depositing the same "
        "again stores nothing new. Exit status 1 when a file failed for no fault of its own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--collection", required=True, metavar="SLUG", help="made, private, if it is not there"
        )
        parser.add_argument(
            "--as", dest="user", metavar="USER", help="the depositor (default: an administrator)"
        )
        parser.add_argument(
            "--wait", action="store_true", help="until all is done; works itself when no worker runs"
        )
        parser.add_argument(
            "--concurrency", type=int, default=os.cpu_count() or 1, help="when it works itself"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *, paths: list[Path], collection: str, user: str | None, **options: Any) -> None:
        by = _depositor(user)
        into = self._collection(collection, by)
        try:
            found = folders.find(paths)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        if not found:
            raise CommandError("nothing to deposit: the folders hold no files")
        desk = _Desk(self, len(found), as_json=options["json"], concurrency=options["concurrency"])
        if options["wait"]:
            desk.lend_a_hand()
        try:
            deposit = folders.deposit_files(collection=into, by=by, files=found, tell=desk.handed_over)
            if options["wait"]:
                desk.wait_for(deposit)
            else:
                desk.outcomes(deposit)
        except KeyboardInterrupt:
            raise CommandError(
                "stopped; what was handed over stays in the queue, run again for the rest"
            ) from None
        finally:
            desk.close()
        desk.summary(deposit)
        if desk.failed:
            raise SystemExit(1)

    def _collection(self, slug: str, by: User | None) -> Collection:
        there = Collection.objects.filter(slug=slug).first()
        if there is not None:
            return there
        try:
            made = open_collection(by=by, slug=slug, title=slug.replace("-", " ").capitalize())
        except FieldError as error:
            raise CommandError(f"--collection {slug}: {error}") from error
        owner = f"owned by {by}" if by else "owned by nobody yet"
        self.stderr.write(f"collection {slug} was not there: made it, private, {owner}")
        return made


class _Desk:
    """Shows what happens to the files, and works through the queue when nobody else does."""

    def __init__(self, command: BaseCommand, count: int, *, as_json: bool, concurrency: int) -> None:
        self.failed = 0
        self._command = command
        self._count = count
        self._handed = 0
        self._json = as_json
        self._concurrency = concurrency
        self._bar = sys.stderr.isatty() and not as_json
        self._worker: Worker | None = None
        self._thread: threading.Thread | None = None
        self._cursor = ""

    def lend_a_hand(self) -> None:
        if (self._thread is not None and self._thread.is_alive()) or queue.any_lives():
            return
        self._worker = Worker(concurrency=self._concurrency)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def handed_over(self, _item: folders.Found) -> None:
        self._handed += 1
        self._draw("handed over", self._handed, self._count)

    def wait_for(self, deposit: Deposit) -> None:
        looked = time.monotonic()
        while not self.outcomes(deposit):
            time.sleep(POLL_SECONDS)
            if time.monotonic() - looked > queue.BEAT_SECONDS:
                self.lend_a_hand()
                looked = time.monotonic()

    def outcomes(self, deposit: Deposit) -> bool:
        """Print what has come to its end since the last look; whether everything has."""
        totals = progress.totals(deposit)
        page = progress.changed_since(deposit, self._cursor)
        while True:
            for file in page.files:
                if file.state not in progress.PENDING:
                    self._line(file)
            self._cursor = page.cursor
            if not page.more:
                break
            page = progress.changed_since(deposit, self._cursor)
        pending = sum(totals.counts[state.value] for state in progress.PENDING)
        everything = sum(totals.counts.values())
        self._draw("done", everything - pending, everything)
        return totals.done

    def summary(self, deposit: Deposit) -> None:
        counts = progress.totals(deposit).counts
        told = ", ".join(f"{n} {state}" for state, n in counts.items() if n)
        if self._json:
            self._command.stdout.write(json.dumps({"deposit": deposit.public_id, "counts": counts}))
        else:
            self._command.stdout.write(f"{told}\n" if told else "")
        if any(counts[state.value] for state in progress.PENDING):
            self._command.stderr.write("the rest is done in the background by `manage.py work` or `serve`")

    def close(self) -> None:
        if self._worker is not None and self._thread is not None:
            self._worker.stop()
            self._thread.join()

    def _work(self) -> None:
        assert self._worker is not None
        try:
            self._worker.run()
        finally:
            connection.close()

    def _line(self, file: progress.FileSeen) -> None:
        self.failed += file.state == FileState.FAILED
        if self._bar:
            sys.stderr.write("\r\x1b[K")
        if self._json:
            told = {
                "name": file.name,
                "bytes": file.byte_count,
                "outcome": file.state.value,
                "reason": file.reason or None,
                "photo": file.photo.public_id if file.photo else None,
            }
            self._command.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        reason = f" ({file.reason})" if file.reason else ""
        self._command.stdout.write(f"{file.state.value:9} {file.name}{reason}")

    def _draw(self, what: str, done: int, count: int) -> None:
        if self._bar and count:
            full = BAR * done // count
            sys.stderr.write(f"\r\x1b[K[{'#' * full}{'.' * (BAR - full)}] {done} of {count} {what}")
            sys.stderr.flush()


def _depositor(name: str | None) -> User | None:
    users = get_user_model().objects
    if name is None:
        return users.filter(is_superuser=True, is_active=True).order_by("pk").first()
    try:
        return users.get(username=name)
    except get_user_model().DoesNotExist:
        raise CommandError(f"--as {name}: there is no such account") from None
