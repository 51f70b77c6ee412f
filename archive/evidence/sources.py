"""The verbs of sources: who speaks, how far they can be relied on, and what outsiders are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from archive.custody.chain import Kind, actor_of, record
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Source
from archive.evidence.targets import required, text_within, web_address
from archive.evidence.vocabulary import RECORDED_KINDS, Display, Reliability, SourceKind

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection

WITHHELD = "a source whose name is withheld"
_EDITABLE = ("kind", "name", "display", "pseudonym", "reliability", "url", "note")


@transaction.atomic
def record_source(
    *,
    collection: Collection,
    kind: str,
    name: str,
    by: User,
    display: str = Display.NAMED,
    pseudonym: str = "",
    reliability: str = Reliability.F,
    url: str = "",
    note: str = "",
) -> Source:
    """Record who speaks, for one collection; one of the same kind and name there is returned as it is."""
    fields = _clean(kind=kind, name=name, display=display, pseudonym=pseudonym, reliability=reliability)
    source, is_new = Source.objects.get_or_create(
        collection=collection,
        kind=fields["kind"],
        name=fields["name"],
        defaults={
            **fields,
            "url": web_address(url, "Address"),
            "note": text_within(note, "Note"),
        },
    )
    if is_new:
        _note(source, by, list(_EDITABLE))
    return source


@transaction.atomic
def edit_source(*, source: Source, by: User, **fields: str) -> Source:
    """Set fields of a recorded source. Files and members cannot be edited: they are what they are."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.collection_id is None:
        raise EvidenceError("What is known of a file or a member is not entered here.")
    unknown = set(fields) - set(_EDITABLE)
    if unknown:
        raise EvidenceError(f"A source has no {', '.join(sorted(unknown))}.")
    merged = {name: fields.get(name, getattr(source, name)) for name in _EDITABLE}
    clean = {
        **_clean(**{name: merged[name] for name in _EDITABLE[:5]}),
        "url": web_address(merged["url"], "Address"),
        "note": text_within(merged["note"], "Note"),
    }
    changed = [name for name, value in clean.items() if getattr(source, name) != value]
    for name in changed:
        setattr(source, name, clean[name])
    try:
        with transaction.atomic():
            source.save(update_fields=changed)
    except IntegrityError as error:
        raise EvidenceError("This collection has a source of that kind and name already.") from error
    if changed:
        _note(source, by, changed)
    return source


def spoken_name(source: Source, *, inside: bool) -> str:
    """Return how a source is called on the screen; outsiders learn no more than its display policy allows."""
    if source.kind == SourceKind.FILE:
        return "the file"
    if source.kind == SourceKind.MEMBER:
        return source.user.get_username() if inside and source.user else "a member of the archive"
    if inside or source.display == Display.NAMED:
        return source.name
    return source.pseudonym if source.display == Display.PSEUDONYM else WITHHELD


def is_withheld(source: Source | None, *, inside: bool) -> bool:
    """Whether this reader may learn nothing by which the source could be found: handle, phrase, address."""
    return (
        source is not None
        and source.collection_id is not None
        and not (inside or source.display == Display.NAMED)
    )


def _clean(*, kind: str, name: str, display: str, pseudonym: str, reliability: str) -> dict[str, str]:
    if kind not in RECORDED_KINDS:
        raise EvidenceError("Say what kind of source it is: a person, an account, a publication and so on.")
    if display not in Display.values:
        raise EvidenceError("Say what the public is told of this source.")
    if reliability not in Reliability.values:
        raise EvidenceError("Grade the source from A to F; F is right where it cannot be judged.")
    alias = text_within(pseudonym, "Pseudonym", 200)
    if display == Display.PSEUDONYM and not alias:
        raise EvidenceError("Give the pseudonym by which the public is to know this source.")
    if kind == SourceKind.SOFTWARE:
        reliability = Reliability.F  # a model's guess is a claim that cannot be judged (docs/decisions.md)
    return {
        "kind": kind,
        "name": required(name, "Name or handle", 200),
        "display": display,
        "pseudonym": alias,
        "reliability": reliability,
    }


def _note(source: Source, by: User, fields: list[str]) -> None:
    """A source has a chain of its own: what is known of it may change what a claim is worth."""
    record(
        chain=source.public_id, kind=Kind.SOURCE_RECORDED, actor=actor_of(by.pk), detail={"fields": fields}
    )
