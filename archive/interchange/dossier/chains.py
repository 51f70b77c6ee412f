"""Chains of custody as a dossier carries them: open to insiders, closed but checkable for everyone else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

_ACTOR = "user:"


def link_json(event: CustodyEvent, *, inside: bool, is_open: bool = False) -> dict[str, Any]:
    """Return a link with what its reader may know, and commitments in place of the rest.

    `is_open` shows what happened, though not who did it, whatever it was.
    """
    found = commitments(kind=event.kind, at=event.at, actor=event.actor, detail=event.detail, salt=event.salt)
    link: dict[str, Any] = {"sequence": event.sequence, "previous": event.previous, "hash": event.hash}
    said = {"kind": event.kind, "at": instant(event.at), "detail": event.detail}
    if inside:
        return link | said | {"actor": event.actor, "salt": event.salt}
    if is_open or _is_open(event):
        return link | said | {"said_salt": said_salt(event.salt), "by": found.by}
    return link | {"said": found.said, "by": found.by}


def chain_json(
    chain: str,
    events: Sequence[CustodyEvent],
    proof: Proof | None,
    *,
    inside: bool,
    texts: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "chain": chain,
        "links": [link_json(event, inside=inside) for event in events],
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
    grounds_seen = [one.evidence for one in case.grounds]
    judged = [one.verdict for asked in case.questions.values() for one in asked.verdicts]
    falsifying = [one.falsifier for asked in case.questions.values() for one in asked.falsifiers]
    shown = [one.appearance for one in case.appearances]
    rows: list[tuple[str, str, Any, Any]] = [
        ("claim", "value", Claim.objects.filter(pk__in=case.claims), making.content_of),
        ("evidence", "content", Evidence.objects.filter(pk__in=grounds_seen), grounds.content_of_evidence),
        ("verdict", "content", Verdict.objects.filter(pk__in=judged), verdicts.content_of),
        ("falsifier", "content", Falsifier.objects.filter(pk__in=falsifying), grounds.content_of_falsifier),
        ("appearance", "content", Appearance.objects.filter(pk__in=shown), appearances.content_of),
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
    events: Sequence[CustodyEvent], proof: Proof | None, names: Mapping[str, str] | None
) -> CustodyTold:
    """Say what the chain tells; `names` are those of accounts, None for outsiders."""
    seen = [event for event in events if names is not None or _is_open(event)]
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


def _is_open(event: CustodyEvent) -> bool:
    """When bytes came is for everyone who may know of them; sidecars and all else are the archive's own."""
    came = (Kind.RECEIVED, Kind.FILE_ADDED, Kind.ATTACHMENT_KEPT)
    return event.kind in came and event.detail.get("role") != Role.SIDECAR


def _what(event: CustodyEvent) -> str:
    said = words.EVENTS.get(event.kind, event.kind)
    on = str(event.detail.get("facet") or event.detail.get("field") or "").replace("_", " ")
    return f"{said}: {on}" if on else said


def _who(actor: str, names: Mapping[str, str] | None) -> str:
    if not actor.startswith(_ACTOR):
        return "the archive"
    return (names or {}).get(actor.removeprefix(_ACTOR), "a member of the archive")
