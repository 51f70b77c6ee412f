"""Personal text is erased for good: from what stands and from what stood. Chains hold, as they never had it.

A link of custody carries a salted hash. With text and salt gone, nobody can find out what was hashed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from archive.catalogue import index
from archive.catalogue.errors import FieldError
from archive.catalogue.fields import FIELDS
from archive.catalogue.models import File, Photo, Revision
from archive.catalogue.photos import locked
from archive.custody.chain import Kind, actor_of, record

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = tuple(name for name, field in FIELDS.items() if not field.is_uri)


@transaction.atomic
def erase_revision(*, revision: Revision, by: int | None) -> None:
    """Empty one change: what stood before and after it. What stands now is left."""
    photo = locked(revision.photo)
    _empty(revision)
    _record(photo, by, {"revision": revision.pk})


@transaction.atomic
def erase_field(*, photo: Photo, field: str, by: int | None) -> int:
    """Empty a field and every change of it; return how many changes. The bytes of files are left as they are.

    What a file says of the field goes from the archive's reading of it, and comes again if it is read again.
    """
    if field not in FIELDS:
        raise FieldError(field, f"{field} is no field of a photo")
    photo = locked(photo)
    setattr(photo, field, [] if FIELDS[field].many else "")
    photo.save(update_fields=[field])
    revisions = list(Revision.objects.filter(photo=photo, field=field))
    for revision in revisions:
        _empty(revision)
    _forget_reading(photo, FIELDS[field].reading)
    _record(photo, by, {"field": field, "revisions": [revision.pk for revision in revisions]})
    index.write_index(photo)
    return len(revisions)


@transaction.atomic
def erase_person(*, photo: Photo, name: str, by: int | None) -> None:
    """Take a name off those shown, out of every change of the list and out of what files say of it."""
    photo = locked(photo)
    photo.people = [person for person in photo.people if person != name]
    photo.save(update_fields=["people"])
    touched = []
    for revision in Revision.objects.filter(photo=photo, field="people"):
        if name in (revision.before or ()) or name in (revision.after or ()):
            _empty(revision)
            touched.append(revision.pk)
    for file in photo.files.all():
        if name in _words(file.reading.get("people")):
            _forget_person(file, name)
    _record(photo, by, {"field": "people", "revisions": touched})
    index.write_index(photo)


def photos_naming(name: str) -> Iterator[Photo]:
    """Yield photos on whose list of people a name stands, now, in a change, or in what a file says."""
    written = {name, json.dumps(name)[1:-1]}  # SQLite keeps JSON in ASCII, PostgreSQL does not
    wanted = Q()
    for form in written:
        wanted |= Q(people__icontains=form) | Q(files__reading__icontains=form)
        wanted |= Q(revisions__field="people", revisions__before__icontains=form)
        wanted |= Q(revisions__field="people", revisions__after__icontains=form)
    for photo in Photo.objects.filter(wanted).distinct().order_by("pk").iterator():
        if name in _people_of(photo):
            yield photo


def fields_naming(name: str) -> Iterator[tuple[Photo, str]]:
    """Yield photos and their fields, other than the list of people, in whose text a name stands."""
    wanted = Q()
    for field in _TEXTS:
        wanted |= Q(**{f"{field}__icontains": name})
    for photo in Photo.objects.filter(wanted).order_by("pk").iterator():
        for field in _TEXTS:
            value = getattr(photo, field)
            text = "\n".join(value) if isinstance(value, list) else value
            if field != "people" and name.casefold() in text.casefold():
                yield photo, field


def _people_of(photo: Photo) -> set[str]:
    found: set[str] = set(photo.people)
    for revision in photo.revisions.filter(field="people"):
        found.update(_words(revision.before), _words(revision.after))
    for file in photo.files.all():
        found.update(_words(file.reading.get("people")))
    return found


def _words(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else ()


def _empty(revision: Revision) -> None:
    field = FIELDS.get(revision.field)
    empty: Any = [] if field is not None and field.many else ""
    revision.before, revision.after, revision.salt = empty, empty, ""
    revision.save(update_fields=["before", "after", "salt"])


def _forget_reading(photo: Photo, fact: str) -> None:
    if not fact:
        return
    for file in photo.files.all():
        reading = file.reading
        reading["statements"] = [said for said in reading.get("statements") or [] if said.get("fact") != fact]
        reading[fact] = [] if isinstance(reading.get(fact), list) else None
        file.reading = reading
        file.save(update_fields=["reading"])


def _forget_person(file: File, name: str) -> None:
    reading = file.reading
    reading["people"] = [person for person in reading["people"] if person != name]
    reading["statements"] = [
        said
        for said in reading.get("statements") or []
        if said.get("fact") != "people" or name not in str(said.get("raw"))
    ]
    file.save(update_fields=["reading"])


def _record(photo: Photo, by: int | None, detail: dict[str, Any]) -> None:
    record(chain=photo.public_id, kind=Kind.ERASED, actor=actor_of(by), detail=detail)
