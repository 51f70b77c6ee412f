"""Evidence on a whole series, as the page of the series lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.evidence.case import Bears
from archive.evidence.records import current_evidence
from archive.evidence.sources import spoken_name
from archive.evidence.vocabulary import EvidenceKind
from archive.pages.grounds.bearing_words import HELPS, bearing_phrases

if TYPE_CHECKING:
    from archive.evidence.models import Evidence, Series
    from archive.values.readership import Readership

_LOOKS = {0: "neutral", 1: "warning", 2: "might", 3: "ok"}


@dataclass(frozen=True, slots=True)
class GroundLine:
    """One piece of evidence; `helps` says how much at most, `bears` on which lines of the page."""

    number: int
    text: str
    kind: str
    helps: str
    look: str
    bears: tuple[str, ...]
    source: str
    document: str
    document_url: str
    readership: str


def series_grounds(
    series: Series, may_read: frozenset[Readership], letters: Mapping[int, str], *, inside: bool
) -> list[GroundLine]:
    """`letters` are those of the claims on the page, by row: of others nothing is told."""
    return [_line(one, may_read, letters, inside=inside) for one in current_evidence(series, may_read)]


def _line(
    evidence: Evidence, may_read: frozenset[Readership], letters: Mapping[int, str], *, inside: bool
) -> GroundLine:
    bears = [
        Bears(one.claim_id, one.stance, one.diagnosticity, one.reason)
        for one in evidence.bearings.all()
        if one.claim_id in letters
    ]
    most = max((one.diagnosticity for one in bears), default=0)
    document = evidence.attachment
    if document is not None and document.readership not in may_read:
        document = None
    return GroundLine(
        number=evidence.pk,
        text=evidence.text,
        kind=str(EvidenceKind(evidence.kind).label),
        helps=HELPS[most],
        look=_LOOKS[most],
        bears=tuple(bearing_phrases(bears, letters)),
        source=spoken_name(evidence.source, inside=inside) if evidence.source else "",
        document=document.name if document else "",
        document_url=reverse("attachment", args=[document.public_id]) if document else "",
        readership="" if evidence.readership == "public" else evidence.get_readership_display(),
    )
