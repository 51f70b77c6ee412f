"""The copies of a photo, side by side, with the earliest appearance among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from archive.access import rights
from archive.catalogue.files import copy_version
from archive.catalogue.index import settled
from archive.catalogue.models import Photo
from archive.checks.copies import Told, cluster, first_seen_of
from archive.checks.facts import FirstSeen
from archive.pages.context import render_page
from archive.pages.photo_page.build import UNTITLED, alt_text
from archive.pages.wording import files, times
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.wording import describe

SHARP_UP_TO = 6
"""So many pictures are shown large; more of them as small copies, or the page would weigh too much."""


@dataclass(frozen=True, slots=True)
class CopyCard:
    """`likeness` says how it was known as a copy, empty for the photo itself."""

    title: str
    url: str
    src: str
    width: int
    height: int
    alt: str
    likeness: str
    collection_title: str
    collection_url: str
    size: str
    date: str
    received: str
    appeared: str
    where: str
    is_earliest: bool
    is_private: bool


@dataclass(frozen=True, slots=True)
class CopiesPage:
    """`was_compared` is false while the photo has not been checked."""

    public_id: str
    title: str
    url: str
    was_compared: bool
    cards: tuple[CopyCard, ...]
    earliest: str


@require_safe
def photo_copies(request: HttpRequest, public_id: str) -> HttpResponse:
    found = rights.visible(request.user).select_related("collection").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return render_page(request, "duplicates/page.html", copies_page(request, found))


def copies_page(request: HttpRequest, photo: Photo) -> CopiesPage:
    """Return the page; what the viewer may not see takes no part, neither shown nor counted."""
    told = cluster(photo, rights.visible(request.user))
    seen = _first_seen(request, told)
    first = min(seen, key=lambda key: (seen[key].by, key), default=None)
    rest = sorted(told[1:], key=lambda each: _rank(each, seen.get(each.photo.pk)))
    cards = tuple(
        _card(request, each, seen.get(each.photo.pk), earliest=each.photo.pk == first, sharp=len(told))
        for each in (*told[:1], *rest)
    )
    return CopiesPage(
        public_id=photo.public_id,
        title=photo.title or UNTITLED,
        url=reverse("photo", args=[photo.public_id]),
        was_compared=bool(told),
        cards=cards,
        earliest=next(
            (", ".join(filter(None, (card.appeared, card.where))) for card in cards if card.is_earliest), ""
        ),
    )


def _first_seen(request: HttpRequest, told: Sequence[Told]) -> dict[int, FirstSeen]:
    """Each photo's earliest appearance as far as the viewer may read in its collection."""
    by_collection: dict[int, list[Photo]] = {}
    for each in told:
        by_collection.setdefault(each.photo.collection_id, []).append(each.photo)
    found: dict[int, FirstSeen] = {}
    for photos in by_collection.values():
        readers = rights.readerships(request.user, photos[0].collection)
        found |= first_seen_of([photo.pk for photo in photos], readers)
    return found


def _rank(each: Told, seen: FirstSeen | None) -> tuple[bool, float, int]:
    return seen is None, seen.by.timestamp() if seen else 0.0, each.photo.pk


def _card(
    request: HttpRequest, told: Told, seen: FirstSeen | None, *, earliest: bool, sharp: int
) -> CopyCard:
    photo, file = told.photo, told.file
    _place, time = settled(photo, inside=rights.is_inside(request.user, photo.collection))
    edge = 1600 if sharp <= SHARP_UP_TO else 256
    src = ""
    if file is not None and file.width and file.height:
        src = f"{reverse('file-size', args=[photo.public_id, edge])}?v={copy_version(file)}"
    return CopyCard(
        title=photo.title or UNTITLED,
        url=reverse("photo", args=[photo.public_id]),
        src=src,
        width=(file.width if file else 0) or 1,
        height=(file.height if file else 0) or 1,
        alt=alt_text(photo),
        likeness=_likeness(told),
        collection_title=photo.collection.title,
        collection_url=reverse("collection", args=[photo.collection.slug]),
        size=f"{files.pixels(file.width, file.height)} · {files.size(file.byte_count)}" if file else "",
        date=describe(time.moment, time.text),
        received=times.minute(file.received_at) if file else "",
        appeared=_date_words(seen.text) if seen else "",
        where=seen.where if seen else "",
        is_earliest=earliest,
        is_private=not photo.collection.open_to_public,
    )


def _date_words(text: str) -> str:
    try:
        return describe(parse_edtf(text))
    except EdtfError:
        return text


def _likeness(told: Told) -> str:
    if told.same_bytes:
        return "the same file, byte for byte"
    if told.bits or told.confirming_bits:
        return f"the same picture: {told.bits} and {told.confirming_bits} of 64 bits differ"
    return "the same picture: no bit of 64 differs"


urlpatterns: list[URLPattern] = [path("photos/<str:public_id>/copies/", photo_copies, name="photo-copies")]
