"""The history of a photo: every change of a text and every claim, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.catalogue.fields import FIELDS
from archive.evidence.claims import history
from archive.evidence.values import from_json
from archive.evidence.vocabulary import SourceKind
from archive.pages.photo_page.values import said
from archive.pages.photo_page.voices import Hearing, Spoken
from archive.pages.studio.shown import PLACES, as_shown
from archive.pages.wording.times import minute
from archive.values.settled import Basis, Facet

if TYPE_CHECKING:
    from datetime import datetime

    from archive.catalogue.models import Photo, Revision
    from archive.evidence.models import Claim

MOST = 200
LONGEST = 400
_QUESTIONS = {
    **{facet: f"Place: {label[0].lower()}{label[1:]}" for facet, label in PLACES.items()},
    Facet.TIME: "Date",
    Facet.DIRECTION: "Direction",
    Facet.AUTHOR: "Author",
    Facet.CONTENT: "Content",
    Facet.AUTHENTICITY: "Authenticity",
}


@dataclass(frozen=True, slots=True)
class PastLine:
    """`revision` or `claim` is the number to undo by; both 0 where a newer change must be undone first."""

    at: datetime
    when: str
    by: str
    what: str
    before: str
    after: str
    reason: str
    revision: int = 0
    claim: int = 0


def past(photo: Photo) -> list[PastLine]:
    """Return the latest changes, at most `MOST`, in two queries."""
    newest: set[str] = set()
    lines = []
    for revision in photo.revisions.select_related("by")[:MOST]:
        lines.append(_changed(revision, photo, is_newest=revision.field not in newest))
        newest.add(revision.field)
    hearing = Hearing.of(history(photo)[:MOST], names=True)
    lines += [_claimed(one, hearing) for one in hearing.spoken]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _changed(revision: Revision, photo: Photo, *, is_newest: bool) -> PastLine:
    field = FIELDS.get(revision.field)
    undoable = is_newest and field is not None and getattr(photo, revision.field) == revision.after
    return PastLine(
        at=revision.at,
        when=minute(revision.at),
        by=revision.by.get_username() if revision.by else "a former member",
        what=field.label if field else revision.field,
        before=_cut(as_shown(revision.field, revision.before)),
        after=_cut(as_shown(revision.field, revision.after)),
        reason="",
        revision=revision.pk if undoable else 0,
    )


def _claimed(one: Spoken, hearing: Hearing) -> PastLine:
    claim: Claim = one.claim
    is_members = claim.source.kind == SourceKind.MEMBER
    before = from_json(claim.supersedes.value) if claim.supersedes else None
    return PastLine(
        at=claim.created_at,
        when=minute(claim.created_at),
        by=hearing.speaker(one),
        what=_QUESTIONS[one.facet],
        before=said(before) if before is not None else _file_before(one, hearing),
        after=said(one.value),
        reason=_cut(claim.words),
        claim=claim.pk if is_members and not one.replaced else 0,
    )


def _file_before(one: Spoken, hearing: Hearing) -> str:
    """Return what the file said when the first person spoke over it."""
    earlier = [
        other
        for other in hearing.on(one.facet)
        if other.basis is Basis.FILE and other.value is not None and other.claim.pk < one.claim.pk
    ]
    if one.basis is Basis.FILE or not earlier:
        return ""
    return said(max(earlier, key=lambda other: other.claim.pk).value)


def _cut(text: str) -> str:
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text
