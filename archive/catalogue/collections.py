"""The verbs that write collections."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from archive.catalogue import changes, index
from archive.catalogue.errors import FieldError
from archive.catalogue.models import Collection, Visibility

EDITABLE = frozenset(
    {
        "title",
        "description",
        "provenance",
        "rights_uri",
        "rights_note",
        "visibility",
        "parent",
        "largest_public_px",
        "two_reviewers",
        "blind_first_verdict",
    }
)
DEEPEST = 20


@transaction.atomic
def add_collection(*, by: int | None, slug: str, title: str, **texts: Any) -> Collection:
    """Create a collection, private unless told otherwise. Raises `FieldError`."""
    if slug != slugify(slug) or not slug:
        raise FieldError("slug", "Address: use small letters, digits and hyphens")
    if not title.strip():
        raise FieldError("title", "Title: write a few words")
    _known(texts)
    collection = Collection(slug=slug, title=title.strip(), created_by_id=by, **texts)
    _nest(collection)
    try:
        with transaction.atomic():
            collection.save(force_insert=True)
    except IntegrityError as taken:
        raise FieldError("slug", f"Address: “{slug}” is taken; choose another") from taken
    return collection


@transaction.atomic
def edit_collection(*, collection: Collection, **texts: Any) -> Collection:
    """Set texts, rights or visibility; what lies inside a collection that becomes private becomes private."""
    _known(texts)
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    rights_before, opened_before = collection.rights_uri, collection.open_to_public
    title_before = collection.title
    for name, value in texts.items():
        setattr(collection, name, value)
    if not collection.title.strip():
        raise FieldError("title", "Title: write a few words")
    _nest(collection)
    collection.save()
    if collection.open_to_public != opened_before:
        _open_children(collection)
    if (collection.open_to_public, collection.title) != (opened_before, title_before):
        changes.note_opening()
    if collection.rights_uri != rights_before:
        index.rights_changed(collection)
    return collection


def _known(texts: dict[str, Any]) -> None:
    for name in texts:
        if name not in EDITABLE:
            raise FieldError(name, f"{name} is no field of a collection")


def _nest(collection: Collection) -> None:
    """Work out whether the public may see it, and refuse a collection that would lie inside itself."""
    above, open_above, depth = collection.parent, True, 0
    while above is not None:
        if above.pk == collection.pk or depth >= DEEPEST:
            raise FieldError("parent", "Part of: a collection cannot lie inside itself")
        open_above = open_above and above.visibility == Visibility.PUBLIC
        above, depth = above.parent, depth + 1
    collection.open_to_public = open_above and collection.visibility == Visibility.PUBLIC


def _open_children(collection: Collection) -> None:
    for child in collection.children.all():
        opened = collection.open_to_public and child.visibility == Visibility.PUBLIC
        if opened != child.open_to_public:
            child.open_to_public = opened
            child.save(update_fields=["open_to_public"])
            _open_children(child)
