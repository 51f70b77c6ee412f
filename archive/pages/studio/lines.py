"""What the studio lists: collections with what waits in them, and uploads with how far they are.

Every reader starts from what the viewer may see and takes a fixed number of queries.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from archive.access.models import MemberRole
from archive.access.rights import scope, visible, visible_collections
from archive.catalogue.models import Audience
from archive.ingest.models import DepositState, FileState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from archive.catalogue.models import Collection, Photo
    from archive.ingest.models import Deposit

UNPLACED = Q(index_rows__audience=Audience.INSIDE, index_rows__parts=0)
UNDATED = Q(index_rows__audience=Audience.INSIDE, index_rows__earliest=None)
RECENT = 8
_ROLE_WORDS = {role: role.label.partition(":")[0] for role in MemberRole}
_EDITS = frozenset({MemberRole.OWNER, MemberRole.CURATOR})
_STORED = (FileState.STORED, FileState.UPDATED, FileState.UNPACKED)
_WAITING = (FileState.WAITING, FileState.WORKING)


@dataclass(frozen=True, slots=True)
class CollectionLine:
    slug: str
    title: str
    role: str
    is_public: bool
    photos: int
    waiting: int
    refused: int
    undated: int
    unplaced: int
    may_deposit: bool
    may_edit: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class DepositLine:
    """One upload and how many of its files are how far."""

    public_id: str
    collection_slug: str
    collection_title: str
    created_at: datetime
    files: int
    stored: int
    duplicate: int
    refused: int
    failed: int
    unsent: int
    waiting: int
    is_cancelled: bool

    @property
    def done(self) -> int:
        return self.stored + self.duplicate + self.refused + self.failed

    @property
    def is_done(self) -> bool:
        return self.unsent == 0 and self.waiting == 0


def collection_lines(viewer: User) -> list[CollectionLine]:
    """Return the collections the account belongs to (an administrator to all), by title; five queries."""
    inside = scope(viewer).inside
    collections = list(visible_collections(viewer).filter(pk__in=inside))
    held = {role.collection_id: MemberRole(role.role) for role in viewer.memberships.all()}
    photos = visible(viewer).filter(collection__in=inside)
    totals, unplaced, undated = (
        _by_collection(photos),
        _by_collection(photos.filter(UNPLACED)),
        _by_collection(photos.filter(UNDATED)),
    )
    files = _files_by_collection(visible_collections(viewer).filter(pk__in=inside))
    return [
        _collection_line(
            collection,
            MemberRole.OWNER if viewer.is_superuser else held[collection.pk],
            photos=totals[collection.pk],
            unplaced=unplaced[collection.pk],
            undated=undated[collection.pk],
            waiting=sum(files[collection.pk, state.value] for state in _WAITING),
            refused=files[collection.pk, FileState.REFUSED.value],
        )
        for collection in collections
    ]


def _collection_line(collection: Collection, role: MemberRole, **counts: int) -> CollectionLine:
    return CollectionLine(
        slug=collection.slug,
        title=collection.title,
        role=_ROLE_WORDS[role],
        is_public=collection.open_to_public,
        may_deposit=role in _EDITS or role == MemberRole.CONTRIBUTOR,
        may_edit=role in _EDITS,
        may_manage=role == MemberRole.OWNER,
        **counts,
    )


def _by_collection(photos: QuerySet[Photo]) -> Counter[int]:
    counted = photos.order_by().values_list("collection_id").annotate(n=Count("pk", distinct=True))
    return Counter(dict(counted))


def _files_by_collection(collections: QuerySet[Collection]) -> Counter[tuple[int, str]]:
    states = collections.order_by().values_list("pk", "deposits__files__state")
    counted = states.annotate(n=Count("deposits__files"))
    return Counter({(pk, state): n for pk, state, n in counted if state})


def recent_deposits(viewer: User) -> list[DepositLine]:
    """Return the account's latest uploads into collections it may see, newest first; two queries."""
    own = viewer.deposits.filter(collection__in=visible_collections(viewer))
    every = list(own.select_related("collection").order_by("-pk")[:RECENT])
    states = own.filter(pk__in=[deposit.pk for deposit in every]).order_by().values_list("pk", "files__state")
    counts: dict[int, Counter[str]] = {deposit.pk: Counter() for deposit in every}
    for pk, state, n in states.annotate(n=Count("files")):
        counts[pk][state or ""] = n
    return [deposit_line(deposit, counts[deposit.pk]) for deposit in every]


def one_deposit(deposit: Deposit) -> DepositLine:
    states = deposit.files.order_by().values_list("state").annotate(n=Count("pk"))
    return deposit_line(deposit, Counter(dict(states)))


def deposit_line(deposit: Deposit, counts: Counter[str]) -> DepositLine:
    """`counts` is how many files are in which state."""
    return DepositLine(
        public_id=deposit.public_id,
        collection_slug=deposit.collection.slug,
        collection_title=deposit.collection.title,
        created_at=deposit.created_at,
        files=sum(counts[state.value] for state in FileState if state is not FileState.CANCELLED),
        stored=sum(counts[state.value] for state in _STORED),
        duplicate=counts[FileState.DUPLICATE.value],
        refused=counts[FileState.REFUSED.value],
        failed=counts[FileState.FAILED.value],
        unsent=counts[FileState.UPLOADING.value],
        waiting=sum(counts[state.value] for state in _WAITING),
        is_cancelled=deposit.state == DepositState.CANCELLED,
    )
