"""The files of one import: kept in the vault as they came, then read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from archive import vault
from archive.evidence.attachments import keep_attachment, media_type_of
from archive.evidence.errors import EvidenceError
from archive.interchange.autoarchiver.importing import Kept
from archive.interchange.autoarchiver.reading import MOST_BYTES, Record, UnreadableError, read_results
from archive.interchange.autoarchiver.wacz import WaczError, read_wacz

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection
    from archive.evidence.models import Attachment

MOST_FILES = 200
_RESULTS = frozenset({"text/csv", "application/json"})
_ARCHIVE = "application/wacz"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Records in the order of the files, and the web archives by file name and by captured address.

    `problems` are sentences about files that could not be read; the others stand.
    """

    records: tuple[Record, ...]
    archives: dict[str, Kept]
    problems: tuple[str, ...]


def keep(stream: IO[bytes], name: str, *, collection: Collection, by: User) -> Attachment:
    """Store a result or a web archive. Raises `EvidenceError` for any other file, `VaultError`."""
    if media_type_of(name) not in _RESULTS | {_ARCHIVE}:
        raise EvidenceError(f"{name}: an import takes results as CSV or JSON, and WACZ files.")
    stored = vault.put(stream)
    return keep_attachment(
        collection=collection, sha256=stored.sha256, byte_count=stored.byte_count, name=name, by=by
    )


def read_bundle(attachments: Sequence[Attachment]) -> Bundle:
    """Read the kept files of an import; one that cannot be read is named and the others go on."""
    records: list[Record] = []
    archives: dict[str, Kept] = {}
    problems: list[str] = []
    for attachment in attachments:
        path = vault.path(attachment.sha256)
        try:
            if attachment.media_type == _ARCHIVE:
                kept = Kept(read_wacz(path), attachment)
                archives[attachment.name] = kept
                for url in (*kept.archive.pages, *kept.archive.captured):
                    archives.setdefault(url, kept)
            else:
                with path.open("rb") as file:  # one byte more than allowed is enough to refuse the rest
                    records += read_results(file.read(MOST_BYTES + 1), attachment.name)
        except (UnreadableError, WaczError) as error:
            problems.append(f"{attachment.name}: {error}")
    return Bundle(tuple(records), archives, tuple(problems))
