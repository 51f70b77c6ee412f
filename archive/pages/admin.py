"""Django's admin: accounts and memberships are edited here, everything else is only looked at.

Writes to photos, claims and collections go through the named verbs of their rooms, which keep history,
custody and index; the admin would bypass them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.http import HttpRequest

from archive.access.models import Membership
from archive.catalogue.models import Collection, File, Photo, Revision
from archive.custody.models import CustodyEvent
from archive.evidence.models import Claim, Source
from archive.ingest.models import Deposit, DepositFile

admin.site.site_header = admin.site.site_title = "Whence administration"
# Importing `django.contrib.auth.admin` registers accounts and groups, which autodiscovery does elsewhere.
_ACCOUNTS = (UserAdmin, GroupAdmin)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ["user", "collection", "role"]
    list_filter = ["role"]
    search_fields = ["user__username", "collection__title"]
    autocomplete_fields = ["user"]


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False


@admin.register(Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "visibility", "open_to_public", "created_at"]
    search_fields = ["title", "slug"]


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "title", "collection", "added_at"]
    list_select_related = ["collection"]
    search_fields = ["public_id", "title", "identifier"]


@admin.register(File)
class FileAdmin(ReadOnlyAdmin):
    list_display = ["name", "role", "format", "byte_count", "sha256", "received_at"]
    search_fields = ["sha256", "name"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "photo", "field"]
    list_select_related = ["by", "photo"]


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind"]


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "photo", "facet", "method", "source"]
    list_select_related = ["photo", "source"]


@admin.register(CustodyEvent)
class CustodyEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "chain", "sequence", "kind", "actor"]
    search_fields = ["chain"]


@admin.register(Deposit)
class DepositAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "collection", "user", "state", "created_at"]
    list_select_related = ["collection", "user"]


@admin.register(DepositFile)
class DepositFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "byte_count", "reason", "changed_at"]
    search_fields = ["name", "sha256"]
