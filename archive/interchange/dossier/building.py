"""Builds a dossier: everything but the bytes of originals in a folder, then the manifest, then the seal.

1. gather    each photo as the reader may know it, one after another
2. write     picture, page, chain; at the end contents, provenance, list, PDF, verifier
3. hash      SHA256SUMS names every file and its SHA-256, those of originals from the catalogue
4. record    a link in each photo's chain names the manifest's hash (not for visitors without an account)
5. seal      seal.json names the manifest and holds those links
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from archive import vault
from archive.access import rights
from archive.access.rights import Viewer
from archive.catalogue.models import File, Photo, Role
from archive.custody.chain import Kind, actor_of, links_of, record_each
from archive.custody.errors import StampError
from archive.custody.heads import newest_head
from archive.custody.links import canonical
from archive.custody.models import DayHead
from archive.custody.stamps import stamp_of
from archive.interchange.dossier import chains, pages, pdf, words
from archive.interchange.dossier.gathering import Document, Gathered, gather
from archive.interchange.dossier.provenance import Provenance
from archive.interchange.dossier.told import Cover, Entry, PhotoTold
from archive.interchange.dossier.verify import MANIFEST, SEAL

MOST_PHOTOS: Final = 500
PICTURE, THUMB = vault.SIZES[1], vault.SIZES[0]
_VERIFIER: Final = "verify.py"


class DossierError(Exception):
    """A dossier that cannot be made, and what to ask for instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For whose eyes, and what; `absolute` gives a photo's address on the web.

    `by` is who takes it out and stands in the chains; nobody for visitors without an account.
    """

    viewer: Viewer
    by: User | None
    selection: str
    with_originals: bool
    site: str
    most: int
    absolute: Callable[[Photo], str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was built. `originals` are paths in the dossier and digests; their bytes are not in the folder.

    `cut` says that more photos were asked for than fit.
    """

    folder: Path
    originals: tuple[tuple[str, str], ...]
    manifest: str
    seal: str
    photos: int
    cut: bool


def build(photos: Iterable[Photo], folder: Path, asked: Asked) -> Dossier:
    """Build in an empty folder what the viewer may know. Raises `DossierError` when that is nothing."""
    wanted = list(islice(photos, asked.most + 1))
    cut, wanted = len(wanted) > asked.most, wanted[: asked.most]
    seen = _visible(wanted, asked.viewer)
    if not seen:
        raise DossierError("There is no photo to report on: choose photos that you may see.")
    work = _Work(folder, asked)
    for photo in seen:
        work.add(photo)
    work.finish(cut=cut)
    manifest = _write_manifest(folder, work.originals)
    seal = _record_and_seal(folder, work, manifest)
    return Dossier(folder, tuple(work.originals), manifest, seal, len(seen), cut=cut)


