"""The photos of a Selection themselves, for whoever takes them out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from archive.access import rights
from archive.atlas.records import records
from archive.catalogue.models import Photo

if TYPE_CHECKING:
    from archive.access.rights import Viewer
    from archive.values.selection import Selection


def photos_of(viewer: Viewer, selection: Selection, *, most: int) -> list[Photo]:
    """Return at most `most` photos in the order of the list, each with its collection."""
    ids = [record.id for record in islice(records(rights.scope(viewer), selection), most)]
    found = rights.visible(viewer).filter(public_id__in=ids).select_related("collection")
    known = {photo.public_id: photo for photo in found}
    return [known[public_id] for public_id in ids if public_id in known]
