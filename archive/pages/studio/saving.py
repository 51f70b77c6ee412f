"""Saving what was typed about a photo: all of it in one transaction, or none and the conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from archive.catalogue import photos
from archive.catalogue.fields import FIELDS
from archive.evidence.claims import claim_place, claim_time, undo_claim, withdraw
from archive.pages.studio.shown import PLACES, answers, as_shown, clean, fingerprint
from archive.pages.wording.times import minute
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Photo, Revision
    from archive.evidence.models import Claim
    from archive.pages.studio.photo_form import Typed
    from archive.pages.studio.shown import Answer


@dataclass(frozen=True, slots=True)
class Saved:
    """Numbers of what was written, for undoing, and its names for the message."""

    revisions: tuple[int, ...] = ()
    claims: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else changed since the form was opened; `theirs` stands in the archive."""

    name: str
    label: str
    theirs: str
    by: str


class ConflictError(Exception):
    """Nothing was written: `conflicts` tells where somebody else was faster."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("Somebody else changed this photo since you opened the page.")
        self.conflicts = conflicts


@transaction.atomic
def save(*, photo: Photo, by: User, typed: Typed, revert: str = "") -> Saved:
    """Write what changed; `revert` names a field or question to set back to what the file says, too.

    Raises `ConflictError`, `FieldError` or `EvidenceError`; then nothing was written.
    """
    photo = photos.locked(photo)
    standing = answers(photo)
    texts = _changes(photo, typed)
    conflicts = [_text_conflict(photo, name) for name in texts if _is_stale(photo, name, typed)]
    conflicts += [
        _claim_conflict(standing[facet]) for facet in _asked(typed) if _moved(standing[facet], typed)
    ]
    if conflicts:
        raise ConflictError(conflicts)
    texts.pop(revert, None)
    revisions = photos.edit_photo(photo=photo, by=by.pk, **texts)
    claims = [] if revert == typed.facet else _place_claims(photo, by, typed)
    if revert != Facet.TIME:
        claims += _date_claims(photo, by, typed)
    if revert:
        _revert(photo, by, revert, revisions, claims)
    return _saved(revisions, claims)


@transaction.atomic
def undo(*, photo: Photo, by: User, revisions: list[int], claims: list[int]) -> Saved:
    """Take back changes of this photo, newest first. Raises a stale error when one was changed again."""
    undone = [
        new
        for revision in photo.revisions.filter(pk__in=revisions).order_by("-pk")
        for new in photos.undo(revision=revision, by=by.pk)
    ]
    restored = [
        undo_claim(claim=claim, by=by) for claim in photo.claims.filter(pk__in=claims).order_by("-pk")
    ]
    return _saved(undone, restored)


def _saved(revisions: list[Revision], claims: list[Claim]) -> Saved:
    names = [FIELDS[revision.field].label.lower() for revision in revisions]
    names += ["date" if claim.facet == Facet.TIME else "place" for claim in claims]
    return Saved(
        tuple(revision.pk for revision in revisions),
        tuple(claim.pk for claim in claims),
        tuple(dict.fromkeys(names)),
    )


def _changes(photo: Photo, typed: Typed) -> dict[str, Any]:
    """Return the texts that the person changed: neither what stands nor what they were shown."""
    changes = {}
    for name, value in typed.texts.items():
        wanted = fingerprint(name, value)
        if wanted not in {fingerprint(name, getattr(photo, name)), typed.seen.get(name)}:
            changes[name] = clean(name, value)
    return changes


def _is_stale(photo: Photo, name: str, typed: Typed) -> bool:
    return name in typed.seen and typed.seen[name] != fingerprint(name, getattr(photo, name))


def _asked(typed: Typed) -> list[Facet]:
    place = [typed.facet] if typed.place or typed.place_cleared else []
    return place + ([Facet.TIME] if typed.date or typed.date_cleared else [])


def _moved(answer: Answer, typed: Typed) -> bool:
    return bool(typed.seen.get(answer.facet.value, answer.newest) != answer.newest)


def _text_conflict(photo: Photo, name: str) -> Conflict:
    last = photo.revisions.filter(field=name).select_related("by").first()
    by = f"{last.by.get_username()}, {minute(last.at)}" if last and last.by else "a new reading of the file"
    return Conflict(name, FIELDS[name].label, as_shown(name, getattr(photo, name)), by)


def _claim_conflict(answer: Answer) -> Conflict:
    name = "date" if answer.facet is Facet.TIME else "coordinates"
    label = "Date" if answer.facet is Facet.TIME else f"Place ({PLACES[answer.facet].lower()})"
    return Conflict(name, label, answer.words or "nothing: it was taken back", answer.speaker or "somebody")


def _place_claims(photo: Photo, by: User, typed: Typed) -> list[Claim]:
    if typed.place_cleared:
        return _made(withdraw(photo=photo, facet=typed.facet, by=by))
    if typed.place is None:
        return []
    return [claim_place(photo=photo, by=by, place=typed.place, facet=typed.facet, words=typed.place_reason)]


def _date_claims(photo: Photo, by: User, typed: Typed) -> list[Claim]:
    if typed.date_cleared:
        return _made(withdraw(photo=photo, facet=Facet.TIME, by=by))
    if typed.date is None:
        return []
    return [claim_time(photo=photo, by=by, text=typed.date, words=typed.date_reason)]


def _revert(photo: Photo, by: User, name: str, revisions: list[Revision], claims: list[Claim]) -> None:
    if name in FIELDS:
        revisions.extend(photos.revert_field(photo=photo, field=name, by=by.pk))
    elif name in {facet.value for facet in (*PLACES, Facet.TIME)}:
        claims.extend(_made(withdraw(photo=photo, facet=Facet(name), by=by)))


def _made(claim: Claim | None) -> list[Claim]:
    return [claim] if claim else []
