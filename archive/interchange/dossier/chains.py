"""Chains of custody as a dossier carries them: as far open as its reader may know, checkable throughout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from archive.catalogue.models import Photo, Role
from archive.custody.chain import Kind
from archive.custody.heads import Proof
from archive.custody.links import commitments, instant, said_salt
from archive.custody.models import CustodyEvent, DayHead
from archive.evidence import appearances, grounds, making, verdicts
from archive.evidence.hearing import Case
from archive.evidence.models import Appearance, Claim, Evidence, Falsifier, Verdict
from archive.interchange.dossier import words
from archive.interchange.dossier.told import CustodyTold, LinkTold
from archive.values.readership import Readership

_ACTOR = "user:"
_GUARDED = {
    Kind.CLAIM_MADE.value: "claim",
    Kind.CLAIM_EXCEPTED.value: "claim",
    Kind.EVIDENCE_RECORDED.value: "evidence",
    Kind.VERDICT_GIVEN.value: "verdict",
    Kind.FALSIFIER_RECORDED.value: "falsifier",
    Kind.APPEARANCE_RECORDED.value: "appearance",
}
"""Links that name a row which may be for fewer eyes, and by which name."""


class Opening(Enum):
    """How far a link is open: whole, without who did it, or not at all."""

    WHOLE = 1
    SAID = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a member, one who judges, or a stranger; `rows` are those of the case that they may know."""

    inside: bool
    judges: bool
    rows: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, case: Case, readerships: frozenset[Readership]) -> Reader:
        return cls(
            inside=Readership.MEMBERS in readerships,
            judges=Readership.REVIEWERS in readerships,
            rows=frozenset((name, number) for name, numbers in _numbers(case).items() for number in numbers),
        )

    def opening(self, event: CustodyEvent) -> Opening:
        """Members see every link but those of texts for fewer eyes; strangers see when bytes came."""
        if self.inside:
            row = _GUARDED.get(event.kind)
            known = row is None or (row, event.detail.get(row)) in self.rows
            return Opening.WHOLE if self.judges or known else Opening.CLOSED
        return Opening.SAID if _tells_of_bytes(event) else Opening.CLOSED


def link_json(event: CustodyEvent, opening: Opening) -> dict[str, Any]:
    """Return a link with what its reader may know, and commitments in place of the rest."""
    found = commitments(kind=event.kind, at=event.at, actor=event.actor, detail=event.detail, salt=event.salt)
    link: dict[str, Any] = {"sequence": event.sequence, "previous": event.previous, "hash": event.hash}
    said = {"kind": event.kind, "at": instant(event.at), "detail": event.detail}
    match opening:
        case Opening.WHOLE:
            return link | said | {"actor": event.actor, "salt": event.salt}
        case Opening.SAID:
            return link | said | {"said_salt": said_salt(event.salt), "by": found.by}
        case Opening.CLOSED:
            return link | {"said": found.said, "by": found.by}


def chain_json(
    chain: str,
    events: Sequence[CustodyEvent],
    proof: Proof | None,
    *,
    reader: Reader,
    texts: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "chain": chain,
        "links": [link_json(event, reader.opening(event)) for event in events],
        "proof": None
        if proof is None
        else {
            "sequence": proof.sequence,
            "hash": proof.hash,
            "steps": [[step.side, step.sister] for step in proof.steps],
        },
        "texts": list(texts),
    }


def head_json(head: DayHead) -> dict[str, Any]:
    return {
        "day": head.day.isoformat(),
        "root": head.root,
        "previous": head.previous,
        "hash": head.hash,
        "stamped_by": head.stamped_by,
    }


def texts_of(photo: Photo, case: Case, events: Iterable[CustodyEvent]) -> list[dict[str, Any]]:
    """Return the words of an insider's case with their salts, so that they can be held to their links.

    `events` are those of the photo's chain, or of a series': each gives the texts that it tells of. Rows
    whose text was erased have no salt and are left out.
    """
    seen = _numbers(case)
    rows: list[tuple[str, str, Any, Any]] = [
        ("claim", "value", Claim.objects.filter(pk__in=seen["claim"]), making.content_of),
        (
            "evidence",
            "content",
            Evidence.objects.filter(pk__in=seen["evidence"]),
            grounds.content_of_evidence,
        ),
        ("verdict", "content", Verdict.objects.filter(pk__in=seen["verdict"]), verdicts.content_of),
        (
            "falsifier",
            "content",
            Falsifier.objects.filter(pk__in=seen["falsifier"]),
            grounds.content_of_falsifier,
        ),
        (
            "appearance",
            "content",
            Appearance.objects.filter(pk__in=seen["appearance"]),
            appearances.content_of,
        ),
        ("revision", "after", photo.revisions.all(), lambda row: row.after),
    ]
    links = {
        (name, event.detail[name]): event.sequence
        for event in events
        for name, key, _, _ in rows
        if name in event.detail and key in event.detail and event.kind != Kind.ERASED
    }
    return [
        {
            "what": f"{name} {row.pk}",
            "link": links[name, row.pk],
            "key": key,
            "salt": row.salt,
            "content": content(row),
        }
        for name, key, found, content in rows
        for row in found.order_by("pk")
        if row.salt and (name, row.pk) in links
    ]


def custody_told(
    events: Sequence[CustodyEvent], proof: Proof | None, reader: Reader, names: Mapping[str, str]
) -> CustodyTold:
    """Say what the chain tells; `names` are those of accounts, none for outsiders."""
    seen = [event for event in events if reader.opening(event) is not Opening.CLOSED]
    links = tuple(
        LinkTold(event.sequence + 1, words.minute(event.at), _what(event), _who(event.actor, names))
        for event in seen
    )
    if proof is None:
        told = "No day has ended since: the chain stands under no head of a day yet."
    else:
        told = f"Link {proof.sequence + 1} stood under the archive’s head of {proof.day}."
    return CustodyTold(links, len(events) - len(seen), told)


def accounts_in(events: Iterable[CustodyEvent]) -> set[int]:
    found = {event.actor.removeprefix(_ACTOR) for event in events if event.actor.startswith(_ACTOR)}
    return {int(number) for number in found if number.isdigit()}


def _numbers(case: Case) -> dict[str, list[int]]:
    """Return the rows that a case shows, by the names that links use."""
    asked = case.questions.values()
    return {
        "claim": list(case.claims),
        "evidence": [one.evidence for one in case.grounds],
        "verdict": [one.verdict for question in asked for one in question.verdicts],
        "falsifier": [one.falsifier for question in asked for one in question.falsifiers],
        "appearance": [one.appearance for one in case.appearances],
    }


def _tells_of_bytes(event: CustodyEvent) -> bool:
    """Strangers are told when bytes came that they know of; sidecars and all else are the archive's own."""
    came = (Kind.RECEIVED, Kind.FILE_ADDED, Kind.ATTACHMENT_KEPT)
    return event.kind in came and event.detail.get("role") != Role.SIDECAR


def _what(event: CustodyEvent) -> str:
    said = words.EVENTS.get(event.kind, event.kind)
    on = str(event.detail.get("facet") or event.detail.get("field") or "").replace("_", " ")
    return f"{said}: {on}" if on else said


def _who(actor: str, names: Mapping[str, str]) -> str:
    if not actor.startswith(_ACTOR):
        return "the archive"
    return names.get(actor.removeprefix(_ACTOR), "a member of the archive")
