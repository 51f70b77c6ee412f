"""What becomes visible to everybody when a collection is made public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.catalogue.models import Visibility

if TYPE_CHECKING:
    from archive.catalogue.models import Collection


@dataclass(frozen=True, slots=True)
class Opening:
    """`photos` counts the collection's own and those of public collections inside it."""

    photos: int
    collections: int


def opening(collection: Collection, visibility: str, parent: Collection | None) -> Opening | None:
    """Return what would be opened; None when it was open before, or stays closed."""
    becomes_open = visibility == Visibility.PUBLIC and (parent is None or parent.open_to_public)
    if not becomes_open or collection.open_to_public:
        return None
    opened = [collection]
    for found in opened:
        opened.extend(found.children.filter(visibility=Visibility.PUBLIC))
    return Opening(sum(found.photos.count() for found in opened), len(opened))
