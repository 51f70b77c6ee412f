"""Received bytes, unchanged, at DATA_DIR/originals/ab/cd/<sha256>; safe on disk before any row names them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from django.conf import settings

from archive.vault.errors import NoRoom, OriginalDamaged, OriginalMissing, VaultError

CHUNK = 1 << 20
INCOMING = "incoming-"  # a temporary name beside the originals; one left by a crash is never served
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    byte_count: int


def root() -> Path:
    return Path(settings.DATA_DIR) / "originals"


def path(sha256: str) -> Path:
    """Return where an original lies, or would. Raises `VaultError` on what is no digest."""
    if not _DIGEST.fullmatch(sha256):
        raise VaultError("an original is named by 64 hexadecimal digits")
    return root() / sha256[:2] / sha256[2:4] / sha256


def exists(sha256: str) -> bool:
    return path(sha256).is_file()


def open_original(sha256: str) -> BufferedReader:
    """Open an original for reading. Raises `OriginalMissing`."""
    try:
        return path(sha256).open("rb")
    except FileNotFoundError:
        raise OriginalMissing(f"original {sha256} is not in the vault: restore it from a backup") from None


def put(stream: Readable) -> Stored:
    """Copy a stream into the vault; on return its bytes survive a power cut. Raises `NoRoom`.

    Idempotent: bytes that are there already are left alone, a shorter file under their name is replaced.
    """
    root().mkdir(parents=True, exist_ok=True)
    temporary = root() / f"{INCOMING}{secrets.token_hex(8)}"
    digest, count = hashlib.sha256(), 0
    try:
        with no_room_told(), temporary.open("xb") as out:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                count += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
            _place(temporary, digest.hexdigest(), count)
    finally:
        temporary.unlink(missing_ok=True)
    return Stored(digest.hexdigest(), count)


def adopt(source: Path, *, sha256: str | None = None) -> Stored:
    """Move a file into the vault; its old name is gone afterwards. Raises `NoRoom`, `OriginalMissing`.

    On the same disk this is a rename, whatever the size. `sha256` spares reading it again; give it only when
    it was computed from these very bytes. Repeating it after a crash is harmless while `sha256` is given.
    """
    try:
        count = source.stat().st_size
    except FileNotFoundError:
        if sha256 is not None and exists(sha256):
            return stored(sha256)
        raise OriginalMissing(f"{source.name} vanished before it was taken in: send it again") from None
    digest = sha256 or digest_of(source)
    if path(digest).exists() and source.samefile(path(digest)):
        return Stored(digest, count)  # adopted before; removing the old name would remove the original
    with source.open("rb") as file:
        os.fsync(file.fileno())
    try:
        with no_room_told():
            _place(source, digest, count)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with source.open("rb") as file:
            if put(file).sha256 != digest:
                raise OriginalDamaged(f"{source.name} changed while it was copied: send it again") from error
    source.unlink(missing_ok=True)
    return Stored(digest, count)


def stored(sha256: str) -> Stored:
    """Return what is stored under a digest, trusting its name. Raises `OriginalMissing`."""
    try:
        return Stored(sha256, path(sha256).stat().st_size)
    except FileNotFoundError:
        raise OriginalMissing(f"original {sha256} is not in the vault: restore it from a backup") from None


def check(sha256: str) -> int:
    """Read an original whole and return its bytes' count. Raises `OriginalMissing`, `OriginalDamaged`."""
    with open_original(sha256) as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        count = file.tell()
    if found != sha256:
        raise OriginalDamaged(f"original {sha256} has changed on disk: restore it from a backup")
    return count


def delete(sha256: str) -> None:
    """Remove an original; nothing happens when it is not there. The caller knows that no row names it."""
    path(sha256).unlink(missing_ok=True)


def digest_of(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def no_room_told() -> Iterator[None]:
    """Turn a full disk, a quota or a file size limit into `NoRoom`."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoRoom("the archive's disk is full: make room, then try again") from error
        raise


def _place(source: Path, sha256: str, count: int) -> None:
    """Rename a synced file to its digest and sync the folders, so that the name survives as well."""
    target = path(sha256)
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(target.parent.parent)
        sync_folder(target.parent.parent.parent)
    with contextlib.suppress(FileNotFoundError):
        if target.stat().st_size == count:
            return
    source.chmod(0o444)
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
