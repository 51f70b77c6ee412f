"""Archives that are filled once per run, however many processes run the tests, and copied for each server.

A filling is a module with `fill(folder: Path)`, which draws its pictures into `folder` and puts them into the
archive of its process. It runs in a process of its own, on a copy of what the fillings before it left.
"""

from __future__ import annotations

import fcntl
import importlib
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NEVER_REWRITTEN = {"originals", "derivatives", "static"}
"""Folders whose files are replaced or removed but never changed in place: copies share their bytes."""


@dataclass(frozen=True)
class Archives:
    """`root` is one folder for all processes of a run."""

    root: Path

    def copy(self, to: Path, *fillings: str) -> None:
        """Make `to`, which must not exist, the data folder of an archive filled by these modules in turn."""
        _copied(self._filled(*fillings), to)

    def _filled(self, *fillings: str) -> Path:
        """Return the folder to copy; whoever asks first makes it while the others wait."""
        folder = self.root / "+".join(["empty", *fillings])
        done = folder.with_name(f"{folder.name}.done")
        with _alone(folder.with_name(f"{folder.name}.lock")):
            if not done.exists():
                if fillings:
                    self.copy(folder, *fillings[:-1])
                subprocess.run(
                    [sys.executable, "-m", __name__, str(folder / "drawn"), *fillings[-1:]],
                    cwd=PROJECT,
                    env=environment(folder),
                    check=True,
                )
                done.touch()
        return folder


def environment(data: Path) -> dict[str, str]:
    """Return the environment of a process over `data`: production settings, nothing of the caller's own."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("WHENCE_", "DJANGO_", "DATABASE_"))
    }
    return kept | {"WHENCE_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _copied(source: Path, to: Path) -> None:
    to.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name in NEVER_REWRITTEN:
            shutil.copytree(entry, to / entry.name, copy_function=_linked)
        elif entry.name == "drawn":
            continue
        elif entry.is_dir():
            shutil.copytree(entry, to / entry.name)
        else:
            shutil.copy2(entry, to / entry.name)


def _linked(source: str, to: str) -> None:
    if Path(source).name.startswith("."):  # the stamp of the static files is written anew in place
        shutil.copy2(source, to)
    else:
        os.link(source, to)


def _prepare() -> None:
    """Bring an empty folder to where `serve` would, on two processors: tables and collected static files."""
    from archive.management.commands.serve import Command  # noqa: PLC0415 - needs settings that stand

    serve = Command()
    collecting = multiprocessing.get_context("fork").Process(target=serve._collect)
    collecting.start()
    serve._migrate()
    collecting.join()
    assert collecting.exitcode == 0, "the static files could not be collected"


def _main(folder: Path, filling: str = "") -> None:
    import django  # noqa: PLC0415 - only the process that fills sets Django up

    django.setup()
    if filling:
        importlib.import_module(filling).fill(folder)
    else:
        _prepare()


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:])
