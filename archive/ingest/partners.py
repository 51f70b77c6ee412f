"""Which files of a deposit belong together; see `names` for the rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.catalogue.models import File, Photo, Role
from archive.ingest import staging
from archive.ingest.errors import NotYet, Orphan, Refused
from archive.ingest.models import DepositFile, FileState
from archive.ingest.names import Kind, further_of, kind_of, names_one

if TYPE_CHECKING:
    from django.db.models import QuerySet

ASK_AGAIN_SECONDS = 1.0
GRACE_SECONDS = 5.0  # in which a photo's row may still be created after that of what belongs to it
_ON_ITS_WAY = frozenset({FileState.UPLOADING, FileState.WAITING, FileState.WORKING, FileState.FAILED})
_GONE = frozenset({FileState.REFUSED, FileState.CANCELLED})


def photo_of(file: DepositFile) -> tuple[Photo | None, Role]:
    """Return the photo a picture is a further file of, and as what; (None, primary) when it is its own.

    Raises `NotYet` while that photo is on its way, `Refused` when the chosen photo is no longer there.
    """
    if file.of:
        return chosen(file), Role(file.role)
    further = further_of(file.name)
    if further is None:
        return None, Role.PRIMARY
    photo = _partner_photo(file, _pictures(file, further.key))
    return photo, further.role if photo else Role.PRIMARY


def described_by(sidecar: DepositFile) -> File:
    """Return the stored file a sidecar describes: always the primary one of its photo.

    Raises `NotYet` while that is on its way, `Orphan` when there is none, `Refused` for a further file.
    """
    if sidecar.of:
        return chosen(sidecar).files.select_related("photo").get(role=Role.PRIMARY)
    candidates = _described(sidecar)
    photo = _partner_photo(sidecar, candidates)
    if photo is None:
        raise Orphan("no photo of this name has arrived: upload it together with its photo")
    primary = photo.files.select_related("photo").get(role=Role.PRIMARY)
    if primary.sha256 != candidates[0].sha256:
        raise Refused(f"{candidates[0].name} is a further file of its photo: only the photo takes a sidecar")
    return primary


def sidecars_of(file: DepositFile) -> list[DepositFile]:
    """Return the received sidecars of a picture that nothing has been done with yet."""
    same_key = DepositFile.objects.filter(
        deposit_id=file.deposit_id,
        pair_key=file.pair_key,
        state__in=[FileState.WAITING, FileState.WORKING, FileState.REFUSED],
        of="",
    ).exclude(sha256="")
    return [
        sidecar
        for sidecar in same_key.select_related("deposit")
        if kind_of(sidecar.name) is Kind.SIDECAR
        and _leads(_described(sidecar), file)
        and staging.path_of(sidecar).is_file()
    ]


def chosen(file: DepositFile) -> Photo:
    photo = Photo.objects.filter(public_id=file.of, collection_id=file.deposit.collection_id).first()
    if photo is None:
        raise Refused("the photo it was meant for is no longer in this collection")
    return photo


def _partner_photo(file: DepositFile, candidates: list[DepositFile]) -> Photo | None:
    if not candidates:
        age = timezone.now() - file.created_at
        if not file.deposit.announced and age < timedelta(seconds=GRACE_SECONDS):
            raise NotYet(ASK_AGAIN_SECONDS)
        return None
    first = candidates[0]
    if first.state == FileState.FAILED:
        raise Refused(f"{first.name}, which it belongs to, could not be finished: try that again first")
    if first.state in _ON_ITS_WAY:
        raise NotYet(ASK_AGAIN_SECONDS)
    return first.photo


def _pictures(file: DepositFile, key: str) -> list[DepositFile]:
    """Pictures of the deposit under a key that may become or are photos, in the order of their names."""
    rows: QuerySet[DepositFile] = DepositFile.objects.filter(deposit_id=file.deposit_id, pair_key=key)
    found = [
        row
        for row in rows.exclude(pk=file.pk).exclude(state__in=_GONE).select_related("photo")
        if kind_of(row.name) is Kind.PICTURE
    ]
    return sorted(found, key=lambda row: (row.name.casefold(), row.pk))


def _described(sidecar: DepositFile) -> list[DepositFile]:
    """`a.jpg.xmp` describes `a.jpg`; `a.xmp` the first of the pictures called `a`."""
    spelt = names_one(sidecar.name)
    found = _pictures(sidecar, sidecar.pair_key)
    return found if spelt is None else [row for row in found if row.name.casefold() == spelt]


def _leads(candidates: list[DepositFile], file: DepositFile) -> bool:
    return bool(candidates) and candidates[0].pk == file.pk
