"""Choosing photos of a collection page by page; what was ticked on other pages is carried along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse

from archive.access.rights import visible

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import QueryDict

    from archive.catalogue.models import Collection, Photo

PER_PAGE = 48
MOST_TICKED = 500
UNTITLED = "Without a title"


@dataclass(frozen=True, slots=True)
class Pick:
    public_id: str
    title: str
    thumb: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """One page of photos to tick; `carried` are ticked on others. `before` and `after` number pages."""

    picks: list[Pick]
    carried: list[str]
    find: str
    total: int
    page: int
    pages: int
    ticked: int

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def is_only_browsing(data: QueryDict) -> bool:
    """Whether the person pressed a button of the picker, not the form's own."""
    return bool(data.get("go"))


def picker(
    viewer: User, collection: Collection, data: QueryDict, *, without: frozenset[int] = frozenset()
) -> Picker:
    """Return the page asked for. `without` are photos (by row) that are not offered."""
    find, go = data.get("find", "").strip()[:100], data.get("go", "")
    photos = _offered(viewer, collection).exclude(pk__in=without)
    if find:
        photos = photos.filter(Q(title__icontains=find) | Q(files__name__icontains=find)).distinct()
    wanted = go.partition(":")[2] or ("1" if go == "find" else data.get("page", "1"))
    page = Paginator(photos, PER_PAGE).get_page(wanted)
    ticked = list(dict.fromkeys(data.getlist("photo")))[:MOST_TICKED]
    if go == "all":
        ticked = list(dict.fromkeys([*ticked, *(photo.public_id for photo in page)]))
    here = {photo.public_id for photo in page}
    return Picker(
        picks=[pick_of(photo, ticked=photo.public_id in ticked, inside=True) for photo in page.object_list],
        carried=[public_id for public_id in ticked if public_id not in here],
        find=find,
        total=page.paginator.count,
        page=page.number,
        pages=page.paginator.num_pages,
        ticked=len(ticked),
    )


def picked(viewer: User, collection: Collection, data: QueryDict) -> list[Photo]:
    """Return the ticked photos in the order of the archive; those of other collections are left out."""
    wanted = data.getlist("photo")[:MOST_TICKED]
    return list(_offered(viewer, collection).filter(public_id__in=wanted))


def pick_of(photo: Photo, *, ticked: bool = False, inside: bool = False) -> Pick:
    """A photo without a title is told apart by its file's name, which only insiders may know."""
    title = photo.title
    if inside and not title:
        title = next((file.name for file in photo.files.all()), "")
    return Pick(
        public_id=photo.public_id,
        title=title or UNTITLED,
        thumb=reverse("file-size", args=[photo.public_id, 256]),
        ticked=ticked,
    )


def _offered(viewer: User, collection: Collection) -> QuerySet[Photo]:
    return visible(viewer).filter(collection=collection).prefetch_related("files").order_by("pk")
