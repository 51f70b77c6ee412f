"""The photos of a Selection themselves, for whoever takes them out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from archive.access import rights
from archive.atlas.order import STRETCHES
from archive.atlas.question import Question
from archive.atlas.records import records
from archive.atlas.snapshot import snapshot
from archive.catalogue.models import Photo

if TYPE_CHECKING:
    from datetime import datetime

    from archive.access.rights import Scope, Viewer
    from archive.values.selection import Selection


def photos_of(viewer: Viewer, selection: Selection, *, most: int) -> list[Photo]:
    """Return at most `most` photos in the order of the list, each with its collection."""
    ids = [record.id for record in islice(records(rights.scope(viewer), selection), most)]
    found = rights.visible(viewer).filter(public_id__in=ids).select_related("collection")
    known = {photo.public_id: photo for photo in found}
    return [known[public_id] for public_id in ids if public_id in known]


def ids_of(scope: Scope, selection: Selection, *, most: int) -> tuple[str, ...]:
    """Return at most `most` public ids in the order of the list, in one question for each stretch of it."""
    question = Question(scope, selection)
    rows, narrow = question.photos(selection.sure), question.is_narrow
    found: list[str] = []
    with snapshot():
        for stretch in STRETCHES[selection.sort]:
            wanted = stretch.sorted(rows, narrow=narrow).values_list("ref", flat=True)
            found += wanted[: most - len(found)]
    return tuple(found)


def added_since(scope: Scope, selection: Selection, moment: datetime, *, most: int) -> int:
    """Count the photos that match and came into the archive after a moment; at most `most`."""
    rows = Question(scope, selection).photos(selection.sure)
    # The row holds whole seconds and has the index; the photo knows the moment.
    later = rows.filter(added__gte=int(moment.timestamp()), photo__added_at__gt=moment)
    return later.order_by()[:most].count()
