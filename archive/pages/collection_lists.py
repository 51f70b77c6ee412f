"""What the pages of collections print: cards for the list, and one collection with its first photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.access import rights
from archive.atlas import listing
from archive.atlas.cards import Card, Thumb
from archive.atlas.engine import answer
from archive.catalogue.models import Collection
from archive.pages import citation
from archive.pages.exploring.build import extent_text
from archive.pages.markdown import to_html
from archive.pages.photo_page.build import UNTITLED
from archive.pages.wording import rights as licences
from archive.values.selection import Selection
from archive.values.settled import Status

COVERS = 4
MOST_CARDS = 60
FIRST_PHOTOS = 48
_LONGEST_TEASER = 280


@dataclass(frozen=True, slots=True)
class CollectionCard:
    title: str
    url: str
    teaser: str
    photos: int
    covers: tuple[str, ...]
    is_private: bool


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    cards: tuple[CollectionCard, ...]
    total: int
    earlier: str
    later: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """`icon` and `status` say how sure the archive is, `date` is the local date in words."""

    title: str
    address: str
    thumb: Thumb | None
    date: str
    icon: str
    status: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """`explore_url` shows the collection's photos on map and timeline; `query` is its Selection."""

    slug: str
    title: str
    parent_title: str
    parent_url: str
    is_private: bool
    description: SafeString
    statement: SafeString
    rights: str
    rights_uri: str
    photos: int
    undated: int
    unplaced: int
    undated_url: str
    unplaced_url: str
    explore_url: str
    query: str
    extent: str
    has_map: bool
    has_timeline: bool
    cards: tuple[PhotoCard, ...]
    children: tuple[CollectionCard, ...]
    citation: str
    permalink: str
    upload_url: str
    edit_url: str
    tiles_url: str
    tiles_attribution: str


def collections_page(request: HttpRequest) -> CollectionsPage:
    shown = Paginator(_told(request, rights.visible_collections(request.user)), MOST_CARDS).get_page(
        request.GET.get("page")
    )
    return CollectionsPage(
        cards=_cards(shown),
        total=shown.paginator.count,
        earlier=f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        later=f"?page={shown.next_page_number()}" if shown.has_next() else "",
        may_open=rights.may_open_collections(request.user),
    )


def collection_page(request: HttpRequest, collection: Collection) -> CollectionPage:
    """Return the page of a collection; it comes from `visible_collections` with its parent."""
    visible = rights.visible_collections(request.user)
    parent = visible.filter(pk=collection.parent_id).first() if collection.parent_id else None
    selection = Selection(collections=(collection.slug,))
    scope = rights.scope(request.user)
    found = answer(scope, selection, zoom=0)
    permalink = request.build_absolute_uri(reverse("collection", args=[collection.slug]))
    return CollectionPage(
        slug=collection.slug,
        title=collection.title,
        parent_title=parent.title if parent else "",
        parent_url=reverse("collection", args=[parent.slug]) if parent else "",
        is_private=not collection.open_to_public,
        description=_markdown(collection.description),
        statement=_markdown(collection.provenance),
        rights=licences.name(collection.rights_uri) if collection.rights_uri else collection.rights_note,
        rights_uri=collection.rights_uri,
        photos=found.total,
        undated=found.undated,
        unplaced=found.unplaced,
        undated_url=_explore(selection.plus(undated="1")),
        unplaced_url=_explore(selection.plus(unplaced="1")),
        explore_url=_explore(selection),
        query=selection.query(),
        extent=extent_text(found),
        has_map=found.placed > 0,
        has_timeline=found.total > found.undated,
        cards=tuple(
            _photo(card, selection) for card in listing.page(scope, selection, limit=FIRST_PHOTOS).photos
        ),
        children=_cards(_told(request, visible.filter(parent=collection))[:MOST_CARDS]),
        citation=citation.of_collection(collection, permalink),
        permalink=permalink,
        upload_url=reverse("studio-upload", args=[collection.slug])
        if rights.may_deposit(request.user, collection)
        else "",
        edit_url=reverse("studio-edit-collection", args=[collection.slug])
        if rights.may_manage(request.user, collection)
        else "",
        tiles_url=settings.TILES_URL,
        tiles_attribution=settings.TILES_ATTRIBUTION,
    )


def _told(request: HttpRequest, collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """Add the count of the photos this viewer sees and the first few of them, in one query."""
    photos = rights.visible(request.user).filter(collection=OuterRef("pk")).order_by()
    counted = photos.values("collection").annotate(n=Count("pk")).values("n")
    covers = {
        f"cover_{number}": Subquery(photos.order_by("pk").values("public_id")[number : number + 1])
        for number in range(COVERS)
    }
    return collections.annotate(
        seen=Coalesce(Subquery(counted, output_field=IntegerField()), 0), **covers
    ).order_by("title", "pk")


def _cards(told: Iterable[Collection] | Page[Collection]) -> tuple[CollectionCard, ...]:
    cards = []
    for collection in told:
        fields = vars(collection)
        covers = [fields[f"cover_{number}"] for number in range(COVERS)]
        cards.append(
            CollectionCard(
                title=collection.title,
                url=reverse("collection", args=[collection.slug]),
                teaser=_teaser(collection.description),
                photos=fields["seen"],
                covers=tuple(reverse("file-size", args=[cover, 256]) for cover in covers if cover),
                is_private=not collection.open_to_public,
            )
        )
    return tuple(cards)


def _photo(card: Card, selection: Selection) -> PhotoCard:
    known = card.place or card.time
    return PhotoCard(
        title=card.title or card.alt or UNTITLED,
        address=f"{card.url}?{selection.query()}",
        thumb=card.thumb,
        date=card.group,
        icon=known.status if known else Status.UNKNOWN.value,
        status=card.status,
    )


def _explore(selection: Selection) -> str:
    return f"{reverse('explore')}?{selection.query()}"


def _teaser(text: str) -> str:
    first = text.strip().split("\n\n", 1)[0]
    return f"{first[:_LONGEST_TEASER].rsplit(' ', 1)[0]} …" if len(first) > _LONGEST_TEASER else first


def _markdown(text: str) -> SafeString:
    return to_html(text) if text.strip() else SafeString("")
