"""A server over a data folder, which a test may ask for rows, or kill."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.browser.archives import PROJECT, environment

STARTED_WITHIN = 120
ENDED_WITHIN = 15


@dataclass
class Server:
    """Web server over `data`, with a background worker if `working`; every start takes the same port."""

    data: Path
    port: int = 0
    working: bool = True
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start in a process group of its own, and wait until it answers."""
        how = ["--workers", "1"] if self.working else ["--workers", "1", "--no-worker"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--bind", f"127.0.0.1:{self.port}", *how],
                cwd=PROJECT,
                env=environment(self.data),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health/live", timeout=2):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{(self.data / 'server.log').read_text()[-4000:]}")

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does, and end it if it does not."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(ENDED_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill the process that started the others, unwarned; the kernel ends those."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def manage(self, *words: str) -> str:
        """Run a command of `manage.py` on the same data and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=PROJECT,
            env=environment(self.data),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the archive's database, read-only."""
        database = sqlite3.connect(f"file:{self.data / 'whence.sqlite3'}?mode=ro", uri=True)
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()
