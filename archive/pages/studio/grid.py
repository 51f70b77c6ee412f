"""A collection as curators see it: every photo with a link to its form, and what still lacks something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.urls import reverse

from archive.access.rights import may_deposit, may_edit, may_manage
from archive.evidence.records import series_of
from archive.ingest.refusals import refused_files
from archive.pages.context import render_page
from archive.pages.studio.gate import collection_to_see, curator_of
from archive.pages.studio.lines import CollectionLine, collection_lines
from archive.pages.studio.listing import SHOWS, Round
from archive.values.settled import SettledPlace, SettledTime
from archive.values.wording import describe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection, Photo
    from archive.evidence.models import Series
    from archive.ingest.models import DepositFile

PHOTOS_PER_PAGE = 60
FILES_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class StudioCard:
    """`url` is the form for those who may edit, the photo's page for others."""

    url: str
    thumb: str
    title: str
    has_title: bool
    place: str
    date: str


@dataclass(frozen=True, slots=True)
class Tab:
    show: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class GridContext:
    collection: Collection
    tabs: list[Tab]
    show: str
    of_upload: bool
    cards: list[StudioCard]
    refused: list[DepositFile]
    page: Page[Photo] | Page[DepositFile]
    may_deposit: bool
    may_edit: bool
    may_manage: bool
    series: list[tuple[Series, int]]


@login_required
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of photos, or of refused files, with how many lack what."""
    collection, user = collection_to_see(request, slug), curator_of(request)
    chosen, edits = Round.of(request.GET), may_edit(request.user, collection)
    wanted = request.GET.get("page")
    photos: Page[Photo] | None = None
    if chosen.show == "refused":
        files = Paginator(refused_files(collection), FILES_PER_PAGE).get_page(wanted)
    else:
        photos = Paginator(chosen.photos(user, collection), PHOTOS_PER_PAGE).get_page(wanted)
    page = GridContext(
        collection=collection,
        tabs=_tabs(next(line for line in collection_lines(user) if line.slug == slug), chosen),
        show=chosen.show,
        of_upload=bool(chosen.deposit),
        cards=[_card(photo, chosen, edits=edits) for photo in photos or ()],
        refused=[] if photos is not None else list(files),
        page=photos if photos is not None else files,
        may_deposit=may_deposit(request.user, collection),
        may_edit=edits,
        may_manage=may_manage(request.user, collection),
        series=series_of(collection),
    )
    return render_page(request, "studio/collection.html", page)


def _tabs(line: CollectionLine, chosen: Round) -> list[Tab]:
    counts = {"": line.photos, "unplaced": line.unplaced, "undated": line.undated, "refused": line.refused}
    return [
        Tab(show, label, counts[show], show == chosen.show and not chosen.deposit)
        for show, label in SHOWS.items()
        if counts[show] or show in {"", chosen.show}
    ]


def _card(photo: Photo, chosen: Round, *, edits: bool) -> StudioCard:
    place, time = SettledPlace.from_json(photo.settled_place), SettledTime.from_json(photo.settled_time)
    url = reverse("studio-photo" if edits else "photo", args=[photo.public_id])
    several = f"{len(place.parts)} places"
    return StudioCard(
        url=url + (chosen.query if edits else ""),
        thumb=reverse("file-size", args=[photo.public_id, 256]),
        title=photo.title or "Without a title",
        has_title=bool(photo.title),
        place=("located" if len(place.parts) == 1 else several) if place.parts else "no location",
        date=describe(time.moment, time.text),
    )
