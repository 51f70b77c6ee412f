"""The admin site edits accounts and memberships; it only shows the rest."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from archive.access.models import Membership
from archive.catalogue.models import Photo
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db
EDITED = {"User", "Group", "Membership"}


@pytest.fixture
def admin_pages(client):
    client.force_login(a_user(is_superuser=True, is_staff=True))
    return client


def test_every_registered_model_opens_in_list_and_detail(admin_pages):
    a_photo()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert admin_pages.get(reverse(f"{name}_changelist")).status_code == 200, name
        row = model.objects.first()
        if row is not None:
            assert admin_pages.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200, name


def test_only_accounts_and_memberships_can_be_changed(admin_pages, rf):
    request = rf.get("/admin/")
    request.user = a_user(is_superuser=True, is_staff=True)
    for model, page in admin.site._registry.items():
        may = (
            page.has_add_permission(request)
            or page.has_change_permission(request)
            or page.has_delete_permission(request)
        )
        assert may is (model.__name__ in EDITED), model.__name__


def test_a_photo_cannot_be_changed_behind_its_history(admin_pages):
    photo = a_photo(title="before")
    address = reverse("admin:archive_photo_change", args=[photo.pk])
    assert admin_pages.post(address, {"title": "after"}).status_code == 403
    assert Photo.objects.get().title == "before"


def test_a_membership_can_be_granted(admin_pages):
    photo, user = a_photo(), a_user()
    answer = admin_pages.post(
        reverse("admin:archive_membership_add"),
        {"user": user.pk, "collection": photo.collection.pk, "role": "reader"},
    )
    assert answer.status_code == 302
    assert Membership.objects.filter(user=user, role="reader").exists()


def test_strangers_and_ordinary_accounts_are_sent_to_the_login(client):
    assert client.get("/admin/").status_code == 302
    client.force_login(a_user())
    assert client.get("/admin/").status_code == 302
