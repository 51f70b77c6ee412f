"""What several casework pages show: the photo or series spoken of, and places that fit a relation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from archive.evidence.models import Series
from archive.pages.casework.picker import Pick, pick_of
from archive.values.settled import SettledPlace
from archive.values.wording import distance

if TYPE_CHECKING:
    from archive.catalogue.models import Collection
    from archive.evidence.targets import Target
    from archive.values.shapes import Relation

FEW = 7


@dataclass(frozen=True, slots=True)
class Head:
    """The photo or series on top of a page; `pictures` are the first few, `more` how many follow."""

    title: str
    url: str
    is_series: bool
    pictures: list[Pick]
    more: int
    collection: Collection


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map needs: an operator's tiles, "" for our own map; `near` is "latitude,longitude" or ""."""

    tiles: str
    attribution: str
    near: str


@dataclass(frozen=True, slots=True)
class Candidate:
    name: str
    away: str
    latitude: float
    longitude: float
    radius_m: float


def head_of(target: Target) -> Head:
    if isinstance(target, Series):
        members = list(target.members.select_related("photo").prefetch_related("photo__files")[: FEW + 1])
        count = target.members.count() if len(members) > FEW else len(members)
        return Head(
            title=target.title,
            url=url_of(target),
            is_series=True,
            pictures=[pick_of(one.photo, inside=True) for one in members[:FEW]],
            more=max(count - FEW, 0),
            collection=target.collection,
        )
    pick = pick_of(target, inside=True)
    return Head(
        pick.title, url_of(target), is_series=False, pictures=[pick], more=0, collection=target.collection
    )


def url_of(target: Target) -> str:
    return reverse("series" if isinstance(target, Series) else "photo", args=[target.public_id])


def ground(target: Target) -> Ground:
    """Begin where the archive puts the photo, or the first of the series, where it does."""
    photo = target.photos.order_by("memberships__position").first() if isinstance(target, Series) else target
    parts = SettledPlace.from_json(photo.settled_place).parts if photo else ()
    near = f"{parts[0].place.latitude},{parts[0].place.longitude}" if parts else ""
    return Ground(settings.TILES_URL, settings.TILES_ATTRIBUTION, near)


def candidates(relation: Relation) -> list[Candidate]:
    return [
        Candidate(
            one.name,
            distance(one.distance_m),
            one.place.latitude,
            one.place.longitude,
            one.place.radius_m or 0,
        )
        for one in relation.candidates
    ]
