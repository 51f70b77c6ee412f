"""Personal text said about photos is erased for good; the rows stay, and chains hold as they never had it.

What is erased is empty and has no salt: nobody can then find out what the salted hash in the chain was of.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from archive.custody.chain import Kind, actor_of, record
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Appearance, Claim, Evidence, Falsifier, Source, Verdict
from archive.evidence.targets import Target, hold, note, settle_again, target_of
from archive.evidence.vocabulary import Display, SourceKind

Erasable = Claim | Evidence | Appearance | Falsifier | Verdict

KINDS: Final[dict[str, type[Erasable]]] = {
    "claim": Claim,
    "evidence": Evidence,
    "appearance": Appearance,
    "falsifier": Falsifier,
    "verdict": Verdict,
}
_TEXTS: Final[dict[type[Erasable], tuple[str, ...]]] = {
    Claim: ("words", "said_at", "rationale", "raw"),
    Evidence: ("text", "region_label"),
    Appearance: ("url", "title", "credit_line", "note", "archive_url"),
    Falsifier: ("text", "note"),
    Verdict: ("reasons",),
}
NOBODY = "erased"


@transaction.atomic
def erase_text(*, row: Erasable, by: int | None) -> None:
    """Empty the words of one row, of reasons that hang on it, and of versions that carried them on.

    Its value and place in the history stay; a value in words (who took it, what it shows) is personal text
    as well and is emptied with them.
    """
    target = hold(_about(row))
    for one in [row, *_carried_on(row)]:
        _empty(one)
        note(target, Kind.ERASED, by, {type(one).__name__.lower(): one.pk})
    settle_again(target)


@transaction.atomic
def erase_source(*, source: Source, by: int | None) -> int:
    """Empty a recorded source's name, address and note, and what it said in words; return how many claims.

    Its claims stay as those of a source without a name. Files and members are no recorded sources: remove
    the photo, or close the account.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.kind in (SourceKind.FILE, SourceKind.MEMBER):
        raise EvidenceError(
            "Files and members are not erased here: remove the photo, or close the account; words are erased "
            "claim by claim."
        )
    # Two sources of one kind cannot both be called nothing; the public id says nothing about anybody.
    source.name = f"{NOBODY} {source.public_id}"
    source.pseudonym, source.url, source.note, source.display = "", "", "", Display.WITHHELD
    source.save(update_fields=["name", "pseudonym", "url", "note", "display"])
    record(chain=source.public_id, kind=Kind.ERASED, actor=actor_of(by), detail={"source": source.public_id})
    claims = list(source.claims.select_related("photo__collection", "series__collection"))
    for claim in claims:
        erase_text(row=claim, by=by)
    for evidence in source.evidence.select_related("photo__collection", "series__collection"):
        erase_text(row=evidence, by=by)
    for appearance in source.appearances.select_related("photo__collection", "series__collection"):
        erase_text(row=appearance, by=by)
    return len(claims)


def _empty(row: Erasable) -> None:
    fields = [*_TEXTS[type(row)], "salt"]
    for name in fields:
        setattr(row, name, "")
    if isinstance(row, Claim):
        row.exceptions.update(reason="")
        if (row.value or {}).get("kind") == "text":
            row.value = {"kind": "text", "text": NOBODY}
            fields.append("value")
    if isinstance(row, Claim | Evidence):
        row.bearings.update(reason="")
    row.save(update_fields=fields)


def _carried_on(row: Erasable) -> list[Erasable]:
    """Return the versions before and after a row that hold one of its texts word for word."""
    texts = {getattr(row, name) for name in _TEXTS[type(row)]} - {""}
    found: dict[int, Erasable] = {row.pk: row}
    ahead = [row]
    while ahead:
        one = ahead.pop()
        beside = [*one.superseded_by.all(), *([one.supersedes] if one.supersedes else [])]
        for other in beside:
            if other.pk not in found and texts & {getattr(other, name) for name in _TEXTS[type(row)]}:
                found[other.pk] = other
                ahead.append(other)
    return [other for other in found.values() if other is not row]


def _about(row: Erasable) -> Target:
    return target_of(row.claim) if isinstance(row, Verdict) else target_of(row)
