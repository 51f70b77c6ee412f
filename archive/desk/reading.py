"""Who may open a frozen list, and what of it they may still see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from archive.access import rights
from archive.catalogue.models import Change
from archive.desk.canonical import hash_of, ids_in
from archive.desk.models import FrozenSelection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from archive.access.rights import Viewer
    from archive.catalogue.models import Collection

DELETABLE_FOR: Final = timedelta(days=1)
REMEMBERED_S: Final = 600
_LOT: Final = 5_000  # ids in one question; databases bound how many values they take


def in_lots(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _LOT):
        yield ids[start : start + _LOT]


def frozen_for(viewer: Viewer, public_id: str) -> FrozenSelection | None:
    """Return a list that the viewer may open, None as well where there is none. Withdrawn ones are found."""
    found = FrozenSelection.objects.select_related("made_by").filter(public_id=public_id).first()
    return found if found is not None and may_open(viewer, found) else None


def may_open(viewer: Viewer, frozen: FrozenSelection) -> bool:
    if not frozen.members_of or _is_maker(viewer, frozen) or _is_administrator(viewer):
        return True
    return rights.scope(viewer).inside.issuperset(frozen.members_of)


def may_delete(viewer: Viewer, frozen: FrozenSelection) -> bool:
    """Its maker, while nobody can have printed it long ago."""
    young = frozen.withdrawn_at is None and datetime.now(UTC) - frozen.made_at < DELETABLE_FOR
    return young and _is_maker(viewer, frozen)


def may_withdraw(viewer: Viewer, frozen: FrozenSelection) -> bool:
    """Its maker, and administrators, to whom lists that strangers made are left."""
    return frozen.withdrawn_at is None and (_is_maker(viewer, frozen) or _is_administrator(viewer))


def ids_of(frozen: FrozenSelection) -> tuple[str, ...]:
    """Return every id in order, whoever may see it: only for `still_open`, and for who may see all."""
    return ids_in(frozen.ids.text) if frozen.ids is not None else ()


def still_open(viewer: Viewer, frozen: FrozenSelection) -> tuple[str, ...]:
    """Return the ids of the photos that the viewer may see today, in the order of the list."""
    ids = ids_of(frozen)
    gone = _gone(viewer, ids)
    return tuple(public_id for public_id in ids if public_id not in gone)


def still_shown(viewer: Viewer, frozen: FrozenSelection) -> tuple[str, ...]:
    """Return the same for a page that shows a few of them, and asks again who may see those.

    A long list takes seconds to go through, so what was found is remembered until the archive changes. A
    change that commits out of turn may be noticed up to `REMEMBERED_S` late: nothing is handed out on this.
    """
    ids = ids_of(frozen)
    if len(ids) <= _LOT:
        return still_open(viewer, frozen)
    stand = rights.scope(viewer)
    change = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    told = f"{frozen.sha256} {change} {sorted(stand.inside)} {sorted(stand.public)}"
    key = f"desk-gone-{hash_of(told)}"
    gone = cache.get(key)
    if gone is None:
        gone = _gone(viewer, ids)
        if len(gone) <= _LOT:
            cache.set(key, gone, REMEMBERED_S)
    return tuple(public_id for public_id in ids if public_id not in gone)


def _gone(viewer: Viewer, ids: Sequence[str]) -> frozenset[str]:
    seen: set[str] = set()
    for lot in in_lots(ids):
        found = rights.visible(viewer).filter(public_id__in=lot).order_by()
        seen.update(found.values_list("public_id", flat=True))
    return frozenset(ids).difference(seen)


def collections_named(viewer: Viewer, numbers: Sequence[int]) -> QuerySet[Collection]:
    return rights.visible_collections(viewer).filter(pk__in=numbers).order_by("title", "pk")


def may_read_query(viewer: Viewer, slugs: Sequence[str]) -> bool:
    """Whether every collection that a view names is open to the viewer; else its filters are not told."""
    return rights.visible_collections(viewer).filter(slug__in=slugs).count() == len(set(slugs))


def frozen_by(viewer: Viewer) -> QuerySet[FrozenSelection]:
    """Return the lists that an account made, the newest first."""
    return FrozenSelection.objects.filter(made_by=viewer.pk)


def _is_maker(viewer: Viewer, frozen: FrozenSelection) -> bool:
    return bool(viewer.is_authenticated and frozen.made_by_id == viewer.pk)


def _is_administrator(viewer: Viewer) -> bool:
    return bool(viewer.is_authenticated and viewer.is_active and viewer.is_superuser)
