"""A server that a test may kill like a power cut and start again on the same port and data."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.error import URLError

from tests.browser.studio.seeding import BOXES

PROJECT = Path(__file__).resolve().parents[3]
STARTED_WITHIN = 120


@dataclass
class Workshop:
    data: Path
    port: int = 0
    server: subprocess.Popen[bytes] | None = None
    boxes: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        subprocess.run(
            [sys.executable, "-m", "tests.browser.studio.seeding", str(self.data / "drawn")],
            cwd=PROJECT,
            env=self.environment,
            check=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(("WHENCE_", "DJANGO_", "DATABASE_"))
        }
        return kept | {"WHENCE_DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "archive.settings"}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start web server and worker in a process group of their own, and wait until they answer."""
        with (self.data / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until and self.server.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health/live", timeout=2):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError((self.data / "server.log").read_text()[-4000:])

    def kill(self) -> None:
        """Kill every process of the server at once, none of them warned."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def box(self) -> str:
        """Return the slug of a collection that no other test uploads into."""
        number = next(self.boxes)
        assert number <= BOXES, "draw more boxes in seeding.py"
        return f"box-{number}"

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the archive's database, read-only."""
        database = sqlite3.connect(f"file:{self.data / 'whence.sqlite3'}?mode=ro", uri=True)
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()

    def photos(self, slug: str) -> list[tuple[object, ...]]:
        """Return name and digest of every primary file in a collection."""
        return self.rows(
            "SELECT f.name, f.sha256 FROM archive_file f JOIN archive_collection c ON c.id = f.collection_id"
            " WHERE c.slug = ? AND f.role = 'primary' ORDER BY f.name",
            slug,
        )
