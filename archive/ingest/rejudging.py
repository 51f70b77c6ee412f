"""Settles a collection's judged photos anew: a few at once, many in the background."""

from __future__ import annotations

from archive.catalogue.models import Collection
from archive.evidence.rejudging import BATCH, settle_judged
from archive.ingest.tasks import settle_judged_photos


def settle_anew(collection: Collection) -> bool:
    """Settle the first photos now; return whether the worker does the rest."""
    if len(settle_judged(collection)) < BATCH:
        return False
    settle_judged_photos.enqueue(collection.pk)
    return True


def settle_all(collection_id: int) -> None:
    """Settle every judged photo, batch by batch; a collection that is gone has none."""
    collection = Collection.objects.filter(pk=collection_id).first()
    done = settle_judged(collection) if collection is not None else []
    while collection is not None and len(done) == BATCH:
        done = settle_judged(collection, after=done[-1])
