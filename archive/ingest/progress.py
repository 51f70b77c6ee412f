"""What a depositor sees of a deposit: counts, bytes, and its files in the order they changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, Sum

from archive.access import rights
from archive.ingest import staging
from archive.ingest.models import Deposit, DepositFile, FileState

PAGE: Final = 500
PENDING: Final = frozenset({FileState.UPLOADING, FileState.WAITING, FileState.WORKING})
_CURSOR: Final = re.compile(r"(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    public_id: str
    sha256: str  # of its primary file; empty while it has none


@dataclass(frozen=True, slots=True)
class FileSeen:
    public_id: str
    name: str
    byte_count: int
    received: int
    role: str
    state: FileState
    reason: str
    photo: PhotoSeen | None


@dataclass(frozen=True, slots=True)
class Totals:
    counts: dict[str, int]
    byte_count: int
    received: int

    @property
    def done(self) -> bool:
        return not any(self.counts[state.value] for state in PENDING)


@dataclass(frozen=True, slots=True)
class Page:
    files: tuple[FileSeen, ...]
    cursor: str
    more: bool


def totals(deposit: Deposit) -> Totals:
    """Count files by state and bytes; what was cancelled does not count as bytes to come."""
    rows = deposit.files.order_by().values("state").annotate(n=Count("pk"), size=Sum("byte_count"))
    found = {row["state"]: (row["n"], row["size"]) for row in rows}
    counts = {state.value: found.get(state.value, (0, 0))[0] for state in FileState}
    wanted = {state: size for state, (_n, size) in found.items() if state != FileState.CANCELLED}
    uploading = wanted.get(FileState.UPLOADING, 0)
    total = sum(wanted.values())
    here = _uploading_bytes(deposit) if uploading else 0
    return Totals(counts, total, total - uploading + here)


def changed_since(deposit: Deposit, cursor: str, *, limit: int = PAGE) -> Page:
    """Return the files that changed after a cursor, "" for all. Raises ValueError on what is no cursor."""
    rows = deposit.files.select_related("photo").order_by("change", "pk")
    if cursor:
        match = _CURSOR.fullmatch(cursor)
        if match is None:
            raise ValueError("since: give back the `next` of an earlier answer")
        change, key = int(match[1]), int(match[2])
        rows = rows.filter(Q(change__gt=change) | Q(change=change, pk__gt=key))
    found = list(rows.prefetch_related("photo__files")[: limit + 1])
    shown = found[:limit]
    here = staging.received_by_file(deposit) if any(_is_uploading(row) for row in shown) else {}
    after = f"{shown[-1].change}-{shown[-1].pk}" if shown else cursor
    return Page(tuple(_seen(row, here) for row in shown), after, len(found) > limit)


def deposit_of(viewer: rights.Viewer, public_id: str) -> Deposit:
    """Return a deposit of this account, which may still deposit there. Raises `Deposit.DoesNotExist`."""
    if viewer.pk is None:
        raise Deposit.DoesNotExist
    found = Deposit.objects.select_related("collection").get(public_id=public_id, user_id=viewer.pk)
    if not rights.may_deposit(viewer, found.collection):
        raise Deposit.DoesNotExist
    return found


def latest(deposits: int, *, by: int, slug: str | None) -> list[Deposit]:
    rows = Deposit.objects.filter(user_id=by).select_related("collection").order_by("-pk")
    return list(rows.filter(collection__slug=slug)[:deposits] if slug else rows[:deposits])


def _seen(row: DepositFile, here: dict[str, int]) -> FileSeen:
    received = here.get(row.public_id, 0) if _is_uploading(row) else row.byte_count
    photo = None
    if row.photo is not None:
        primary = next((file.sha256 for file in row.photo.files.all() if file.role == "primary"), "")
        photo = PhotoSeen(row.photo.public_id, primary)
    return FileSeen(
        public_id=row.public_id,
        name=row.name,
        byte_count=row.byte_count,
        received=min(received, row.byte_count),
        role=row.role,
        state=FileState(row.state),
        reason=row.reason,
        photo=photo,
    )


def _is_uploading(row: DepositFile) -> bool:
    return row.state == FileState.UPLOADING


def _uploading_bytes(deposit: Deposit) -> int:
    here = staging.received_by_file(deposit)
    if not here:
        return 0
    rows = deposit.files.filter(state=FileState.UPLOADING, public_id__in=here)
    return sum(here[public_id] for public_id in rows.values_list("public_id", flat=True))
