"""The verbs that open collections and say who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from archive.access.models import MemberRole, Membership
from archive.catalogue import collections
from archive.catalogue.errors import CatalogueError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection


@transaction.atomic
def open_collection(*, by: User | None, slug: str, title: str, **texts: Any) -> Collection:
    """Found a collection; its founder becomes its owner. Raises `FieldError` on unfit values."""
    collection = collections.add_collection(by=by.pk if by else None, slug=slug, title=title, **texts)
    if by is not None:
        Membership.objects.create(user=by, collection=collection, role=MemberRole.OWNER)
    return collection


@transaction.atomic
def grant(*, user: User, collection: Collection, role: MemberRole) -> Membership:
    """Make an account a member, or change its role; the last owner stays owner."""
    if role != MemberRole.OWNER:
        _keep_an_owner(collection, user)
    membership, _ = Membership.objects.update_or_create(
        user=user, collection=collection, defaults={"role": role}
    )
    return membership


@transaction.atomic
def revoke(*, user: User, collection: Collection) -> None:
    """End a membership; the last owner cannot go."""
    _keep_an_owner(collection, user)
    Membership.objects.filter(user=user, collection=collection).delete()


def _keep_an_owner(collection: Collection, leaving: User) -> None:
    owners = Membership.objects.select_for_update().filter(collection=collection, role=MemberRole.OWNER)
    held = set(owners.values_list("user_id", flat=True))
    if held == {leaving.pk}:
        raise CatalogueError("A collection needs an owner: make somebody else owner first.")
