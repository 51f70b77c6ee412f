from __future__ import annotations

import hashlib
import os
import re
import socket
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from archive.management.demo.stocking import is_loopback, known_accounts
from archive.management.serving import Child, supervise

THREADS = 16  # requests a server process answers at a time; slow uploads hold one each


class Command(BaseCommand):
    help = "Serve the archive: brings the database up to date, serves, and runs a background worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind",
            type=_address,
            default=os.environ.get("WHENCE_BIND") or "127.0.0.1:8000",
            metavar="HOST:PORT",
            help="where to listen (default: WHENCE_BIND, else 127.0.0.1:8000)",
        )
        parser.add_argument("--workers", type=int, default=2, help="server processes (default: 2)")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave background work to `work` elsewhere"
        )

    def handle(self, *, bind: tuple[str, int], workers: int, no_worker: bool, **_options: Any) -> None:
        if workers < 1:
            raise CommandError("--workers must be at least 1")
        host, port = bind
        _check_free(host, port)
        self._migrate()
        _refuse_known_passwords(host)
        self._collect()
        connections.close_all()
        manage = str(Path(settings.BASE_DIR) / "manage.py")
        children = [Child("web server", _server(host, port, workers))]
        if not no_worker:
            children.append(Child("background worker", [sys.executable, manage, "work"]))
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Whence is at http://{shown}:{port}/ - Ctrl-C ends it")
        self.stdout.flush()
        try:
            supervise(children)
        except ChildProcessError as error:
            raise CommandError(str(error)) from error

    def _migrate(self) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("bringing the database up to date")
            call_command("migrate", interactive=False, verbosity=0)

    def _collect(self) -> None:
        """Collect static files when any of them changed since the last time."""
        if settings.DEBUG:
            return
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        state = _static_state()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
            return
        self.stdout.write("collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state, encoding="ascii")


def _server(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--no-access-log", "--log-level", "error"),
        *("--working-dir", str(settings.BASE_DIR)),
        "archive.wsgi:application",
    ]


def _static_state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            told = Path(storage.path(name)).stat()
            digest.update(f"{name}\n{told.st_size}\n{told.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _address(text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(?:\[(?P<six>[0-9a-fA-F:]+)\]|(?P<host>[^:\s]+)):(?P<port>\d{1,5})", text)
    if match is None or not 0 < int(match["port"]) < 65536:
        raise ArgumentTypeError(f"{text!r}: write HOST:PORT, such as 127.0.0.1:8000 or [::1]:8000")
    return match["six"] or match["host"], int(match["port"])


def _refuse_known_passwords(host: str) -> None:
    """A demo archive must not be opened to the network with passwords that anybody can read in its guide."""
    known = [] if is_loopback(host) else known_accounts()
    if known:
        raise CommandError(
            f"the demo accounts {', '.join(known)} still have the well-known password: run `demo --bind` with"
            " this address to give them random ones, or change or deactivate them first"
        )


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandError(
            f"cannot listen on {host}:{port} ({error.strerror or error}): give another --bind"
        ) from error
