"""Freezing a view so that it can be cited, and taking such a list back.

A list for everybody holds photos that are open to everybody, and may be opened by everybody. A list for
members holds what its maker may see; it opens only for who belongs to every collection of which its maker saw
more than everybody does, so that neither its count nor its words tell outsiders anything.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from archive.access import rights
from archive.catalogue.models import Photo
from archive.custody.chain import Kind, actor_of, record
from archive.desk import pace
from archive.desk.canonical import hash_of, text_of
from archive.desk.errors import DeskError
from archive.desk.models import LONGEST_TITLE, FrozenIds, FrozenSelection
from archive.desk.reading import in_lots, may_delete, may_withdraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.access.rights import Viewer

MOST_FROZEN: Final = 100_000


def freeze(
    *,
    ids: Sequence[str],
    query: str,
    by: Viewer,
    for_members: bool = False,
    title: str = "",
    address: str = "",
) -> FrozenSelection:
    """Keep public ids in this order for good; `query` is the canonical text of the Selection they answer.

    The same person freezing the same on the same day (UTC) gets the list that is there; strangers count as
    one person. `address` is where a stranger asks from, for the hourly bound. Raises DeskError.

    The long look at a hundred thousand photos is counted beforehand and holds up no writer. What is closed
    between it and the writing is shown to nobody: readers are told what they may see when they read.
    """
    title = _title(title, by)
    refuse_unfit(len(ids))
    if len(set(ids)) != len(ids):
        raise DeskError("A list names each photo once.")
    with transaction.atomic():
        pace.count_one(by, address)  # the same once more, or one that is refused, is as much work
    members_of = _collections_inside(by, ids) if for_members else []
    if not members_of:
        _refuse_unseen(AnonymousUser(), ids)
    return _kept(ids, query, by, title, members_of)


@transaction.atomic
def _kept(ids: Sequence[str], query: str, by: Viewer, title: str, members_of: list[int]) -> FrozenSelection:
    """Write the list and the beginning of its chain, or return the one that is there."""
    text = text_of(ids)
    now, maker = datetime.now(UTC), by.pk if by.is_authenticated else None
    sha256 = hash_of(text)
    key = hash_of(json.dumps([sha256, query, str(now.date()), maker, title, members_of]))
    known = FrozenSelection.objects.filter(key=key).first()
    if known is not None:
        return known
    kept, _ = FrozenIds.objects.get_or_create(sha256=sha256, defaults={"count": len(ids), "text": text})
    frozen, made = FrozenSelection.objects.get_or_create(
        key=key,
        defaults={
            "title": title,
            "query": query,
            "day": now.date(),
            "made_at": now,
            "made_by_id": maker,
            "sha256": sha256,
            "photos": len(ids),
            "ids": kept,
            "members_of": members_of,
        },
    )
    if made:
        told = {"sha256": sha256, "photos": len(ids), "for": "members" if members_of else "everybody"}
        record(
            chain=frozen.public_id,
            kind=Kind.SELECTION_FROZEN,
            actor=actor_of(maker),
            detail=told,
            begin=True,
        )
    return frozen


@transaction.atomic
def delete(*, frozen: FrozenSelection, by: Viewer) -> None:
    """Take a list back within a day of its making, as if it had never been. Raises DeskError."""
    frozen = _locked(frozen)
    if not may_delete(by, frozen):
        raise DeskError("Only its maker deletes a list, and only on the first day: withdraw it instead.")
    _record_end(frozen, by, {"deleted": True})
    ids = frozen.ids_id
    frozen.delete()
    _forget(ids)


@transaction.atomic
def withdraw(*, frozen: FrozenSelection, by: Viewer, why: str = "") -> FrozenSelection:
    """Take a list out of circulation; its address goes on saying when, and the words of `why`."""
    frozen = _locked(frozen)
    if frozen.withdrawn_at is not None:
        return frozen
    if not may_withdraw(by, frozen):
        raise DeskError("Only its maker or an administrator withdraws a list.")
    ids = frozen.ids_id
    frozen.key = f"withdrawn {frozen.public_id}"
    frozen.title = frozen.query = ""
    frozen.ids = None
    frozen.withdrawn_at = datetime.now(UTC)
    frozen.withdrawn_why = " ".join(why.split())[:300]
    frozen.save()
    _record_end(frozen, by, {"deleted": False})
    _forget(ids)
    return frozen


def _locked(frozen: FrozenSelection) -> FrozenSelection:
    return FrozenSelection.objects.select_for_update().get(pk=frozen.pk)


def _record_end(frozen: FrozenSelection, by: Viewer, told: dict[str, object]) -> None:
    actor = actor_of(by.pk)
    record(
        chain=frozen.public_id,
        kind=Kind.SELECTION_WITHDRAWN,
        actor=actor,
        detail={"sha256": frozen.sha256, **told},
    )


def _forget(sha256: str | None) -> None:
    if sha256 and not FrozenSelection.objects.filter(ids=sha256).exists():
        FrozenIds.objects.filter(pk=sha256).delete()


def _title(title: str, by: Viewer) -> str:
    title = " ".join(title.replace("\0", "").split())
    if title and not by.is_authenticated:
        raise DeskError("Log in to give the list a title: the archive does not publish strangers' words.")
    if len(title) > LONGEST_TITLE:
        raise DeskError(f"Keep the title to {LONGEST_TITLE} characters.")
    return title


def refuse_unfit(photos: int) -> None:
    """Raise DeskError where no list holds so many photos; for who can count them before reading them."""
    if not photos:
        raise DeskError("There is no photo in this view that such a list could hold: remove a filter.")
    if photos > MOST_FROZEN:
        raise DeskError(
            f"This view has more than {MOST_FROZEN:,} photos, the most that one list holds: narrow it, "
            "for example by dates, and freeze the parts."
        )


def _refuse_unseen(viewer: Viewer, ids: Sequence[str]) -> None:
    seen = sum(rights.visible(viewer).filter(public_id__in=lot).count() for lot in in_lots(ids))
    if seen != len(ids):
        raise DeskError("Not every photo of this view is open to everybody any more: freeze it again.")


def _collections_inside(by: Viewer, ids: Sequence[str]) -> list[int]:
    """Return the collections of the photos that the maker sees as a member. Raises DeskError on others."""
    _refuse_unseen(by, ids)
    inside = rights.scope(by).inside
    found: set[int] = set()
    for lot in in_lots(ids):
        photos = Photo.objects.filter(public_id__in=lot, collection__in=inside).order_by()
        found.update(photos.values_list("collection_id", flat=True).distinct())
    return sorted(found)
