"""Owner, member and stranger, against open and closed collections."""

from __future__ import annotations

import pytest

from archive.access.members import grant, revoke
from archive.access.models import MemberRole
from archive.access.rights import (
    may_deposit,
    may_edit,
    may_manage,
    may_open_collections,
    may_see_original,
    scope,
    visible,
    visible_collections,
)
from archive.catalogue.collections import edit_collection
from archive.catalogue.errors import CatalogueError
from archive.catalogue.models import Visibility
from tests.db.making import STRANGER, a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def private():
    return a_collection(visibility=Visibility.PRIVATE)


def test_a_stranger_sees_open_collections_and_nothing_else(private):
    shown, hidden = a_photo(), a_photo(private)
    assert list(visible(STRANGER)) == [shown]
    assert hidden not in visible(a_user())
    assert list(visible_collections(STRANGER)) == [shown.collection]


@pytest.mark.parametrize("role", MemberRole)
def test_every_member_sees_a_private_collection(private, role):
    photo = a_photo(private)
    member = a_member(private, role)
    assert photo in visible(member)
    assert may_see_original(member, photo)


def test_scope_tells_insiders_from_the_public(private):
    opened = a_collection()
    member = a_member(private, MemberRole.READER)
    assert scope(member).inside == {private.pk}
    assert scope(member).public == {opened.pk}
    assert scope(STRANGER).inside == frozenset()
    assert scope(opened.created_by).inside == {opened.pk}
    assert opened.pk not in scope(opened.created_by).public


def test_an_administrator_is_an_insider_everywhere(private):
    admin = a_user(is_superuser=True)
    assert scope(admin).inside == {private.pk}
    assert may_manage(admin, private)


@pytest.mark.parametrize(
    ("role", "manage", "edit", "deposit"),
    [
        (MemberRole.OWNER, True, True, True),
        (MemberRole.CURATOR, False, True, True),
        (MemberRole.REVIEWER, False, False, False),
        (MemberRole.CONTRIBUTOR, False, False, True),
        (MemberRole.READER, False, False, False),
    ],
)
def test_what_each_role_may_do(private, role, manage, edit, deposit):
    member = a_member(private, role)
    assert may_manage(member, private) is manage
    assert may_edit(member, private) is edit
    assert may_deposit(member, private) is deposit


def test_a_stranger_may_do_nothing():
    collection = a_collection()
    for may in (may_manage, may_edit, may_deposit):
        assert not may(STRANGER, collection)
        assert not may(a_user(), collection)
    assert not may_see_original(STRANGER, a_photo(collection))
    assert not may_open_collections(STRANGER)


def test_a_deactivated_account_may_do_nothing(private):
    owner = a_member(private, MemberRole.OWNER)
    owner.is_active = False
    assert not may_edit(owner, private)


def test_a_collection_inside_a_private_one_is_private(private):
    child = a_collection(parent=private)
    grandchild = a_collection(parent=child)
    photo = a_photo(grandchild)
    assert photo not in visible(STRANGER)
    edit_collection(collection=private, visibility=Visibility.PUBLIC)
    assert photo in visible(STRANGER)
    edit_collection(collection=child, visibility=Visibility.PRIVATE)
    assert photo not in visible(STRANGER)


def test_a_collection_cannot_lie_inside_itself():
    outer = a_collection()
    inner = a_collection(parent=outer)
    with pytest.raises(CatalogueError, match="inside itself"):
        edit_collection(collection=outer, parent=inner)


def test_the_last_owner_stays(private):
    owner = private.created_by
    with pytest.raises(CatalogueError, match="owner"):
        revoke(user=owner, collection=private)
    with pytest.raises(CatalogueError, match="owner"):
        grant(user=owner, collection=private, role=MemberRole.READER)
    a_member(private, MemberRole.OWNER)
    revoke(user=owner, collection=private)
    assert not may_manage(owner, private)
