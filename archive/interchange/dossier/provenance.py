"""What happened to the photos, who said what, and what was concluded, as W3C PROV in its JSON form.

Names: `photo:`, `file:` (by SHA-256), `claim:` (as the report numbers them, within their photo), `source:`
(numbered within the photo, labelled as the reader may call them), `act:` and `archive:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from prov.model import PROV, ProvDocument

from archive.custody.chain import Kind
from archive.evidence.hearing import Given, Heard
from archive.interchange.dossier import words
from archive.interchange.dossier.gathering import Gathered

SPACES: Final = ("photo", "file", "claim", "source", "act", "archive", "w")
ARCHIVE: Final = "archive:whence"


class Provenance:
    """One PROV document, to which photos are added one by one."""

    def __init__(self, *, site: str, made_at: datetime) -> None:
        self._document = ProvDocument()
        for space in SPACES:
            self._document.add_namespace(space, f"{site}/ns/{space}/")
        self._document.agent(ARCHIVE, {"prov:type": PROV["Organization"], "prov:label": site})
        self._export = "act:export"
        self._document.activity(self._export, None, made_at, {"prov:label": "dossier made"})
        self._document.wasAssociatedWith(self._export, ARCHIVE)

    def add(self, gathered: Gathered) -> None:
        """Add a photo, its files, what was said of it, and the verdicts."""
        photo = f"photo:{gathered.photo.public_id}"
        self._document.entity(
            photo,
            {"prov:label": gathered.told.title, "w:where": gathered.told.where, "w:when": gathered.told.when},
        )
        self._document.used(self._export, photo)
        self._files(gathered, photo)
        numbers = {claim: number for number, claim in enumerate(sorted(gathered.case.claims), 1)}
        for claim in gathered.case.claims.values():
            self._claim(claim, photo, numbers)
        for given in _verdicts(gathered):
            self._verdict(given, photo, numbers)

    def text(self) -> str:
        return f"{self._document.serialize(format='json', indent=1)}\n"

    def _files(self, gathered: Gathered, photo: str) -> None:
        received = {
            event.detail.get("sha256"): event
            for event in gathered.events[gathered.photo.public_id]
            if event.kind in (Kind.RECEIVED, Kind.FILE_ADDED)
        }
        for number, came in enumerate(gathered.files, 1):
            file = f"file:{came.file.sha256}"
            self._document.entity(
                file,
                {"w:sha256": came.file.sha256, "w:bytes": came.file.byte_count, "w:role": came.file.role},
            )
            self._document.wasDerivedFrom(photo, file)
            act = f"act:receipt-{gathered.photo.public_id}-{number}"
            event = received.get(came.file.sha256)
            self._document.activity(act, None, event.at if event else None, {"prov:label": "file received"})
            self._document.used(act, file)
            self._document.wasAssociatedWith(act, ARCHIVE)

    def _claim(self, claim: Heard, photo: str, numbers: dict[int, int]) -> None:
        name = _claim_name(photo, numbers[claim.claim])
        said = {
            "prov:label": words.value(claim.value),
            "w:question": claim.facet.value,
            "w:method": claim.method,
            "w:words": claim.words,
            "w:tag": claim.tag,
            "w:raw": claim.raw,
        }
        self._document.entity(name, {key: text for key, text in said.items() if text})
        self._document.wasInfluencedBy(photo, name)
        speaker = f"source:{name.removeprefix('claim:')}"
        self._document.agent(speaker, {"prov:label": claim.speaker, "w:kind": claim.source_kind})
        self._document.wasAttributedTo(name, speaker)
        self._document.wasGeneratedBy(name, None, claim.made_at)
        for basis in claim.rests_on:
            if basis in numbers:
                self._document.wasDerivedFrom(name, _claim_name(photo, numbers[basis]))

    def _verdict(self, given: Given, photo: str, numbers: dict[int, int]) -> None:
        claim = _claim_name(photo, numbers[given.claim])
        order = f"{claim.removeprefix('claim:')}-{given.at:%Y%m%dT%H%M%S%f}"
        self._document.activity(
            f"act:verdict-{order}",
            None,
            given.at,
            {"prov:label": str(given.judgement.label), "w:reasons": given.reasons},
        )
        self._document.used(f"act:verdict-{order}", claim)
        self._document.agent(f"source:reviewer-{order}", {"prov:label": given.reviewer})
        self._document.wasAssociatedWith(f"act:verdict-{order}", f"source:reviewer-{order}")


def _claim_name(photo: str, number: int) -> str:
    return f"claim:{photo.removeprefix('photo:')}-{number}"


def _verdicts(gathered: Gathered) -> Iterator[Given]:
    for asked in gathered.case.questions.values():
        yield from asked.verdicts
