"""Who may come in where: strangers log in, the invisible does not exist, the closed says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from archive.access.rights import (
    may_deposit,
    may_edit,
    may_manage,
    roles,
    visible,
    visible_collections,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest

    from archive.catalogue.models import Collection, Photo


def curator_of(request: HttpRequest) -> User:
    """Return the account behind a request that `login_required` let through."""
    user = request.user
    assert user.is_authenticated
    return user


def collection_to_see(request: HttpRequest, slug: str) -> Collection:
    """Return a collection the account belongs to: 404 when invisible, 403 for the merely public."""
    collection = get_object_or_404(visible_collections(request.user), slug=slug)
    if not roles(request.user, collection):
        raise PermissionDenied("Only members of this collection work on it here.")
    return collection


def collection_to_fill(request: HttpRequest, slug: str) -> Collection:
    collection = collection_to_see(request, slug)
    if not may_deposit(request.user, collection):
        raise PermissionDenied("Uploading needs the role contributor, curator or owner: ask an owner.")
    return collection


def collection_to_manage(request: HttpRequest, slug: str) -> Collection:
    collection = collection_to_see(request, slug)
    if not may_manage(request.user, collection):
        raise PermissionDenied("Only its owners change a collection and its members.")
    return collection


def photo_to_edit(request: HttpRequest, public_id: str) -> Photo:
    photo = get_object_or_404(visible(request.user).select_related("collection"), public_id=public_id)
    if not may_edit(request.user, photo.collection):
        raise PermissionDenied("Editing needs the role curator or owner: ask an owner of the collection.")
    return photo
