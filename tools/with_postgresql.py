"""Run a command against a PostgreSQL server of its own, which is gone afterwards.

usage: python tools/with_postgresql.py COMMAND [ARGUMENT ...]

The server listens on a free loopback port and keeps its files in a temporary folder. Its tools refuse to run
as root, so as root they run as the account "postgres". DATABASE_URL names the server to the command.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    tools = _tools()
    folder = Path(tempfile.mkdtemp(prefix="whence-postgresql-"))
    account = _account(folder)
    data = folder / "data"
    port = _free_port()
    try:
        _run(
            [tools / "initdb", "-D", data, "-U", "whence", "-A", "trust", "-E", "UTF8", "--no-sync"], account
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        )
        _run([tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], account)
        try:
            _run([tools / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "whence", "whence"], account)
            address = f"postgres://whence@127.0.0.1:{port}/whence"
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
        finally:
            _run([tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path:
    """Return the folder of the newest PostgreSQL installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found is None:
        sys.exit("PostgreSQL is not installed: run make system")
    return Path(found).parent


def _account(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        postgres = pwd.getpwnam("postgres")
    except KeyError:
        sys.exit(
            "PostgreSQL refuses to run as root and there is no account postgres: adduser --system postgres"
        )
    os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    return "postgres"


def _run(command: list[str | Path], account: str | None) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        user=account,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
