"""The rows that map, timeline, list and search read, written in the transaction of what they mirror."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from archive.catalogue import changes, search
from archive.catalogue.models import Audience, Collection, IndexRow, Photo, SearchWords, Term
from archive.gazetteer import places_near
from archive.values.moment import local_seconds
from archive.values.morton import key_of
from archive.values.place import EARTH_RADIUS_M, Place
from archive.values.settled import STATUS_CODES, SettledPlace, SettledTime


@dataclass(frozen=True, slots=True)
class Bounds:
    """Degrees; `west` may lie below -180 and `east` above 180 where the circle crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


def bounds_of(place: Place) -> Bounds:
    """Return the smallest latitude-longitude rectangle round the circle of doubt.

    The circle touches the meridians at asin(sin(r) / cos(latitude)) from its centre, not at r / cos(latitude)
    (J. P. Matuschek, "Finding points within a distance of a latitude/longitude"); a pole inside takes all.
    """
    angle = (place.radius_m or 0.0) / EARTH_RADIUS_M
    dlat = math.degrees(angle)
    south, north = place.latitude - dlat, place.latitude + dlat
    if angle and (south <= -90 or north >= 90):
        return Bounds(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
    ratio = math.sin(angle) / math.cos(math.radians(place.latitude)) if angle else 0.0
    dlon = math.degrees(math.asin(min(1.0, ratio)))
    return Bounds(place.longitude - dlon, south, place.longitude + dlon, north)


def write_index(photo: Photo, *, first: bool = False) -> None:
    """Replace the photo's rows and words and note the change; the caller holds the photo's lock.

    `first` says that there are none to replace.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the index is written in the transaction of what it mirrors")
    words = search.words_of(_texts(photo))
    if first:
        SearchWords.objects.create(photo=photo, words=words)
    else:
        IndexRow.objects.filter(photo=photo).delete()
        if not SearchWords.objects.filter(photo=photo).update(words=words):
            SearchWords.objects.create(photo=photo, words=words)
    IndexRow.objects.bulk_create(_rows(photo))
    changes.note(photo)


def settled(photo: Photo, *, inside: bool) -> tuple[SettledPlace, SettledTime]:
    """Return what stands for a reader: outsiders get what follows from the claims that are for everybody."""
    if inside or photo.settled_public is None:
        return SettledPlace.from_json(photo.settled_place), SettledTime.from_json(photo.settled_time)
    public = photo.settled_public
    return SettledPlace.from_json(public["place"]), SettledTime.from_json(public["time"])


def forget(photo: Photo) -> None:
    """Note that a photo is about to go; its rows go with it by the database's own rule."""
    changes.note(photo)


def rights_changed(collection: Collection) -> None:
    """Photos without rights of their own follow their collection's; one statement however many they are."""
    licence = _term("licence", collection.rights_uri)
    IndexRow.objects.filter(Q(photo__rights_uri=""), collection=collection).update(licence=licence)
    changes.note_all(collection)


def _rows(photo: Photo) -> Iterator[IndexRow]:
    licence = _term("licence", photo.rights_uri or photo.collection.rights_uri)
    device = _term("device", _device(photo))
    for audience in Audience:
        place, time = settled(photo, inside=audience == Audience.INSIDE)
        for part in range(max(1, len(place.parts))):
            row = IndexRow(
                photo=photo,
                ref=photo.public_id,
                audience=audience,
                part=part,
                parts=len(place.parts),
                collection_id=photo.collection_id,
                place_status=STATUS_CODES[place.status],
                time_status=STATUS_CODES[time.status],
                licence=licence,
                device=device,
                added=int(photo.added_at.timestamp()),
            )
            if time.moment:
                row.earliest = local_seconds(time.moment.earliest)
                row.latest = local_seconds(time.moment.latest)
            if place.parts:
                _locate(row, place.parts[part].place)
            if place.direction:
                row.direction = place.direction.degrees
                row.width_deg = place.direction.width_deg
            yield row


def _locate(row: IndexRow, place: Place) -> None:
    bounds = bounds_of(place)
    row.key = key_of(place.latitude, place.longitude)
    row.latitude, row.longitude, row.radius_m = place.latitude, place.longitude, place.radius_m
    row.west, row.south, row.east, row.north = bounds.west, bounds.south, bounds.east, bounds.north


def _term(kind: str, text: str) -> Term | None:
    return Term.objects.get_or_create(kind=kind, text=text[:300])[0] if text else None


def _device(photo: Photo) -> str:
    primary = photo.files.filter(role="primary").first()
    reading = primary.reading if primary else {}
    make, model = reading.get("make") or "", reading.get("model") or ""
    return model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()


def _texts(photo: Photo) -> Iterator[str]:
    yield from (
        photo.title,
        photo.caption,
        photo.alt_text,
        photo.creator,
        photo.credit,
        photo.identifier,
        photo.provenance_notes,
        *photo.keywords,
        *photo.people,
    )
    # words are found by everybody, so only what everybody may know of the place is among them
    place, _ = settled(photo, inside=False)
    for part in place.parts:
        for named in places_near(part.place.latitude, part.place.longitude):
            yield named.name
            yield named.country
