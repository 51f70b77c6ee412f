"""Small makers for tests that need an archive with something in it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import count

from django.contrib.auth.models import AnonymousUser, User

from archive.access.members import grant, open_collection
from archive.access.models import MemberRole
from archive.catalogue.models import Collection, Photo, Visibility
from archive.catalogue.photos import add_photo
from archive.evidence.proposing import propose
from archive.metadata import Reading, Statement
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place

STRANGER = AnonymousUser()
_numbers = count(1)


def a_user(name: str = "", **fields) -> User:
    return User.objects.create_user(name or f"user{next(_numbers)}", password="a long password", **fields)


def a_collection(by: User | None = None, visibility=Visibility.PUBLIC, **texts) -> Collection:
    number = next(_numbers)
    texts.setdefault("slug", f"collection-{number}")
    texts.setdefault("title", f"Collection {number}")
    return open_collection(by=by or a_user(), visibility=visibility, **texts)


def a_member(collection: Collection, role: MemberRole) -> User:
    user = a_user()
    grant(user=user, collection=collection, role=role)
    return user


def a_reading(
    place: Place | None = None,
    taken: datetime | None = None,
    direction: Direction | None = None,
    **facts,
) -> Reading:
    """Return what a file would say; each has bytes of its own."""
    statements = []
    if place:
        statements.append(Statement("latitude", "GPS GPSLatitude", str(place.latitude)))
    if taken:
        statements.append(Statement("taken_local", "EXIF DateTimeOriginal", str(taken)))
    facts.setdefault("sha256", hashlib.sha256(str(next(_numbers)).encode()).hexdigest())
    return Reading(
        byte_count=1000,
        format="JPEG",
        width=400,
        height=300,
        place=place,
        direction=direction,
        taken=Moment.at(taken) if taken else None,
        statements=tuple(statements),
        **facts,
    )


def a_photo(collection: Collection | None = None, reading: Reading | None = None, **facts) -> Photo:
    """Return a photo as ingest leaves it: file, claims, settled values and index rows."""
    reading = reading or a_reading(**facts)
    photo, file, received = add_photo(
        collection=collection or a_collection(), reading=reading, name="picture.jpg", by=None
    )
    propose(photo=photo, file=file, reading=reading, received=received)
    photo.refresh_from_db()
    return photo
