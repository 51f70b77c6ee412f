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
    tools = programs()
    folder = Path(tempfile.mkdtemp(prefix="whence-postgresql-"))
    account = account_for(folder)
    data = folder / "data"
    port = free_port()
    try:
        run_as(
            [tools / "initdb", "-D", data, "-U", "whence", "-A", "trust", "-E", "UTF8", "--no-sync"], account
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        )
        run_as([tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], account)
        try:
            host = ["-h", "127.0.0.1", "-p", str(port), "-U", "whence"]
            run_as([tools / "createdb", *host, "whence"], account)
            address = f"postgres://whence@127.0.0.1:{port}/whence"
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
        finally:
            run_as([tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """Return the folder of the newest PostgreSQL installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found is None:
        sys.exit("PostgreSQL is not installed: run make system")
    return Path(found).parent


def account_for(folder: Path) -> str | None:
    """Return whose account the server needs and give the folder to it; None for our own."""
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


def run_as(command: list[str | Path], account: str | None) -> None:
    """Run a program to its end; what it says is shown when it fails, and that ends us."""
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


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
