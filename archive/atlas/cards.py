"""One photo of a list: enough to show it, two queries for a whole page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from archive.catalogue.files import copy_version
from archive.catalogue.index import settled
from archive.catalogue.models import PUBLIC_ID_LENGTH, Audience, File, IndexRow, Photo, Role
from archive.values.settled import SettledPlace, SettledTime, Status
from archive.values.wording import describe, distance, heading

THUMB_PX = 256
_ANY_ID = "a" * PUBLIC_ID_LENGTH
_WORDS = {
    Status.UNKNOWN: "not known",
    Status.UNREVIEWED: "not confirmed",
    Status.IN_REVIEW: "in review",
    Status.CORROBORATED: "two sources agree",
    Status.CONFIRMED: "confirmed",
    Status.DISPUTED: "disputed",
    Status.UNDETERMINABLE: "cannot be determined",
}


@dataclass(frozen=True, slots=True)
class Thumb:
    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CardCollection:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where the map shows the photo; one of its places where several stand."""

    latitude: float
    longitude: float
    radius_m: float | None
    facet: str | None
    status: str
    text: str


@dataclass(frozen=True, slots=True)
class CardTime:
    """Local civil time; both bounds included."""

    text: str
    status: str
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """`group` is the heading the photo stands under; `status` says in plain words how sure the archive is."""

    id: str
    url: str
    title: str
    alt: str
    thumb: Thumb | None
    collection: CardCollection
    place: CardPlace | None
    time: CardTime | None
    group: str
    status: str


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Of a photo with _ANY_ID: an address costs as much to look up as the rest of a card."""

    photo: str
    thumb: str

    @classmethod
    def now(cls) -> _Addresses:
        return cls(reverse("photo", args=[_ANY_ID]), reverse("file-size", args=[_ANY_ID, THUMB_PX]))


def cards_of(rows: Sequence[IndexRow]) -> tuple[Card, ...]:
    """Return a card for each row, in order; a photo removed in the meantime is left out."""
    ids = [row.photo_id for row in rows]
    photos = (
        Photo.objects.filter(pk__in=ids)
        .select_related("collection")
        .only(
            "public_id",
            "title",
            "alt_text",
            "settled_place",
            "settled_time",
            "settled_public",
            "collection__slug",
            "collection__title",
        )
    )
    by_pk = {photo.pk: photo for photo in photos}
    files = File.objects.filter(photo_id__in=ids, role=Role.PRIMARY).defer("reading")
    pictures = {file.photo_id: file for file in files}
    addresses = _Addresses.now()
    return tuple(
        _card(row, by_pk[row.photo_id], pictures.get(row.photo_id), addresses)
        for row in rows
        if row.photo_id in by_pk
    )


def thumb_of(public_id: str, picture: File | None, address: str = "") -> Thumb | None:
    """Return the small copy's address and its size: the displayed size fitted into 256 pixels."""
    if picture is None or not picture.width or not picture.height:
        return None
    scale = min(1.0, THUMB_PX / max(picture.width, picture.height))
    return Thumb(
        f"{address or reverse('file-size', args=[public_id, THUMB_PX])}?v={copy_version(picture)}",
        max(1, round(picture.width * scale)),
        max(1, round(picture.height * scale)),
    )


def _card(row: IndexRow, photo: Photo, picture: File | None, addresses: _Addresses) -> Card:
    place, time = settled(photo, inside=row.audience == Audience.INSIDE)
    return Card(
        id=row.ref,
        url=addresses.photo.replace(_ANY_ID, row.ref),
        title=photo.title,
        alt=photo.alt_text,
        thumb=thumb_of(row.ref, picture, addresses.thumb.replace(_ANY_ID, row.ref)),
        collection=CardCollection(photo.collection.slug, photo.collection.title),
        place=_place(row, place),
        time=_time(time),
        group=heading(time.moment, time.text),
        status=status_words(place, time),
    )


def _place(row: IndexRow, place: SettledPlace) -> CardPlace | None:
    if row.latitude is None or row.longitude is None:
        return None
    return CardPlace(
        row.latitude,
        row.longitude,
        row.radius_m,
        place.facet.value if place.facet else None,
        place.status.value,
        place_words(place),
    )


def _time(time: SettledTime) -> CardTime | None:
    if time.moment is None:
        return None
    words = describe(time.moment, time.text)
    return CardTime(words, time.status.value, time.moment.earliest, time.moment.latest)


def status_words(place: SettledPlace, time: SettledTime) -> str:
    """Say how well place and date are known: "place confirmed ±30 m · date not confirmed"."""
    stand = (bool(place.parts), time.moment is not None)
    if stand == (False, False):
        return "no location · no date"
    if stand == (True, True) and place.status == time.status == Status.UNREVIEWED:
        return "nobody has looked yet"
    where = f"place {place_words(place)}" if place.parts else "no location"
    when = f"date {_WORDS[time.status]}" if time.moment else "no date"
    return f"{where} · {when}"


def place_words(place: SettledPlace) -> str:
    """Return the status of the place and how exact it is: "confirmed ±30 m", "disputed, one of 7 places"."""
    words = _WORDS[place.status]
    if len(place.parts) > 1:
        return f"{words}, one of {len(place.parts)} places"
    radius = place.parts[0].place.radius_m if place.parts else None
    return words if radius is None else f"{words} ±{distance(radius)}"
