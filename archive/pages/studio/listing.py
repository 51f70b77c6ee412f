"""The photos a curator goes through: all of a collection, or those of one upload, unplaced or undated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from archive.access.rights import visible
from archive.pages.studio.lines import UNDATED, UNPLACED

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import QueryDict

    from archive.catalogue.models import Collection, Photo

SHOWS = {
    "": "All photos",
    "unplaced": "Without a location",
    "undated": "Without a date",
    "refused": "Refused files",
}
_CONDITIONS = {"unplaced": UNPLACED, "undated": UNDATED}


@dataclass(frozen=True, slots=True)
class Round:
    """Which photos a person goes through; held in the address, so that the next photo is of the same kind."""

    show: str = ""
    deposit: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Round:
        show = query.get("show", "")
        return cls(show if show in SHOWS else "", query.get("deposit", "")[:13])

    @property
    def query(self) -> str:
        """Return it as it follows an address, with its question mark; "" for all photos."""
        said = {name: value for name, value in (("show", self.show), ("deposit", self.deposit)) if value}
        return f"?{urlencode(said)}" if said else ""

    def photos(self, viewer: User, collection: Collection) -> QuerySet[Photo]:
        """Return the photos in the order they came."""
        found = visible(viewer).filter(collection=collection).order_by("pk")
        if self.show in _CONDITIONS:
            found = found.filter(_CONDITIONS[self.show])
        if self.deposit:
            files = viewer.deposits.filter(public_id=self.deposit).exclude(files__photo=None)
            found = found.filter(pk__in=files.values("files__photo"))
        return found.distinct()


@dataclass(frozen=True, slots=True)
class Way:
    """Before, after and how many are left in the round; `position` is 0 when the photo left the round."""

    before: str
    after: str
    position: int
    total: int


def way(photos: QuerySet[Photo], photo: Photo) -> Way:
    ids = photos.values_list("public_id", flat=True)
    return Way(
        before=ids.filter(pk__lt=photo.pk).order_by("-pk").first() or "",
        after=ids.filter(pk__gt=photo.pk).order_by("pk").first() or "",
        position=ids.filter(pk__lte=photo.pk).count() if ids.filter(pk=photo.pk).exists() else 0,
        total=ids.count(),
    )
