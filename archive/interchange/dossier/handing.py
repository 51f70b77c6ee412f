"""A dossier handed over: as a folder, or as a ZIP that is read while it is written."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from archive import vault
from archive.access.rights import Viewer
from archive.catalogue.models import Photo
from archive.interchange.dossier.building import MOST_PHOTOS, Asked, Dossier, DossierError, build

log = logging.getLogger(__name__)

CHUNK: Final = 1 << 18
_PRESSED: Final = frozenset({".html", ".json", ".css", ".py", ""})


def write_dossier(
    photos: Iterable[Photo],
    out: Path,
    *,
    viewer: Viewer,
    selection_text: str,
    with_originals: bool,
    site: str = "",
    by: User | None = None,
    most: int = MOST_PHOTOS,
) -> Dossier:
    """Write a folder, or a ZIP where `out` ends in .zip; it must not be there yet. Raises `DossierError`.

    It holds what `viewer` may know; `by` takes it out, if that is somebody else.
    """
    if out.exists():
        raise DossierError(f"{out} is there already: name a new folder or file.")
    asked = _asked(viewer, by, selection_text, site, most, with_originals=with_originals)
    if out.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory() as temporary:
            dossier = build(photos, Path(temporary), asked)
            with out.open("xb") as file:
                file.writelines(zipped(dossier, out.stem))
        return dossier
    out.mkdir(parents=True)
    try:
        dossier = build(photos, out, asked)
    except DossierError:
        shutil.rmtree(out)
        raise
    for name, digest in dossier.originals:
        (out / name).parent.mkdir(exist_ok=True)
        with (out / name).open("xb") as file:
            file.writelines(_original(digest))
    return dossier


def stream_dossier(
    photos: Iterable[Photo],
    *,
    viewer: Viewer,
    selection_text: str,
    with_originals: bool,
    site: str = "",
    by: User | None = None,
    most: int = MOST_PHOTOS,
    name: str = "dossier",
) -> Iterator[bytes]:
    """Build the dossier, then return its ZIP in pieces; a link in each chain is written before the first.

    It holds what `viewer` may know; `by` takes it out, if that is somebody else.

    Originals go from the vault into the stream, everything else waits in a temporary folder until the end.
    Raises `DossierError` at once.
    """
    asked = _asked(viewer, by, selection_text, site, most, with_originals=with_originals)
    temporary = tempfile.TemporaryDirectory()
    try:
        dossier = build(photos, Path(temporary.name), asked)
    except BaseException:
        temporary.cleanup()
        raise
    return _Pieces(zipped(dossier, name), temporary.cleanup)


class _Pieces(Iterator[bytes]):
    """Hands pieces on; whoever stops listening calls `close`, and the folder goes either way."""

    def __init__(self, pieces: Iterator[bytes], cleanup: Callable[[], None]) -> None:
        self._pieces, self._cleanup = pieces, cleanup

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._cleanup()


def zipped(dossier: Dossier, name: str) -> Iterator[bytes]:
    """Yield the dossier as a ZIP with one folder, in pieces of about `CHUNK` bytes."""
    pipe = _Pipe()
    now = datetime.now(UTC).timetuple()[:6]
    with zipfile.ZipFile(pipe, "w", allowZip64=True) as archive:
        for path, pieces in _everything(dossier):
            info = zipfile.ZipInfo(f"{name}/{path}", now)
            pressed = Path(path).suffix in _PRESSED
            info.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    if len(pipe.waiting) >= CHUNK:
                        yield pipe.take()
    yield pipe.take()


class _Pipe:
    """What `zipfile` writes, until somebody takes it. It cannot seek: sizes follow the bytes."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, content: bytes, /) -> int:
        self.waiting += content
        return len(content)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """What waits is still to be taken."""

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def _everything(dossier: Dossier) -> Iterator[tuple[str, Iterator[bytes]]]:
    for path in sorted(dossier.folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(dossier.folder).as_posix(), _pieces(path)
    for name, digest in dossier.originals:
        yield name, _original(digest)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _original(digest: str) -> Iterator[bytes]:
    """Yield an original's bytes. One that changed on disk is handed over as it is: the verifier tells."""
    found = hashlib.sha256()
    with vault.open_original(digest) as file:
        while piece := file.read(CHUNK):
            found.update(piece)
            yield piece
    if found.hexdigest() != digest:
        log.error("original %s has changed on disk: restore it from a backup", digest)


def _asked(
    viewer: Viewer, by: User | None, selection: str, site: str, most: int, *, with_originals: bool
) -> Asked:
    home = (site or next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://localhost")).rstrip("/")
    return Asked(
        viewer=viewer,
        by=by if by is not None or not viewer.is_authenticated else viewer,
        selection=selection,
        with_originals=with_originals,
        site=home,
        most=min(most, MOST_PHOTOS),
        absolute=lambda photo: home + reverse("photo", args=[photo.public_id]),
    )
