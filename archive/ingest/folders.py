"""Files of this machine on their way into a deposit: walked, named, announced, stored."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from archive import vault
from archive.catalogue.models import Collection, File
from archive.ingest import arrivals, staging
from archive.ingest.models import Deposit, DepositFile
from archive.ingest.names import LONGEST_NAME, Kind, clean, kind_of, order_of, why_not
from archive.ingest.zips import is_clutter

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A file to deposit: where it lies, and its name within the deposit."""

    path: Path
    name: str
    byte_count: int


def find(paths: Sequence[Path]) -> list[Found]:
    """Walk files and folders; a folder's own name leads its files' names, as when it is dropped on the page.

    Clutter of desktops is passed over. Raises FileNotFoundError for a path that is not there.
    """
    found: dict[str, Found] = {}
    for path in paths:
        for file, name in _walk(path):
            unique = _unused(found, file, clean(name))
            found[unique] = Found(file, unique, file.stat().st_size)
    return sorted(found.values(), key=lambda item: order_of(item.name))


def deposit_files(
    *, collection: Collection, by: User | None, files: Sequence[Found], tell: Callable[[Found], None]
) -> Deposit:
    """Open a deposit, announce every file and store one after the other; `tell` hears of each when done."""
    deposit = arrivals.open_deposit(collection=collection, by=by)
    arrivals.announce(deposit=deposit, files=((item.name, item.byte_count) for item in files), complete=True)
    deposit.refresh_from_db()
    for first in range(0, len(files), BATCH):
        batch = files[first : first + BATCH]
        rows = {row.name: row for row in deposit.files.filter(name__in=[item.name for item in batch])}
        for item in batch:
            file = rows[item.name]
            file.deposit = deposit
            _store(file, item)
            tell(item)
    return deposit


def _store(file: DepositFile, item: Found) -> None:
    reason = _why_not(item)
    if reason:
        arrivals.refuse(file=file, reason=reason)
        return
    try:
        if _is_known(file, item):
            return
        staging.require_room(item.byte_count)
        with item.path.open("rb") as stream:
            arrivals.store(file=file, stream=stream)
    except vault.NoRoom as full:
        arrivals.refuse(file=file, reason=str(full))
    except OSError as error:
        arrivals.refuse(file=file, reason=f"it cannot be read from disk: {error.strerror or error}")


def _is_known(file: DepositFile, item: Found) -> bool:
    """Queue a file without copying it when the collection has its bytes; most lengths are new already."""
    here = File.objects.filter(collection_id=file.deposit.collection_id, byte_count=item.byte_count)
    if not here.exists():
        return False
    digest = vault.digest_of(item.path)
    known = here.filter(sha256=digest).exists()
    return known and vault.exists(digest) and arrivals.received(file=file, sha256=digest)


def _why_not(item: Found) -> str | None:
    if kind_of(item.name) is None:
        return why_not(item.name)
    if kind_of(item.name) is not Kind.ARCHIVE and item.byte_count > settings.MAX_FILE_BYTES:
        return f"it is larger than the {settings.MAX_FILE_BYTES // 2**20} MB taken here"
    if item.byte_count == 0:
        return "it is empty: copy it again from where it came from"
    return None


def _walk(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.name
        return
    if not path.is_dir():
        raise FileNotFoundError(f"{path}: no such file or folder")
    top = path.resolve()
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        for name in sorted(names):
            file = Path(folder) / name
            if file.is_file() and not is_clutter(name):
                yield file, f"{top.name}/{file.relative_to(top)}"


def _unused(taken: dict[str, Found], file: Path, name: str) -> str:
    """Lead with more of the folders when two paths would have the same name."""
    parts = clean(str(file.resolve())).split("/")
    count = name.count("/") + 1
    while name in taken and count < len(parts):
        count += 1
        name = "/".join(parts[-count:])
    return name[-LONGEST_NAME:]
