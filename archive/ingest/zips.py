"""Unpack a received ZIP into files of the same deposit, by streaming and within limits."""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.conf import settings

from archive.ingest import arrivals, staging
from archive.ingest.errors import Refused
from archive.ingest.models import DepositFile, FileState
from archive.ingest.names import LONGEST_NAME, Kind, clean, kind_of, order_of, why_not

if TYPE_CHECKING:
    from pathlib import Path

MOST_ENTRIES: Final = 20_000
MOST_DIRECTORY_BYTES: Final = 16 * 2**20
MOST_TOTAL_FILES: Final = 8  # times the largest single file allowed
MOST_RATIO: Final = 100  # pictures hardly shrink; what shrinks more is no photograph
RATIO_FROM_BYTES: Final = 4 * 2**20
_END = b"PK\x05\x06"  # APPNOTE.TXT 6.3.10, 4.3.16
_END_64_LOCATOR = b"PK\x06\x07"  # 4.3.15
_ENCRYPTED = 0x1  # 4.4.4, general purpose bit 0
_IGNORED_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def unpack(file: DepositFile) -> None:
    """Give each entry its own row and queue it; entries already queued by an earlier start are left alone.

    Raises `Refused` for an archive that cannot be opened or is beyond the limits, `NoRoom`.
    """
    path = staging.bytes_of(file)
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries: dict[tuple[str, int], zipfile.ZipInfo] = {}
            for entry in archive.infolist():
                if not entry.is_dir() and not is_clutter(entry.filename):
                    entries.setdefault((_name_in(file, entry), entry.file_size), entry)
            _check_total(archive)
            names = sorted(entries, key=lambda name: order_of(name[0]))
            arrivals.announce(deposit=file.deposit, files=names)
            for name in names:
                _unpack_entry(archive, entries[name], file, *name)
    except (zipfile.BadZipFile, ValueError, struct.error, EOFError) as error:
        raise Refused(f"the ZIP archive is damaged ({error}): make it again") from error


def is_clutter(name: str) -> bool:
    """Whether a name is what desktops leave beside pictures; such files are passed over in silence."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or path.name.lower() in _IGNORED_NAMES or "__MACOSX" in path.parts


def _unpack_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, parent: DepositFile, name: str, count: int
) -> None:
    file = DepositFile.objects.select_related("deposit").get(
        deposit_id=parent.deposit_id, name=name, byte_count=count
    )
    if file.state != FileState.UPLOADING:
        return
    reason = _why_not(entry)
    if reason:
        arrivals.refuse(file=file, reason=reason)
        return
    try:
        with archive.open(entry) as stream:
            arrivals.store(file=file, stream=stream)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if isinstance(error, OSError):
            raise
        staging.discard(file)
        arrivals.refuse(file=file, reason=f"it could not be unpacked ({error})")


def _why_not(entry: zipfile.ZipInfo) -> str | None:
    """Say why an entry is not unpacked; the first reason that holds."""
    name = entry.filename.replace("\\", "/")
    kind = kind_of(name)
    dense = entry.file_size > RATIO_FROM_BYTES and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
    reasons = (
        (
            name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"),
            "its path leads out of the archive",
        ),
        (stat.S_ISLNK(entry.external_attr >> 16), "it is a link, not a file"),
        (entry.flag_bits & _ENCRYPTED, "it is encrypted: make a ZIP without a password"),
        (kind is Kind.ARCHIVE, "archives within archives are not unpacked: upload it by itself"),
        (kind is None, why_not(name)),
        (
            entry.file_size > settings.MAX_FILE_BYTES,
            f"it is larger than the {settings.MAX_FILE_BYTES // 2**20} MB taken here",
        ),
        (dense, f"it grows more than {MOST_RATIO} times when unpacked, as no photograph does"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _name_in(file: DepositFile, entry: zipfile.ZipInfo) -> str:
    name = f"{file.name}/{clean(entry.filename)}"
    if len(name) <= LONGEST_NAME:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:12]
    suffix = PurePosixPath(name).suffix[:10]
    return f"{name[: LONGEST_NAME - 24]}~{mark}{suffix}"


def _check_total(archive: zipfile.ZipFile) -> None:
    total = sum(entry.file_size for entry in archive.infolist())
    most = MOST_TOTAL_FILES * settings.MAX_FILE_BYTES
    if total > most:
        raise Refused(f"unpacked it would take more than {most // 2**30} GB: split it")
    staging.require_room(total)


def _check_directory(path: Path) -> None:
    """Look at the size of the central directory before it is read whole into memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 22 - 0xFFFF))
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            raise Refused("it is no ZIP archive, or its end is missing: make it again")
        entries, length = struct.unpack_from("<HL", tail, at + 10)
        if at >= 20 and tail[at - 20 : at - 16] == _END_64_LOCATOR:
            file.seek(struct.unpack_from("<Q", tail, at - 12)[0])
            record = file.read(56)
            if len(record) < 56:
                raise Refused("the ZIP archive is damaged: make it again")
            entries, length = struct.unpack_from("<QQ", record, 32)
    if entries > MOST_ENTRIES or length > MOST_DIRECTORY_BYTES:
        raise Refused(f"it has more than {MOST_ENTRIES} entries: split it")
