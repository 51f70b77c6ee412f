"""A PostgreSQL server for a benchmark: its own, in a folder that stays, so that it is filled only once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.with_postgresql import account_for, free_port, programs, run_as

# As an operator would set it on a machine of 8 GB or more, but that a benchmark need not outlive a crash.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "8GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "fsync": "off",
}


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start the server of a folder, made if need be; yield its address, stop it at the end."""
    folder = folder.resolve() / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    account, tools, data, port = account_for(folder), programs(), folder / "data", free_port()
    is_new = not (data / "PG_VERSION").exists()
    if is_new:
        run_as([tools / "initdb", "-D", data, "-U", "whence", "-A", "trust", "-E", "UTF8"], account)
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    options += f" -c port={port} -c unix_socket_directories={folder}"
    run_as([tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], account)
    try:
        if is_new:
            host = ["-h", "127.0.0.1", "-p", str(port), "-U", "whence"]
            run_as([tools / "createdb", *host, "whence"], account)
        yield f"postgres://whence@127.0.0.1:{port}/whence"
    finally:
        run_as([tools / "pg_ctl", "-D", data, "-m", "fast", "stop"], account)
