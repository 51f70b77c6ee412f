"""Deposits and their files before a worker has seen them: opened, announced, received, cancelled, retried."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive import vault
from archive.catalogue.models import Collection, Role
from archive.ingest import changes, staging
from archive.ingest.changes import move, next_version
from archive.ingest.models import Deposit, DepositFile, DepositState, FileState
from archive.ingest.names import key_of
from archive.ingest.tasks import take_in_file
from archive.vault.originals import CHUNK, Readable, no_room_told, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

BATCH = 500


def open_deposit(*, collection: Collection, by: User | None) -> Deposit:
    return Deposit.objects.create(collection=collection, user=by)


@transaction.atomic
def announce(*, deposit: Deposit, files: Iterable[tuple[str, int]], complete: bool = False) -> None:
    """Create the rows of files, name and length each; those that are there already stay as they are."""
    version = next_version(deposit.pk)
    rows = (
        DepositFile(deposit=deposit, name=name, byte_count=count, pair_key=key_of(name), change=version)
        for name, count in files
    )
    DepositFile.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if complete:
        Deposit.objects.filter(pk=deposit.pk).update(announced=True)


@transaction.atomic
def announce_one(
    *, deposit: Deposit, name: str, byte_count: int, role: Role = Role.PRIMARY, of: str = ""
) -> tuple[DepositFile, bool]:
    """Return the row of a file and whether it is new; one that was cancelled or refused begins again."""
    file, new = DepositFile.objects.get_or_create(
        deposit=deposit,
        name=name,
        byte_count=byte_count,
        defaults={"pair_key": key_of(name), "role": role, "of": of, "change": next_version(deposit.pk)},
    )
    if not new and move(
        deposit_id=deposit.pk,
        files=[file.pk],
        before={FileState.CANCELLED, FileState.REFUSED},
        after=FileState.UPLOADING,
        reason="",
        sha256="",
        role=role,
        of=of,
    ):
        staging.discard(file)
        file.refresh_from_db()
        new = True
    return file, new


def store(*, file: DepositFile, stream: Readable) -> None:
    """Copy a whole file into the staging area, synced and hashed on the way, and queue it.

    Raises `NoRoom`, or whatever reading the stream raises; the row then stays where it was.
    """
    path = staging.path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with no_room_told(), path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
        sync_folder(path.parent)
    received(file=file, sha256=digest.hexdigest())


@transaction.atomic
def received(*, file: DepositFile, sha256: str) -> bool:
    """Queue a file whose bytes are all here and safe; False when it was cancelled, or queued before."""
    moved = move(
        deposit_id=file.deposit_id,
        files=[file.pk],
        before={FileState.UPLOADING},
        after=FileState.WAITING,
        sha256=sha256,
        reason="",
    )
    if moved:
        take_in_file.enqueue(file.pk)
    return bool(moved)


def refuse(*, file: DepositFile, reason: str) -> None:
    move(
        deposit_id=file.deposit_id,
        files=[file.pk],
        before={FileState.UPLOADING},
        after=FileState.REFUSED,
        reason=reason,
    )


def cancel_file(*, file: DepositFile) -> bool:
    """Stop a file that no worker has begun; False when it is too late."""
    moved = move(
        deposit_id=file.deposit_id,
        files=[file.pk],
        before={FileState.UPLOADING, FileState.WAITING, FileState.FAILED, FileState.CANCELLED},
        after=FileState.CANCELLED,
    )
    if moved:
        staging.discard(file)
    return bool(moved)


def cancel(*, deposit: Deposit) -> None:
    """Stop what is uploading, waiting or failed; what a worker holds is finished, what is stored stays."""
    stopped = {FileState.UPLOADING, FileState.WAITING, FileState.FAILED}
    with transaction.atomic():
        version = next_version(deposit.pk)
        Deposit.objects.filter(pk=deposit.pk).update(state=DepositState.CANCELLED)
        deposit.files.filter(state__in=stopped).update(
            state=FileState.CANCELLED, change=version, changed_at=timezone.now()
        )
    kept = set(deposit.files.exclude(state__in=changes.DONE).values_list("public_id", flat=True))
    for public_id in staging.received_by_file(deposit):
        if public_id not in kept:
            with contextlib.suppress(FileNotFoundError):
                (staging.folder_of(deposit) / public_id).unlink()


@transaction.atomic
def retry(*, deposit: Deposit) -> int:
    """Queue every failed file again whose bytes are here; return how many."""
    version = next_version(deposit.pk)
    count = 0
    for file in deposit.files.filter(state=FileState.FAILED).select_related("deposit"):
        if not (staging.path_of(file).is_file() or (file.sha256 and vault.exists(file.sha256))):
            continue
        DepositFile.objects.filter(pk=file.pk).update(
            state=FileState.WAITING, reason="", change=version, changed_at=timezone.now()
        )
        take_in_file.enqueue(file.pk)
        count += 1
    return count
