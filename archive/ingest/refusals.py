"""Files that were not taken, for whoever looks after a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.ingest.models import DepositFile, FileState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.catalogue.models import Collection


def refused_files(collection: Collection) -> QuerySet[DepositFile]:
    """Return the refused files of every upload into a collection, newest first."""
    refused = DepositFile.objects.filter(deposit__collection=collection, state=FileState.REFUSED)
    return refused.select_related("deposit__user").order_by("-pk")
