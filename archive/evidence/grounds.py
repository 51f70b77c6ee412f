"""The verbs of evidence: what bears on claims, and what would change the answer."""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from archive.catalogue.models import Photo
from archive.custody.chain import Kind, sealed
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import Bearing, Claim, Evidence, Falsifier, Series
from archive.evidence.targets import (
    Target,
    about,
    collection_of,
    hold,
    note,
    required,
    target_of,
    text_within,
)
from archive.evidence.vocabulary import Diagnosticity, EvidenceKind, FalsifierState, Stance
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Attachment, Source

MOST_BEARINGS = 40
SMALLEST_SIDE = 0.002  # of the picture: below that a region cannot be seen or taken hold of


@dataclass(frozen=True, slots=True)
class BearingOn:
    """How a piece of evidence bears on one claim; `diagnosticity` 0..3."""

    claim: Claim
    stance: str
    diagnosticity: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on the picture as displayed, in fractions 0..1 of its width and height."""

    x: float
    y: float
    w: float
    h: float

    def __post_init__(self) -> None:
        sides = (self.x, self.y, self.w, self.h)
        if not all(math.isfinite(side) for side in sides) or min(self.x, self.y) < 0:
            raise EvidenceError("The region lies outside the picture: draw it again.")
        if self.x + self.w > 1.0001 or self.y + self.h > 1.0001:
            raise EvidenceError("The region lies outside the picture: draw it again.")
        if min(self.w, self.h) < SMALLEST_SIDE:
            raise EvidenceError("The region is too small to be seen: draw it larger.")

    def to_json(self) -> dict[str, float]:
        return {"x": self.x, "y": self.y, "w": self.w, "h": self.h}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Region:
        """Raises `EvidenceError` for anything that is no region."""
        try:
            return cls(*(float(stored[side]) for side in ("x", "y", "w", "h")))
        except (KeyError, TypeError, ValueError) as error:
            raise EvidenceError("The region could not be read: draw it again.") from error


@transaction.atomic
def record_evidence(
    *,
    target: Target,
    by: User,
    kind: str,
    text: str,
    bearings: Sequence[BearingOn] = (),
    region: Region | None = None,
    region_label: str = "",
    other_photo: Photo | None = None,
    other_region: Region | None = None,
    measurement: dict[str, Any] | None = None,
    source: Source | None = None,
    attachment: Attachment | None = None,
    readership: Readership = Readership.PUBLIC,
    supersedes: Evidence | None = None,
) -> Evidence:
    """Record something that bears on claims about a photo or a series.

    A region, a measurement and a matched detail belong to one photo. `supersedes` corrects an earlier entry.
    """
    target = hold(target)
    if kind not in EvidenceKind.values:
        raise EvidenceError("Say what kind of evidence it is.")
    if isinstance(target, Series) and (region or measurement or other_photo):
        raise EvidenceError("A region is drawn on one photo: record it there.")
    if supersedes is not None and supersedes.superseded_by.exists():
        raise StaleClaimError("This was corrected since; look at the newer entry first.")
    _require_bearings(target, bearings)
    evidence = Evidence.objects.create(
        **about(target),
        kind=kind,
        text=required(text, "What it shows"),
        region=region.to_json() if region else None,
        region_label=text_within(region_label, "Name of the region", 200),
        other_photo=other_photo,
        other_region=other_region.to_json() if other_region else None,
        measurement=measurement,
        source=source,
        attachment=attachment,
        readership=readership.value,
        supersedes=supersedes,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    Bearing.objects.bulk_create(
        Bearing(
            evidence=evidence,
            claim=one.claim,
            stance=one.stance,
            diagnosticity=one.diagnosticity,
            reason=text_within(one.reason, "Why"),
        )
        for one in bearings
    )
    _record(evidence, target, by)
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Take an entry back; it stays in the history."""
    target = hold(target_of(evidence))
    if evidence.superseded_by.exists():
        raise StaleClaimError("This was corrected or taken back since.")
    gone = Evidence.objects.create(
        **about(target),
        kind=evidence.kind,
        text="",
        withdrawn=True,
        readership=evidence.readership,
        supersedes=evidence,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    _record(gone, target, by)
    return gone


@transaction.atomic
def record_falsifier(
    *, target: Target, facet: Facet, text: str, by: User, readership: Readership = Readership.PUBLIC
) -> Falsifier:
    """Say what would change the answer to a question."""
    target = hold(target)
    falsifier = Falsifier.objects.create(
        **about(target),
        facet=facet.value,
        text=required(text, "What would change the answer"),
        readership=readership.value,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    _record_falsifier(falsifier, target, by)
    return falsifier


@transaction.atomic
def update_falsifier(
    *, falsifier: Falsifier, by: User, state: str, remark: str = "", withdrawn: bool = False
) -> Falsifier:
    """Say whether it was looked for and found, as one more entry; `withdrawn` takes it off the list."""
    target = hold(target_of(falsifier))
    if state not in FalsifierState.values:
        raise EvidenceError("Say whether it was looked for, and whether it was found.")
    if falsifier.superseded_by.exists():
        raise StaleClaimError("Somebody answered this since you opened the page.")
    newer = Falsifier.objects.create(
        **about(target),
        facet=falsifier.facet,
        text=falsifier.text,
        state=state,
        note=text_within(remark, "Remark"),
        readership=falsifier.readership,
        supersedes=falsifier,
        withdrawn=withdrawn,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    _record_falsifier(newer, target, by)
    return newer


def content_of_evidence(evidence: Evidence) -> list[object]:
    """Return what the sealed hash of a piece of evidence covers, in this order."""
    return [
        evidence.kind,
        evidence.text,
        evidence.region,
        evidence.region_label,
        evidence.other_region,
        evidence.measurement,
    ]


def content_of_falsifier(falsifier: Falsifier) -> list[object]:
    """Return what the sealed hash of a falsifier covers, in this order."""
    return [falsifier.facet, falsifier.text, falsifier.state, falsifier.note]


def _require_bearings(target: Target, bearings: Sequence[BearingOn]) -> None:
    if len(bearings) > MOST_BEARINGS:
        raise EvidenceError(f"A piece of evidence bears on at most {MOST_BEARINGS} claims.")
    home = collection_of(target).pk
    for one in bearings:
        if one.stance not in Stance.values or one.diagnosticity not in Diagnosticity.values:
            raise EvidenceError(
                "Say for each claim whether it speaks for or against it, and how much it helps."
            )
        if collection_of(target_of(one.claim)).pk != home:
            raise EvidenceError("Evidence bears on claims of the same collection.")
    if len({one.claim.pk for one in bearings}) < len(bearings):
        raise EvidenceError("Say once for each claim how it bears on it.")


def _record(evidence: Evidence, target: Target, by: User) -> None:
    note(
        target,
        Kind.EVIDENCE_RECORDED,
        by.pk,
        {
            "evidence": evidence.pk,
            "supersedes": evidence.supersedes_id,
            "withdrawn": evidence.withdrawn,
            "bearings": [
                [one.claim_id, one.stance, one.diagnosticity]
                for one in evidence.bearings.order_by("claim_id")
            ],
            "attachment": evidence.attachment.sha256 if evidence.attachment else None,
            "content": sealed(content_of_evidence(evidence), evidence.salt),
        },
    )


def _record_falsifier(falsifier: Falsifier, target: Target, by: User) -> None:
    note(
        target,
        Kind.FALSIFIER_RECORDED,
        by.pk,
        {
            "falsifier": falsifier.pk,
            "supersedes": falsifier.supersedes_id,
            "withdrawn": falsifier.withdrawn,
            "content": sealed(content_of_falsifier(falsifier), falsifier.salt),
        },
    )
