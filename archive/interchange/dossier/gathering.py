"""Gathers what one reader may know of one photo: a bounded number of questions to the rooms below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from archive import vault
from archive.access import rights
from archive.access.rights import Viewer
from archive.catalogue.files import numbered
from archive.catalogue.models import File, Photo, Role
from archive.checks.run import current_findings
from archive.custody.chain import links_of
from archive.custody.heads import Proof, prove
from archive.custody.models import CustodyEvent, DayHead
from archive.evidence.attachments import MEDIA_TYPES
from archive.evidence.hearing import Case, case_of
from archive.evidence.models import Attachment
from archive.interchange.dossier import chains, telling, words
from archive.interchange.dossier.told import FileTold, Line, PhotoTold

UNTITLED = "Untitled photo"
_CAMERA = (
    ("make", "Make"),
    ("model", "Model"),
    ("lens", "Lens"),
    ("focal_length_mm", "Focal length, mm"),
    ("exposure_s", "Exposure, s"),
    ("aperture", "Aperture, f/"),
    ("iso", "ISO"),
    ("altitude_m", "Altitude, m"),
)


@dataclass(frozen=True, slots=True)
class Came:
    """A file that this reader may know of; `path` is where its bytes lie in the dossier, if they do."""

    file: File
    path: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A page or document kept with the case; `chain` is its own."""

    chain: str
    sha256: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """One photo for one reader: case, files, documents, and their chains with the texts sealed in them."""

    photo: Photo
    reader: chains.Reader
    case: Case
    files: tuple[Came, ...]
    documents: tuple[Document, ...]
    events: Mapping[str, Sequence[CustodyEvent]]
    proofs: Mapping[str, Proof]
    texts: Mapping[str, Sequence[dict[str, Any]]]
    told: PhotoTold


def gather(
    photo: Photo,
    *,
    viewer: Viewer,
    with_original: bool,
    head: DayHead | None,
    absolute: Callable[[Photo], str],
    has_picture: bool,
) -> Gathered:
    """`photo` is visible to the viewer; `with_original` says that its bytes come along."""
    inside = rights.is_inside(viewer, photo.collection)
    readers = rights.readerships(viewer, photo.collection)
    user = viewer if viewer.is_authenticated else None
    case = case_of(photo, readerships=readers, viewer=user, known=rights.visible(viewer))
    findings = current_findings(photo, readers)
    known = {one.other_photo for one in case.grounds if one.other_photo}
    reader = chains.Reader.of(case, readers)
    documents = _documents(case, with_original=with_original)
    series = sorted({one.series for one in case.claims.values() if one.series})
    names = [photo.public_id, *series, *(one.chain for one in documents)]
    events: dict[str, list[CustodyEvent]] = {name: [] for name in names}
    for event in links_of(names):
        events[event.chain].append(event)
    own = events[photo.public_id]
    files = _files(photo, inside=inside, with_original=with_original)
    numbers = telling.Numbers.of(case, known)
    proofs = prove(head, names) if head is not None else {}
    return Gathered(
        photo=photo,
        reader=reader,
        case=case,
        files=files,
        documents=documents,
        events=events,
        proofs=proofs,
        texts={name: chains.texts_of(photo, case, events[name]) for name in (photo.public_id, *series)}
        if inside
        else {},
        told=PhotoTold(
            public_id=photo.public_id,
            title=photo.title or UNTITLED,
            collection=photo.collection.title,
            address=absolute(photo),
            caption=photo.caption,
            language=photo.language,
            picture=f"pictures/{photo.public_id}.jpg" if has_picture else "",
            width=files[0].file.width or 0 if files else 0,
            height=files[0].file.height or 0 if files else 0,
            alt=photo.alt_text or photo.caption[:300] or photo.title or "Photograph without a description",
            boxes=telling.boxes(case, numbers),
            where=words.where(case.settled.place),
            when=words.when(case.settled.time),
            facts=_facts(photo, files, inside=inside),
            notes=photo.provenance_notes,
            questions=telling.questions(case, numbers),
            grounds=telling.loose_grounds(case, numbers),
            appearances=telling.appearances(case.appearances),
            findings=telling.findings(findings, numbers),
            turns=telling.turns(case, numbers),
            files=tuple(_file(came, inside=inside) for came in files),
            custody=chains.custody_told(
                own, proofs.get(photo.public_id), reader, _names(own) if inside else {}
            ),
        ),
    )


def _files(photo: Photo, *, inside: bool, with_original: bool) -> tuple[Came, ...]:
    seen = [file for file in numbered(photo) if inside or file.role != Role.SIDECAR]
    return tuple(
        Came(file, f"originals/{photo.public_id}-{number}.{_suffix(file)}")
        if with_original and vault.exists(file.sha256)
        else Came(file, None)
        for number, file in enumerate(seen, 1)
    )


def _documents(case: Case, *, with_original: bool) -> tuple[Document, ...]:
    """Return the documents of the case; `case` names only those that its reader may have."""
    numbers = {one.attachment for one in case.appearances} | {one.attachment for one in case.grounds}
    return tuple(
        Document(
            row.public_id,
            row.sha256,
            f"documents/{row.public_id}{_ending(row.name)}"
            if with_original and vault.exists(row.sha256)
            else None,
        )
        for row in Attachment.objects.filter(pk__in=numbers - {None}).order_by("pk")
    )


def _ending(name: str) -> str:
    """Return the ending of a name that was taken in, nothing where it is not one we know."""
    known = [ending for ending in MEDIA_TYPES if name.lower().endswith(ending)]
    return max(known, key=len, default="")


def _suffix(file: File) -> str:
    kind = file.format.lower()
    known = {"jpeg": "jpg", "heif": "heic", "": "xmp"}
    return known.get(
        kind, "".join(letter for letter in kind if letter.isascii() and letter.isalnum()) or "bin"
    )


def _file(came: Came, *, inside: bool) -> FileTold:
    file = came.file
    pixels = f"{file.width:,} × {file.height:,}" if file.width and file.height else ""
    pairs = (
        ("Name", file.name if inside else ""),
        ("Kind", file.format or "sidecar"),
        ("Size", words.size(file.byte_count)),
        ("Pixels", pixels),
        ("Received", words.minute(file.received_at)),
    )
    lines = tuple(Line(label, text) for label, text in pairs if text)
    return FileTold(str(Role(file.role).label), lines, file.sha256, came.path or "")


def _facts(photo: Photo, files: Sequence[Came], *, inside: bool) -> tuple[Line, ...]:
    uri = photo.rights_uri or photo.collection.rights_uri
    pairs = [
        ("Collection", photo.collection.title),
        ("Creator", photo.creator),
        ("Credit line", photo.credit),
        ("Rights", uri or photo.collection.rights_note),
        ("Identifier", photo.identifier),
        ("Keywords", ", ".join(photo.keywords)),
        ("People", ", ".join(photo.people)),
    ]
    primary = next((came.file for came in files if came.file.role == Role.PRIMARY), None)
    if primary is not None:
        serial = str(primary.reading.get("serial") or "")
        for fact, label in _CAMERA:
            text = str(primary.reading.get(fact) or "")
            if inside or not serial or serial not in text:  # some cameras write it into the model
                pairs.append((label, text))
        if inside and serial:
            pairs.append(("Serial number", serial))
    return tuple(Line(label, text) for label, text in pairs if text)


def _names(events: Sequence[CustodyEvent]) -> dict[str, str]:
    users = get_user_model().objects.filter(pk__in=chains.accounts_in(events))
    return {str(user.pk): user.get_username() for user in users}
