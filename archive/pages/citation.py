"""How a photo or a collection is cited in print."""

from __future__ import annotations

from archive.catalogue.models import Collection, Photo
from archive.values.settled import SettledTime
from archive.values.wording import NO_DATE, describe

SITE = "Whence"


def of_photo(photo: Photo, time: SettledTime, permalink: str) -> str:
    """Creator, “title”, date as it now stands. Collection, identifier. Permalink."""
    head = [
        photo.creator or photo.credit,
        f"“{photo.title}”" if photo.title else "untitled photograph",
        describe(time.moment, time.text) if time.moment else NO_DATE.lower(),
    ]
    tail = [photo.collection.title, photo.identifier]
    return f"{', '.join(filter(None, head))}. {', '.join(filter(None, tail))}. {SITE}, {permalink}"


def of_collection(collection: Collection, permalink: str) -> str:
    return f"{collection.title}. Collection of photographs. {SITE}, {permalink}"
