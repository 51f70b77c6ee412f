"""Bytes on their way in, at DATA_DIR/staging/<deposit>/<file>: on the same disk as the originals."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from archive import vault
from archive.ingest.errors import Refused
from archive.vault import NoRoom

if TYPE_CHECKING:
    from archive.ingest.models import Deposit, DepositFile

SPARE_BYTES = 64 * 2**20  # left free for the database, thumbnails and the log


def root() -> Path:
    return Path(settings.DATA_DIR) / "staging"


def folder_of(deposit: Deposit) -> Path:
    return root() / deposit.public_id


def path_of(file: DepositFile) -> Path:
    return folder_of(file.deposit) / file.public_id


def bytes_of(file: DepositFile) -> Path:
    """Return where received bytes lie now: still staged, or adopted before a start was cut short.

    Raises `Refused` when they are nowhere.
    """
    staged = path_of(file)
    if staged.is_file():
        return staged
    if vault.exists(file.sha256):
        return vault.path(file.sha256)
    raise Refused("its bytes have vanished from the archive's staging area: upload it again")


def received(file: DepositFile) -> int:
    """Return how many bytes of a file lie here: its place to go on."""
    try:
        return path_of(file).stat().st_size
    except FileNotFoundError:
        return 0


def received_by_file(deposit: Deposit) -> dict[str, int]:
    """Return the bytes that lie here by public id of their file; one look at the folder however many rows."""
    counts: dict[str, int] = {}
    with contextlib.suppress(FileNotFoundError), os.scandir(folder_of(deposit)) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                counts[entry.name] = entry.stat().st_size
    return counts


def require_room(count: int) -> None:
    """Raise `NoRoom` unless so many bytes fit beside what the archive itself needs."""
    folder = root()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < count + SPARE_BYTES:
        raise NoRoom(
            f"the archive's disk has room for {max(0, free - SPARE_BYTES) // 2**20} MB and the file needs"
            f" {-(-count // 2**20)}: make room, then try again"
        )


def discard(file: DepositFile) -> None:
    path_of(file).unlink(missing_ok=True)


def discard_folder(deposit: Deposit) -> None:
    shutil.rmtree(folder_of(deposit), ignore_errors=True)
