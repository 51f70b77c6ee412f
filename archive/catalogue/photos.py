"""The verbs that write photos and their files; each keeps history, custody and index in its transaction."""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from archive.catalogue import index
from archive.catalogue.errors import FieldError, StaleError
from archive.catalogue.fields import FIELDS, said_by_file
from archive.catalogue.models import Collection, File, Photo, Revision, Role
from archive.custody.chain import Kind, actor_of, record, sealed

if TYPE_CHECKING:
    from archive.custody.models import CustodyEvent
    from archive.metadata import Reading


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def locked(photo: Photo) -> Photo:
    """Return the photo read anew under a row lock: writers of one photo go one after another."""
    return Photo.objects.select_for_update().select_related("collection").get(pk=photo.pk)


def stored_reading(reading: Reading) -> dict[str, Any]:
    """Return a Reading as a JSON field holds it. PostgreSQL takes neither NUL nor half a surrogate pair."""
    fields: dict[str, Any] = _storable(json.loads(reading.to_json()))
    return fields


class Added(NamedTuple):
    """A photo just made, its first file, and the first link of its chain."""

    photo: Photo
    file: File
    received: CustodyEvent


@transaction.atomic
def add_photo(*, collection: Collection, reading: Reading, name: str, by: int | None) -> Added:
    """Create a photo from its first file; texts are taken from what the file says.

    The caller proposes claims and settles in the same transaction, which also writes the index. Raises
    `IntegrityError` when the collection already has these bytes.
    """
    said = stored_reading(reading)
    texts = {field.name: said_by_file(field, said) for field in FIELDS.values() if field.reading}
    photo = Photo.objects.create(collection=collection, **texts)
    file = _file(photo, reading, said, name, Role.PRIMARY)
    return Added(photo, file, _received(file, photo, by, begin=True))


@transaction.atomic
def add_file(*, photo: Photo, reading: Reading, name: str, role: Role, by: int | None) -> File:
    """Add a received file to a photo. Raises `IntegrityError` when the collection already has these bytes."""
    file = _file(photo, reading, stored_reading(reading), name, role)
    _received(file, photo, by, begin=False)
    return file


@transaction.atomic
def read_again(*, file: File, reading: Reading) -> None:
    """Replace what a file says, after a sidecar came or the reader learnt; texts nobody edited follow."""
    photo = locked(file.photo)
    before, after = file.reading, stored_reading(reading)
    file.reading = after
    file.save(update_fields=["reading"])
    for field in FIELDS.values():
        if field.reading and getattr(photo, field.name) == said_by_file(field, before):
            setattr(photo, field.name, said_by_file(field, after))
    photo.save()


@transaction.atomic
def edit_photo(
    *, photo: Photo, by: int | None, expected: dict[str, Any] | None = None, **fields: Any
) -> list[Revision]:
    """Set fields, keeping who, when, before and after of each that really changes.

    `expected` holds the values the editor saw; another value there now raises `StaleError` before anything
    is written. Unknown names and unfit values raise `FieldError`.
    """
    photo = locked(photo)
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in FIELDS:
            raise FieldError(name, f"{name} is no field of a photo")
        clean = FIELDS[name].clean(value)
        current = getattr(photo, name)
        if clean == current:
            continue
        if expected is not None and name in expected and expected[name] != current:
            raise StaleError(f"{FIELDS[name].label} was changed by somebody else since you opened this page")
        changes[name] = clean
    revisions = [_revise(photo, name, value, by) for name, value in changes.items()]
    if revisions:
        photo.save(update_fields=list(changes))
        index.write_index(photo)
    return revisions


def revert_field(*, photo: Photo, field: str, by: int | None) -> list[Revision]:
    """Set a field back to what the file says, as one more change."""
    if field not in FIELDS:
        raise FieldError(field, f"{field} is no field of a photo")
    primary = photo.files.get(role=Role.PRIMARY)
    return edit_photo(photo=photo, by=by, **{field: said_by_file(FIELDS[field], primary.reading)})


def undo(*, revision: Revision, by: int | None) -> list[Revision]:
    """Set a field back to what it was before one change; refused when it was changed again since."""
    return edit_photo(
        photo=revision.photo,
        by=by,
        expected={revision.field: revision.after},
        **{revision.field: revision.before},
    )


@transaction.atomic
def remove_photo(*, photo: Photo, by: int | None) -> list[str]:
    """Take a photo out of the catalogue; return digests that no photo uses any more.

    The custody chain stays. The caller deletes the bytes after the transaction has been committed.
    """
    photo = locked(photo)
    digests = list(photo.files.values_list("sha256", flat=True))
    record(chain=photo.public_id, kind=Kind.REMOVED, actor=actor_of(by), detail={"files": digests})
    index.forget(photo)
    photo.delete()
    used = set(File.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    return [digest for digest in digests if digest not in used]


def _file(photo: Photo, reading: Reading, said: dict[str, Any], name: str, role: Role) -> File:
    return File.objects.create(
        photo=photo,
        collection_id=photo.collection_id,
        role=role,
        sha256=reading.sha256,
        byte_count=reading.byte_count,
        name=name,
        format=reading.format,
        width=reading.width or None,
        height=reading.height or None,
        reading=said,
    )


def _received(file: File, photo: Photo, by: int | None, *, begin: bool) -> CustodyEvent:
    return record(
        chain=photo.public_id,
        kind=Kind.RECEIVED if file.role == Role.PRIMARY else Kind.FILE_ADDED,
        actor=actor_of(by),
        detail={"file": file.pk, "role": file.role, "sha256": file.sha256, "bytes": file.byte_count},
        begin=begin,
    )


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {name: _storable(item) for name, item in value.items()}
    return value


def _revise(photo: Photo, name: str, value: Any, by: int | None) -> Revision:
    revision = Revision.objects.create(
        photo=photo,
        field=name,
        before=getattr(photo, name),
        after=value,
        by_id=by,
        salt=secrets.token_hex(16),
    )
    setattr(photo, name, value)
    record(
        chain=photo.public_id,
        kind=Kind.FIELD_CHANGED,
        actor=actor_of(by),
        detail={"field": name, "revision": revision.pk, "after": sealed(value, revision.salt)},
    )
    return revision
