"""The archive served on loopback for a benchmark, from a folder that bench/atlas.py filled."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

PROJECT = Path(__file__).resolve().parent.parent
STARTED_WITHIN = 180


@dataclass(frozen=True)
class Site:
    url: str
    process: int

    def memory_mb(self) -> list[tuple[str, int]]:
        """Return what each process of the server holds of its own, in megabytes, by its first words."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                stat = (folder / "stat").read_text()
                command = (folder / "cmdline").read_text().replace("\0", " ").strip()
                rollup = (folder / "smaps_rollup").read_text()
            except (OSError, ProcessLookupError):
                continue
            if int(stat.rpartition(")")[2].split()[3]) == self.process:  # the session
                own = next(line for line in rollup.splitlines() if line.startswith("Anonymous:"))
                found.append((command[-60:], int(own.split()[1]) // 1024))
        return found


@contextmanager
def served(folder: Path, *, workers: int, database: str = "") -> Iterator[Site]:
    """Start web workers without a background worker; stop them at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "WHENCE_DATA_DIR": str(folder), "DATABASE_URL": database}
    command = ["serve", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--no-worker"]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield Site(url, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    sys.exit(f"the server did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
