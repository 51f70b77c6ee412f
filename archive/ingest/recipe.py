"""How one received file becomes part of its collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from archive import vault
from archive.catalogue.models import File, Photo, Role
from archive.catalogue.photos import add_file, add_photo
from archive.evidence.proposing import propose
from archive.ingest import changes, partners, sidecars, staging, zips
from archive.ingest.changes import Outcome, finish
from archive.ingest.children import look
from archive.ingest.errors import NotYet, Orphan, Refused
from archive.ingest.models import DepositFile, FileState
from archive.ingest.names import Kind, kind_of, why_not
from archive.ingest.tasks import queue_checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.metadata import Reading

_OURS = frozenset({FileState.WAITING, FileState.WORKING})


def take_in(file_id: int) -> None:
    """Bring one received file to its outcome.

    1. start     waiting -> working; a file that is done or cancelled is left alone
    2. sort      picture, sidecar or ZIP by its name; anything else is refused with its reason
    3. know      bytes the collection has already are a duplicate
    4. pair      find its sidecars, or the photo it belongs to; wait for that if it is on its way
    5. examine   one child process reads what it says and makes the display sizes from one decode
    6. adopt     rename the bytes to their digest and sync: from here on they are safe
    7. record    one transaction: photo, file, claims, settled values, index, custody, outcome, checks due
    8. clear     remove what is left in the staging area

    Killed at any point and started again, each step finds what is done and goes on; nothing is made twice.
    Raises `NotYet` when it must be asked again, `Interrupted` when trying again later may help.
    """
    file = _start(file_id)
    if file is None:
        return
    try:
        outcome = _handle(file)
    except Refused as refusal:
        finish(file, Outcome(FileState.REFUSED, str(refusal)))
        if not isinstance(refusal, Orphan):
            staging.discard(file)
    except vault.NoRoom as full:
        finish(file, Outcome(FileState.FAILED, str(full)))
    except NotYet:
        finish(file, Outcome(FileState.WAITING))
        raise
    else:
        if outcome is not None:
            finish(file, outcome)
        staging.discard(file)


def give_up(file_id: int, reason: str) -> None:
    """Say that a file could not be finished; its bytes stay, and the depositor may have it tried again."""
    file = DepositFile.objects.get(pk=file_id)
    changes.move(
        deposit_id=file.deposit_id, files=[file_id], before=_OURS, after=FileState.FAILED, reason=reason
    )


def _start(file_id: int) -> DepositFile | None:
    file = DepositFile.objects.select_related("deposit__collection").filter(pk=file_id).first()
    if file is None or not changes.move(
        deposit_id=file.deposit_id, files=[file_id], before=_OURS, after=FileState.WORKING
    ):
        return None
    return file


def _handle(file: DepositFile) -> Outcome | None:
    """Return the outcome, or None when it has been written together with what was recorded."""
    kind = kind_of(file.name)
    if kind is None:
        raise Refused(why_not(file.name))
    if kind is Kind.ARCHIVE:
        zips.unpack(file)
        return Outcome(FileState.UNPACKED)
    if kind is Kind.SIDECAR:
        return sidecars.attach(file)
    return _handle_picture(file)


def _handle_picture(file: DepositFile) -> Outcome | None:
    known = _known(file)
    if known is not None:
        return known
    photo, role = partners.photo_of(file)
    joined = partners.sidecars_of(file) if photo is None else []
    source = staging.bytes_of(file)
    reading = look(source, file.sha256, sidecars=[staging.path_of(sidecar) for sidecar in joined])
    vault.adopt(source, sha256=file.sha256)
    for sidecar in joined:
        vault.adopt(staging.path_of(sidecar), sha256=sidecar.sha256)
    try:
        with transaction.atomic():
            if photo is None:
                _record_photo(file, reading, joined)
            else:
                _record_further(file, reading, photo, role)
    except IntegrityError:  # the same bytes came by another worker since step 3
        known = _known(file)
        if known is None:
            raise
        return known
    return None


def _record_photo(file: DepositFile, reading: Reading, joined: Sequence[DepositFile]) -> None:
    deposit = file.deposit
    photo, primary, received = add_photo(
        collection=deposit.collection, reading=reading, name=file.name, by=deposit.user_id
    )
    propose(photo=photo, file=primary, reading=reading, by=deposit.user_id, received=received)
    for sidecar in joined:
        sidecars.record(sidecar, photo)
    queue_checks([photo.pk])
    finish(file, Outcome(FileState.STORED, photo=photo))
    for sidecar in joined:
        changes.move(
            deposit_id=deposit.pk,
            files=[sidecar.pk],
            before={FileState.WAITING, FileState.WORKING, FileState.REFUSED},
            after=FileState.STORED,
            reason="",
            photo=photo,
        )


def _record_further(file: DepositFile, reading: Reading, photo: Photo, role: Role) -> None:
    add_file(photo=photo, reading=reading, name=file.name, role=role, by=file.deposit.user_id)
    finish(file, Outcome(FileState.UPDATED, f"added as {role.label}", photo))


def _known(file: DepositFile) -> Outcome | None:
    """The depositor may deposit here, hence is an insider of this collection; others are never named."""
    here = (
        File.objects.filter(collection_id=file.deposit.collection_id, sha256=file.sha256)
        .exclude(role=Role.SIDECAR)
        .select_related("photo")
        .first()
    )
    if here is None:
        return None
    return Outcome(FileState.DUPLICATE, f"the same bytes are here as {here.name}", here.photo)