class _Work:
    """The folder as it fills, and what the last steps need of every photo."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        self.folder, self.asked = folder, asked
        self.made_at = datetime.now(UTC)
        self.head = newest_head()
        self.ends: dict[str, int] = {}
        self.inside: dict[str, bool] = {}
        self.photos: list[Photo] = []
        self.originals: list[tuple[str, str]] = []
        self._contents: list[dict[str, Any]] = []
        self._documents: dict[str, Document] = {}
        self._entries: list[Entry] = []
        self._told: list[PhotoTold] = []
        self._provenance = Provenance(site=asked.site, made_at=self.made_at)
        for name in ("photos", "pictures", "custody"):
            (folder / name).mkdir(parents=True)
        if self.head is not None:
            self._write_head(self.head)

    def add(self, photo: Photo) -> None:
        gathered = gather(
            photo,
            viewer=self.asked.viewer,
            with_original=self.asked.with_originals and rights.may_see_original(self.asked.viewer, photo),
            head=self.head,
            absolute=self.asked.absolute,
            has_picture=self._write_pictures(photo),
        )
        self.photos.append(photo)
        self.originals += [(came.path, came.file.sha256) for came in gathered.files if came.path]
        for document in gathered.documents:
            if document.chain not in self._documents:
                self._documents[document.chain] = document
                self.originals += [(document.path, document.sha256)] if document.path else []
        self._contents.append(_contents_of(gathered))
        self._provenance.add(gathered)
        self._write_chains(gathered)
        told = gathered.told
        page = f"photos/{told.public_id}.html"
        self._write(page, pages.photo_page(told))
        self._told.append(told)
        thumb = f"pictures/{told.public_id}-small.jpg" if told.picture else ""
        self._entries.append(Entry(told.public_id, page, told.title, told.where, told.when, thumb, told.alt))

    def finish(self, *, cut: bool) -> None:
        cover = self._cover(cut=cut)
        self._write(pages.COVER, pages.cover_page(cover, self._entries))
        self._write("provenance.json", self._provenance.text())
        self._write(
            "contents.json",
            _pretty(
                {
                    "version": 1,
                    "made": self.made_at.isoformat(),
                    "photos": self._contents,
                    "documents": [
                        {"id": one.chain, "files": [{"sha256": one.sha256, "path": one.path}]}
                        for one in self._documents.values()
                    ],
                }
            ),
        )
        for name in (pages.STYLE, _VERIFIER):
            self._write(name, resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
        pdf.write(cover, self._told, self.folder)

    def _cover(self, *, cut: bool) -> Cover:
        viewer = self.asked.viewer
        count = len(self._entries)
        came = "with the originals as they were received" if self.originals else "without originals"
        return Cover(
            title=self._entries[0].title if count == 1 else f"{count} photos",
            made_at=words.minute(self.made_at),
            reader=viewer.get_username() if viewer.is_authenticated else "everyone",
            selection=self.asked.selection,
            archive=self.asked.site,
            count=count,
            originals=came,
            head=f"{self.head.day}: {self.head.hash}" if self.head else "",
            stamp=_stamp_words(self.head),
            left_out=f"Only the first {self.asked.most} photos are in it." if cut else "",
        )

    def _write_pictures(self, photo: Photo) -> bool:
        file = photo.files.filter(role=Role.PRIMARY).first()
        if file is None or not _has_copies(file):
            return False
        for size, name in ((PICTURE, f"{photo.public_id}.jpg"), (THUMB, f"{photo.public_id}-small.jpg")):
            shutil.copyfile(vault.derivative_path(file.sha256, size), self.folder / "pictures" / name)
        return True

    def _write_chains(self, gathered: Gathered) -> None:
        for chain, events in gathered.events.items():
            if chain in self.ends:
                continue  # a series or a document that another photo in here has too
            told = chains.chain_json(
                chain,
                events,
                gathered.proofs.get(chain),
                reader=gathered.reader,
                texts=gathered.texts.get(chain, ()),
            )
            self._write(f"custody/{chain}.json", _pretty(told))
            self.ends[chain] = len(events)
            self.inside[chain] = gathered.reader.inside

    def _write_head(self, head: DayHead) -> None:
        self._write("custody/head.json", _pretty(chains.head_json(head)))
        if head.stamp is not None:
            (self.folder / "custody/head.tsr").write_bytes(bytes(head.stamp))
            self._write("custody/head.txt", head.hash)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")


def _visible(wanted: Sequence[Photo], viewer: Viewer) -> list[Photo]:
    """Return those the viewer may know of, in the order asked for, whoever chose them."""
    ids = [photo.pk for photo in wanted]
    known = rights.visible(viewer).select_related("collection").prefetch_related("files").in_bulk(ids)
    return [known[pk] for pk in dict.fromkeys(ids) if pk in known]


def _has_copies(file: File) -> bool:
    try:
        if not all(vault.derivative_path(file.sha256, size).exists() for size in vault.SIZES):
            stated = file.reading.get("orientation")
            vault.derive(file.sha256, orientation=stated if isinstance(stated, int) else None)
    except vault.VaultError:
        return False  # a report without the picture still says what is known
    return True


def _contents_of(gathered: Gathered) -> dict[str, Any]:
    return {
        "id": gathered.photo.public_id,
        "title": gathered.told.title,
        "files": [{"sha256": came.file.sha256, "path": came.path} for came in gathered.files],
    }


def _write_manifest(folder: Path, originals: Sequence[tuple[str, str]]) -> str:
    lines = {path.relative_to(folder).as_posix(): vault.digest_of(path) for path in _files(folder)}
    lines |= dict(originals)
    text = "".join(f"{lines[name]}  {name}\n" for name in sorted(lines))
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def _record_and_seal(folder: Path, work: _Work, manifest: str) -> str:
    links: dict[str, list[dict[str, Any]]] = {}
    if work.asked.by is not None:
        links = _record(work, work.asked.by, manifest)
    content = {"version": 1, "manifest": manifest, "links": links}
    seal = hashlib.sha256(canonical(content)).hexdigest()
    (folder / SEAL).write_bytes(canonical({**content, "seal": seal}) + b"\n")
    return seal


@transaction.atomic
def _record(work: _Work, by: User, manifest: str) -> dict[str, list[dict[str, Any]]]:
    """Write the links, and return what came into each chain since it was copied, they at the end."""
    ids = [photo.pk for photo in work.photos]
    locked = Photo.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    names = list(locked.values_list("public_id", flat=True))
    detail = {"dossier": manifest, "photos": len(ids), "originals": bool(work.originals)}
    record_each(chains=names, kind=Kind.EXPORTED, actor=actor_of(by.pk), detail=detail)
    links: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for event in links_of(names):
        if event.sequence >= work.ends[event.chain]:
            opening = chains.Opening.CLOSED  # what came in between is in no report yet
            if event.kind == Kind.EXPORTED and event.detail.get("dossier") == manifest:
                inside = work.inside[event.chain]
                opening = chains.Opening.WHOLE if inside else chains.Opening.SAID
            links[event.chain].append(chains.link_json(event, opening))
    return links


def _stamp_words(head: DayHead | None) -> str:
    try:
        stamp = stamp_of(head) if head is not None else None
    except StampError as error:
        return str(error)
    return f"{stamp.by}, {words.instant(stamp.at)}" if stamp else ""


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
