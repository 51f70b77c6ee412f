"""Who may see and do what. Every reader starts here; nothing else decides.

A stranger sees open collections, by what the public may know. A member sees the collection as an insider.
Administrators (superusers) are insiders everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Q, QuerySet

from archive.access.models import MemberRole, Membership
from archive.catalogue.models import Collection, Photo
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

Viewer: TypeAlias = "User | AnonymousUser"

_MANAGE = frozenset({MemberRole.OWNER})
_EDIT = _MANAGE | {MemberRole.CURATOR}
_DEPOSIT = _EDIT | {MemberRole.CONTRIBUTOR}
_JUDGE = _EDIT | {MemberRole.REVIEWER}


@dataclass(frozen=True, slots=True)
class Scope:
    """Collections by id: those the viewer is inside of, and the others that are open to the public."""

    inside: frozenset[int]
    public: frozenset[int]

    def is_inside(self, collection_id: int) -> bool:
        return collection_id in self.inside


def scope(viewer: Viewer) -> Scope:
    """Return where the viewer stands, in at most two queries."""
    if viewer.is_authenticated and viewer.is_superuser:
        return Scope(frozenset(Collection.objects.values_list("pk", flat=True)), frozenset())
    inside: frozenset[int] = frozenset()
    if viewer.is_authenticated:
        inside = frozenset(
            Membership.objects.filter(user_id=viewer.pk).values_list("collection_id", flat=True)
        )
    opened = frozenset(Collection.objects.filter(open_to_public=True).values_list("pk", flat=True))
    return Scope(inside, opened - inside)


def visible(viewer: Viewer) -> QuerySet[Photo]:
    """Return the photos the viewer may know of."""
    return Photo.objects.filter(collection__in=visible_collections(viewer))


def visible_collections(viewer: Viewer) -> QuerySet[Collection]:
    if viewer.is_authenticated and viewer.is_superuser:
        return Collection.objects.all()
    allowed = Q(open_to_public=True)
    if viewer.is_authenticated:
        allowed |= Q(pk__in=Membership.objects.filter(user_id=viewer.pk).values("collection_id"))
    return Collection.objects.filter(allowed)


def roles(viewer: Viewer, collection: Collection) -> frozenset[MemberRole]:
    """Return what the viewer is in a collection; an administrator is an owner."""
    if not viewer.is_authenticated or not viewer.is_active:
        return frozenset()
    if viewer.is_superuser:
        return frozenset({MemberRole.OWNER})
    held = Membership.objects.filter(user_id=viewer.pk, collection=collection)
    return frozenset(MemberRole(role) for role in held.values_list("role", flat=True))


def is_inside(viewer: Viewer, collection: Collection) -> bool:
    return bool(roles(viewer, collection))


def may_manage(viewer: Viewer, collection: Collection) -> bool:
    """Owners decide on visibility, members and the collection's own texts."""
    return bool(roles(viewer, collection) & _MANAGE)


def may_edit(viewer: Viewer, collection: Collection) -> bool:
    return bool(roles(viewer, collection) & _EDIT)


def may_deposit(viewer: Viewer, collection: Collection) -> bool:
    return bool(roles(viewer, collection) & _DEPOSIT)


def may_judge(viewer: Viewer, collection: Collection) -> bool:
    """Reviewers give verdicts; owners and curators may as well."""
    return bool(roles(viewer, collection) & _JUDGE)


def readerships(viewer: Viewer, collection: Collection) -> frozenset[Readership]:
    """Return whose texts the viewer may read in a collection that the viewer can see."""
    held = roles(viewer, collection)
    if held & _JUDGE:
        return frozenset(Readership)
    return frozenset({Readership.PUBLIC, Readership.MEMBERS} if held else {Readership.PUBLIC})


def judged_collections(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections whose claims the viewer may judge."""
    return _with_roles(viewer, _JUDGE)


def may_see_original(viewer: Viewer, photo: Photo) -> bool:
    """Originals carry every tag and stay with insiders; everyone else gets re-encoded copies."""
    return is_inside(viewer, photo.collection)


def editable_collections(viewer: Viewer) -> QuerySet[Collection]:
    return _with_roles(viewer, _EDIT)


def deposit_collections(viewer: Viewer) -> QuerySet[Collection]:
    return _with_roles(viewer, _DEPOSIT)


def managed_collections(viewer: Viewer) -> QuerySet[Collection]:
    return _with_roles(viewer, _MANAGE)


def may_open_collections(viewer: Viewer) -> bool:
    """Accounts that may found collections: administrators, and who owns or curates one already."""
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    return (
        viewer.is_superuser
        or viewer.has_perm("archive.add_collection")
        or (Membership.objects.filter(user_id=viewer.pk, role__in=_EDIT).exists())
    )


def _with_roles(viewer: Viewer, wanted: frozenset[MemberRole]) -> QuerySet[Collection]:
    if not viewer.is_authenticated or not viewer.is_active:
        return Collection.objects.none()
    if viewer.is_superuser:
        return Collection.objects.all()
    held = Membership.objects.filter(user_id=viewer.pk, role__in=wanted)
    return Collection.objects.filter(pk__in=held.values("collection_id"))
