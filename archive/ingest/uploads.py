"""Resumable uploads: bytes appended to a file under a lock, hashed on the way, synced before the answer.

The length of the staged file is the offset; nothing else is kept, so a server may die at any byte. The lock
is the kernel's and dies with its holder.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import threading
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from archive.catalogue.models import Photo, Role
from archive.ingest import arrivals, staging
from archive.ingest.changes import release_connection
from archive.ingest.errors import IngestError
from archive.ingest.models import Deposit, DepositFile, DepositState, FileState
from archive.ingest.names import LONGEST_NAME, Kind, clean, kind_of, why_not
from archive.vault import digest_of
from archive.vault.originals import CHUNK, Readable, no_room_told, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALGORITHMS: Final = ("sha1", "sha256")
ROLES: Final = frozenset({Role.BACK, Role.NEGATIVE, Role.PRINT, Role.RESCAN, Role.SIDECAR})
_DIGESTS_KEPT: Final = 64


class UploadError(IngestError):
    """`status` is the HTTP status that says the same."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client says of a file it is about to send."""

    name: str
    byte_count: int
    role: Role = Role.PRIMARY
    of: str = ""


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes


def begin(deposit: Deposit, wish: Wish) -> tuple[DepositFile, bool]:
    """Return the row to upload into and whether it begins now. Raises `UploadError`, `NoRoom`."""
    if deposit.state != DepositState.OPEN:
        raise UploadError(409, "this deposit was cancelled: begin a new one")
    name = clean(wish.name)
    if not name or len(name) > LONGEST_NAME:
        raise UploadError(400, f"the file needs a name of at most {LONGEST_NAME} characters")
    kind = kind_of(name)
    if kind is None:
        raise UploadError(415, why_not(name))
    if wish.byte_count > settings.MAX_FILE_BYTES:
        most = settings.MAX_FILE_BYTES // 2**20
        raise UploadError(413, f"it is larger than the {most} MB taken here: make it smaller or split it")
    if wish.byte_count < 1:
        raise UploadError(400, "it is empty: copy it again from where it came from")
    _check_role(deposit, wish, kind)
    file, new = arrivals.announce_one(
        deposit=deposit, name=name, byte_count=wish.byte_count, role=wish.role, of=wish.of
    )
    if new:
        staging.require_room(wish.byte_count)
    return file, new


def offset(file: DepositFile) -> int:
    """Return where the upload goes on, the length when nothing is wanted any more.

    An upload whose last byte came just before the server died is queued here.
    """
    if file.state != FileState.UPLOADING:
        return file.byte_count
    here = staging.received(file)
    if here == file.byte_count:
        with _locked(file) as path:
            _complete(file, path)
    return here


def append(
    file: DepositFile, stream: Readable, *, at: int, length: int, checksum: Checksum | None = None
) -> int:
    """Append `length` bytes at an offset and return the new one. Raises `UploadError`, `NoRoom`.

    A connection that breaks keeps what has arrived, unless a checksum was promised for the whole.
    """
    if file.state != FileState.UPLOADING:
        raise UploadError(410, "nothing more is wanted of this file: look at its outcome")
    if at + length > file.byte_count:
        raise UploadError(413, f"more than the {file.byte_count} bytes announced")
    with _locked(file) as path:
        here = path.stat().st_size
        if here != at:
            raise UploadError(409, f"{here} bytes are here: go on from there")
        release_connection()
        _write(path, file.public_id, stream, _Part(at, length, checksum))
        here = staging.received(file)
        if here == file.byte_count:
            _complete(file, path)
    return here


@dataclass(frozen=True, slots=True)
class _Part:
    """One request's bytes: `length` of them from `at` on."""

    at: int
    length: int
    checksum: Checksum | None


def _write(path: Path, name: str, stream: Readable, part: _Part) -> None:
    whole = _digests.take(name, part.at)
    sums = [digest for digest in (whole, part.checksum and hashlib.new(part.checksum.algorithm)) if digest]
    with no_room_told(), path.open("r+b", buffering=0) as out:
        out.seek(part.at)
        sound = False
        try:
            written = _copy(stream, out.fileno(), part.length, sums)
            sound = part.checksum is None or (
                written == part.length and hmac.compare_digest(sums[-1].digest(), part.checksum.digest)
            )
        finally:
            if part.checksum is not None and not sound:
                out.truncate(part.at)
            os.fsync(out.fileno())
    if not sound:
        raise UploadError(460, "these bytes arrived damaged and were dropped: send them again")
    if whole is not None:
        _digests.keep(name, part.at + written, whole)


def _copy(stream: Readable, handle: int, length: int, sums: list[hashlib._Hash]) -> int:
    left = length
    while left and (chunk := stream.read(min(left, CHUNK))):
        view = memoryview(chunk)
        while view:
            view = view[os.write(handle, view) :]
        left -= len(chunk)
        for digest in sums:
            digest.update(chunk)
    return length - left


def _complete(file: DepositFile, path: Path) -> None:
    """All bytes are synced: say so. Their digest was made on the way unless the server changed meanwhile."""
    whole = _digests.take(file.public_id, file.byte_count)
    sync_folder(path.parent)
    arrivals.received(file=file, sha256=whole.hexdigest() if whole else digest_of(path))


def _check_role(deposit: Deposit, wish: Wish, kind: Kind) -> None:
    if (wish.role == Role.PRIMARY) != (wish.of == ""):
        raise UploadError(400, "`role` and `of` belong together: what the file is, and to which photo")
    if not wish.of:
        return
    if wish.role not in ROLES or (wish.role == Role.SIDECAR) != (kind is Kind.SIDECAR):
        raise UploadError(400, "a picture may be back, negative, print or rescan, an XMP file a sidecar")
    if not Photo.objects.filter(public_id=wish.of, collection_id=deposit.collection_id).exists():
        raise UploadError(400, "the collection has no such photo")


@contextmanager
def _locked(file: DepositFile) -> Iterator[Path]:
    """Hold the staged file, made if need be, against every other request of every server process."""
    path = staging.path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadError(423, "another request is writing this file: wait a second") from None
        file.refresh_from_db(fields=["state"])
        if file.state != FileState.UPLOADING:  # cancelled or completed before the lock was ours
            if file.state == FileState.CANCELLED:
                path.unlink(missing_ok=True)
            raise UploadError(410, "nothing more is wanted of this file: look at its outcome")
        yield path
    finally:
        os.close(handle)


class _Digests:
    """Running digests between the requests of an upload, as far as one process answers them all."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, hashlib._Hash]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, at: int) -> hashlib._Hash | None:
        """Return the digest of a file's first `at` bytes, if it is known; a new one at 0."""
        with self._lock:
            reached, digest = self._kept.pop(name, (0, None))
        if at == 0:
            return hashlib.sha256()
        return digest if reached == at else None

    def keep(self, name: str, at: int, digest: hashlib._Hash) -> None:
        with self._lock:
            self._kept[name] = (at, digest)
            while len(self._kept) > _DIGESTS_KEPT:
                self._kept.popitem(last=False)


_digests = _Digests()
