"""The verbs of series: photos about which things are said together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from archive.catalogue.photos import locked
from archive.custody.chain import Kind
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Series, SeriesPhoto
from archive.evidence.models.series import MOST_PHOTOS
from archive.evidence.settling import resettle
from archive.evidence.targets import hold, note, required, text_within

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection, Photo


@transaction.atomic
def open_series(
    *, collection: Collection, title: str, by: User, note: str = "", photos: Sequence[Photo] = ()
) -> Series:
    """Found a series of a collection's photos, in the order given."""
    series = Series.objects.create(
        collection=collection,
        title=required(title, "Title", 200),
        note=text_within(note, "Note"),
        created_by=by,
    )
    _record(series, by, {"what": "opened"})
    if photos:
        add_to_series(series=series, photos=photos, by=by)
    return series


@transaction.atomic
def edit_series(*, series: Series, by: User, title: str | None = None, note: str | None = None) -> Series:
    held = hold(series)
    assert isinstance(held, Series)
    if title is not None:
        held.title = required(title, "Title", 200)
    if note is not None:
        held.note = text_within(note, "Note")
    held.save(update_fields=["title", "note"])
    _record(held, by, {"what": "edited"})
    return held


@transaction.atomic
def add_to_series(*, series: Series, photos: Sequence[Photo], by: User) -> int:
    """Add photos at the end; return how many were new. What is said of the series now holds for them too."""
    hold(series)
    present = set(series.members.values_list("photo_id", flat=True))
    fresh = [photo for photo in dict.fromkeys(photos) if photo.pk not in present]
    if any(photo.collection_id != series.collection_id for photo in fresh):
        raise EvidenceError("A series holds photos of one collection: choose photos of this collection.")
    if len(present) + len(fresh) > MOST_PHOTOS:
        raise EvidenceError(f"A series holds at most {MOST_PHOTOS} photos: open a second one for the rest.")
    last = series.members.aggregate(last=Max("position"))["last"] or 0
    for position, photo in enumerate(fresh, start=last + 1):
        SeriesPhoto.objects.create(series=series, photo=photo, position=position)
        _record(series, by, {"what": "added", "photo": photo.public_id})
        resettle(photo)
    return len(fresh)


@transaction.atomic
def take_from_series(*, series: Series, photo: Photo, by: User) -> None:
    """Take a photo out: what is said of the series no longer holds for it."""
    hold(series)
    photo = locked(photo)
    if series.members.filter(photo=photo).delete()[0]:
        _record(series, by, {"what": "taken out", "photo": photo.public_id})
        resettle(photo)


@transaction.atomic
def order_series(*, series: Series, photos: Sequence[Photo], by: User) -> None:
    """Put the photos into the order given; those not named follow as they were."""
    hold(series)
    members = {member.photo_id: member for member in series.members.all()}
    named = [members.pop(photo.pk) for photo in photos if photo.pk in members]
    for position, member in enumerate([*named, *members.values()], start=1):
        member.position = position
    SeriesPhoto.objects.bulk_update([*named, *members.values()], ["position"])
    _record(series, by, {"what": "ordered"})


def _record(series: Series, by: User, detail: dict[str, str]) -> None:
    note(series, Kind.SERIES_CHANGED, by.pk, detail)
