"""A photo's texts as they were, by undoing its revisions."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from archive.catalogue.fields import FIELDS
from archive.catalogue.models import Photo

if TYPE_CHECKING:
    from datetime import datetime


def as_it_was(photo: Photo, at: datetime) -> Photo:
    """Return an unsaved copy with the texts of an instant (aware); a text erased since is empty."""
    earlier = copy.copy(photo)
    undone: set[str] = set()
    for revision in photo.revisions.filter(at__gt=at).order_by("at", "pk"):
        field = FIELDS.get(revision.field)
        if field is None or field.name in undone:
            continue
        empty: object = [] if field.many else ""
        setattr(earlier, field.name, empty if revision.before is None else revision.before)
        undone.add(field.name)
    return earlier
