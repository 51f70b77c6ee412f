"""What a WACZ says of itself: whether its files are as they were packed, which pages, captured when.

WACZ 1.1.1 (Webrecorder): a ZIP of datapackage.json (SHA-256 of every file), pages/*.jsonl and
archive/*.warc.gz. No Django here: files from strangers are read in a child process.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

MOST_ENTRIES = 10_000
MOST_UNPACKED = 4 * 2**30
MOST_WARC_RECORDS = 100_000
_BLOCK = 2**20
_MOST_JSON = 16 * 2**20


class WaczError(Exception):
    """The web archive cannot be used; the message says what to do."""


def look(path: str) -> dict[str, Any]:
    """Read a web archive into JSON values; nothing of it is run or shown. Raises `WaczError`.

    {"pages": [url], "captured": {url: [first, last]}, "altered": [name], "listed": n}; instants are ISO 8601.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise WaczError("The web archive is too large to be read here: split it.")
            listed = _listed(archive)
            altered = tuple(name for name, digest in listed.items() if _digest(archive, name) != digest)
            captured: dict[str, tuple[datetime, datetime]] = {}
            for entry in entries:
                if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
                    with archive.open(entry) as warc:
                        _capture(warc, captured)
            return {
                "pages": _pages(archive),
                "captured": {url: [at.isoformat() for at in both] for url, both in captured.items()},
                "altered": altered,
                "listed": len(listed),
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WaczError(f"This is no readable WACZ file ({error}).") from error


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    package = _json(archive, "datapackage.json")
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        raise WaczError("The web archive has no list of its files (datapackage.json).")
    return {
        str(one["path"]): str(one.get("hash", "")).removeprefix("sha256:")
        for one in resources
        if isinstance(one, dict) and "path" in one and str(one.get("hash", "")).startswith("sha256:")
    }


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except KeyError:
        return "missing"
    return digest.hexdigest()


def _capture(warc: IO[bytes], captured: dict[str, tuple[datetime, datetime]]) -> None:
    try:
        for count, record in enumerate(ArchiveIterator(warc)):
            if count > MOST_WARC_RECORDS:
                raise WaczError("The web archive holds too many captures to be read here: split it.")
            if record.rec_type not in ("response", "resource"):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            at = _instant(record.rec_headers.get_header("WARC-Date") or "")
            if url and at:
                first, last = captured.get(url, (at, at))
                captured[url] = (min(first, at), max(last, at))
    except ArchiveLoadFailed as error:
        raise WaczError(f"A capture in the web archive cannot be read ({error}).") from error


def _pages(archive: zipfile.ZipFile) -> tuple[str, ...]:
    found = []
    for name in archive.namelist():
        if name.startswith("pages/") and name.endswith(".jsonl"):
            with archive.open(name) as file:
                for line in file.read(_MOST_JSON).decode("utf-8", "replace").splitlines():
                    try:
                        page = json.loads(line)
                    except ValueError:
                        continue
                    if isinstance(page, dict) and isinstance(page.get("url"), str):
                        found.append(page["url"])
    return tuple(dict.fromkeys(found))


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        with archive.open(name) as file:
            return json.loads(file.read(_MOST_JSON))
    except (KeyError, ValueError, RecursionError):
        return None


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
