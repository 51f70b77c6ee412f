"""A small archive on disk whose commands run as real processes that can be killed."""

from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SESSION = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from archive.access.members import open_collection
user = User.objects.create_superuser("curator", password="a long password")
open_collection(by=user, slug="walk", title="Walk")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""
COUNTS = {
    "photos": "SELECT count(*) FROM archive_photo",
    "files": "SELECT count(*) FROM archive_file",
    "digests": "SELECT count(DISTINCT sha256) FROM archive_file",
    "indexed": "SELECT count(DISTINCT photo_id) FROM archive_indexrow",
    "claims_doubled": "SELECT count(*) FROM"
    " (SELECT 1 FROM archive_claim GROUP BY photo_id, facet HAVING count(*) > 1)",
}


@dataclass
class Machine:
    folder: Path
    port: int = 0
    session: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DATABASE_"))
        }
        own = {"WHENCE_DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "tests.faults.site"}
        return kept | own | {"PYTHONPATH": str(PROJECT)}

    def begin(self) -> None:
        self.manage("migrate", "-v0")
        self.session = self.manage("shell", "-v0", "-c", SESSION).strip()

    def manage(self, *words: str, expect: int = 0, limit: float = 150) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
        assert done.returncode == expect, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def start(self, *words: str, wrapper: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*wrapper, sys.executable, "manage.py", *words],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def serve(self, *words: str) -> subprocess.Popen[bytes]:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        process = self.start("serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "1", *words)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return process
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def counts(self) -> dict[str, Any]:
        """Count what stands in the database, and the files it names that are not in the vault."""
        told: dict[str, Any] = {name: self.rows(query)[0][0] for name, query in COUNTS.items()}
        files = self.rows("SELECT sha256 FROM archive_file")
        told["missing"] = sum(not self.original(digest).is_file() for (digest,) in files)
        told["states"] = dict(self.rows("SELECT state, count(*) FROM archive_depositfile GROUP BY state"))
        told["reasons"] = [
            reason for (reason,) in self.rows("SELECT reason FROM archive_depositfile WHERE reason != ''")
        ]
        return told

    def original(self, digest: str) -> Path:
        return self.folder / "originals" / digest[:2] / digest[2:4] / digest

    def rows(self, query: str) -> list[Any]:
        """Ask the database file, which needs no process of the archive."""
        with closing(sqlite3.connect(f"file:{self.folder / 'whence.sqlite3'}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()

    def wait_until(self, reached: Callable[[dict[str, int]], bool], limit: float = 120) -> None:
        """Wait until the files of all deposits, counted by state, are as wished."""
        deadline = time.monotonic() + limit
        states: dict[str, int] = {}
        while time.monotonic() < deadline:
            states = dict(self.rows("SELECT state, count(*) FROM archive_depositfile GROUP BY state"))
            if reached(states):
                return
            time.sleep(0.05)
        raise AssertionError(f"the files are still: {states}")

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        token = "t" * 32
        told = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Tus-Resumable": "1.0.0",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=told)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def open_deposit(self) -> dict[str, Any]:
        status, _, body = self.ask(
            "POST", "/api/deposits/", json.dumps({"collection": "walk"}), Content_Type="application/json"
        )
        assert status == 201, body
        told: dict[str, Any] = json.loads(body)
        return told

    def create(self, files: str, name: str, length: int) -> tuple[str, int]:
        """Return the address of an upload and where it goes on."""
        metadata = f"relativePath {base64.b64encode(name.encode()).decode()}"
        status, headers, body = self.ask("POST", files, Upload_Length=str(length), Upload_Metadata=metadata)
        assert status == 201, body
        return headers["location"], int(headers["upload-offset"])

    def wait_until_done(self, url: str, limit: float = 90) -> dict[str, Any]:
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                status, _, body = self.ask("GET", url)
                told: dict[str, Any] = json.loads(body) if status == 200 else {"done": False}
                if told["done"]:
                    return told
            time.sleep(0.3)
        raise AssertionError("the deposit is not done")

    def end(self) -> None:
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            kill_tree(process.pid)
            process.wait()


def kill_tree(pid: int) -> None:
    """End a process and everything that descends from it, as a power cut would."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    doomed = [pid]
    for parent in doomed:
        doomed += children.get(parent, [])
    for number in doomed:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
