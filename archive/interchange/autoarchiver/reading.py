"""Reads what an auto-archiver wrote about each page it kept, in any of its three shapes.

1. JSON: one result object, a list of them, or one a line: {"status", "metadata": {...}, "media": [...]}.
2. CSV with the columns status, metadata and media, whose cells hold Python literals (its CSV database).
3. CSV exported from its spreadsheet, with the columns Link, Archive location, Upload timestamp and so on.

(bellingcat/auto-archiver, documentation of its databases and of its Metadata and Media objects.)
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 32 * 2**20
MOST_RECORDS = 2_000
_LONGEST_CELL = 2**20
_CLOCK = re.compile(r"datetime\.datetime\((?P<parts>[\d, ]+)(?:, tzinfo=(?P<zone>[\w.()=, ]+?))?\)")

# column of the spreadsheet, in lower case -> our name; older and newer spellings
_SHEET = {
    "link": "url",
    "archive status": "status",
    "archive location": "archive_url",
    "archive date": "archived_at",
    "upload timestamp": "posted_at",
    "upload title": "title",
    "text content": "text",
    "textual content": "text",
    "hash": "hash",
    "wacz": "wacz",
}
_AUTHOR_KEYS = ("author", "uploader", "channel", "username", "user", "creator")


class UnreadableError(Exception):
    """The file cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One page as it was kept. Instants are aware; `digests` are SHA-256 in hexadecimal of the media kept.

    `wacz_names` are the last parts of the names of the web archives that hold the page.
    """

    url: str
    title: str = ""
    text: str = ""
    author: str = ""
    platform: str = ""
    posted_at: datetime | None = None
    archived_at: datetime | None = None
    archive_url: str = ""
    digests: tuple[str, ...] = ()
    wacz_names: tuple[str, ...] = ()
    line: int = 0


def read_results(content: bytes, name: str) -> list[Record]:
    """Return the pages that were kept; failed ones and rows without an address are left out.

    Raises `UnreadableError` when nothing in the file can be read as such a result.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(f"{name} is larger than {MOST_BYTES // 2**20} MB: import it in parts.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name} is not text in UTF-8: export it again as CSV or JSON.") from error
    reader = _json if text.lstrip()[:1] in ("{", "[") else _csv
    records = [record for record in reader(text, name) if record is not None]
    if not records:
        raise UnreadableError(f"{name} names no page that was kept: it needs results with an address.")
    if len(records) > MOST_RECORDS:
        raise UnreadableError(f"{name} has more than {MOST_RECORDS:,} pages: import it in parts.")
    return records


def _json(text: str, name: str) -> Iterator[Record | None]:
    for number, found in enumerate(_objects(text, name), start=1):
        yield _of_result(found, number)


def _objects(text: str, name: str) -> list[Any]:
    try:
        whole = json.loads(text)
        return whole if isinstance(whole, list) else [whole]
    except ValueError:
        pass  # perhaps one object a line
    except RecursionError as error:
        raise UnreadableError(f"{name} is nested too deeply to be a result of an auto-archiver.") from error
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise UnreadableError(f"{name}, line {number}: this is not JSON ({error}).") from error
    return found


def _csv(text: str, name: str) -> Iterator[Record | None]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = {column: column.strip().lower() for column in rows.fieldnames or () if column}
        if {"metadata", "media"} <= set(columns.values()):
            for number, row in enumerate(rows, start=2):
                yield _of_result(
                    {columns[column]: _literal(row[column], name, number) for column in columns}, number
                )
        elif "link" in columns.values():
            for number, row in enumerate(rows, start=2):
                named = {_SHEET.get(columns[column], ""): row[column] or "" for column in columns}
                yield _of_sheet(named, number)
        else:
            raise UnreadableError(
                f"{name} has neither the columns status, metadata and media nor the column Link."
            )
    except csv.Error as error:
        raise UnreadableError(f"{name} is not a readable CSV file ({error}).") from error


def _literal(cell: str | None, name: str, line: int) -> Any:
    """Read a Python literal in which dates stand as calls; nothing is ever run."""
    text = cell or ""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return ast.literal_eval(_CLOCK.sub(_as_text, text))
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise UnreadableError(f"{name}, line {line}: a cell cannot be read; import the JSON.") from error


def _as_text(found: re.Match[str]) -> str:
    parts = [int(part) for part in found["parts"].split(",") if part.strip()]
    try:
        return repr(datetime(*parts).isoformat() + ("+00:00" if found["zone"] else ""))  # type: ignore[arg-type]  # noqa: DTZ001 - mypy cannot count the parts; the zone follows as text
    except (TypeError, ValueError):
        return "None"


def _of_result(found: Any, line: int) -> Record | None:
    if not isinstance(found, Mapping):
        return None
    told = found.get("metadata")
    told = told if isinstance(told, Mapping) else {}
    url = _address(told.get("url"))
    if not url or "success" not in str(found.get("status", "success")).lower():
        return None
    media = [one for one in _list(found.get("media")) if isinstance(one, Mapping)]
    return Record(
        url=url,
        title=_text(told.get("title"), 300),
        text=_text(told.get("content"), 5000),
        author=next((_text(told[key], 200) for key in _AUTHOR_KEYS if isinstance(told.get(key), str)), ""),
        platform=platform_of(url),
        posted_at=_instant(told.get("timestamp")),
        archived_at=_instant(told.get("_processed_at")),
        archive_url=_first_address(media),
        digests=tuple(dict.fromkeys(digest for one in media if (digest := _digest(_property(one, "hash"))))),
        wacz_names=tuple(
            dict.fromkeys(
                found
                for one in media
                for found in (_last(one.get("filename")), _last(one.get("key")))
                if found.lower().endswith(".wacz")
            )
        ),
        line=line,
    )


def _of_sheet(row: Mapping[str, str], line: int) -> Record | None:
    url = _address(row.get("url"))
    if not url or "success" not in row.get("status", "success").lower():
        return None
    return Record(
        url=url,
        title=_text(row.get("title"), 300),
        text=_text(row.get("text"), 5000),
        platform=platform_of(url),
        posted_at=_instant(row.get("posted_at")),
        archived_at=_instant(row.get("archived_at")),
        archive_url=_address((row.get("archive_url") or "").split("\n")[0]),
        digests=tuple(filter(None, (_digest(part) for part in row.get("hash", "").split()))),
        wacz_names=tuple(
            name for part in row.get("wacz", "").split() if (name := _last(urlsplit(part).path))
        ),
        line=line,
    )


def platform_of(url: str) -> str:
    """Name the site by its host, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")[:100]


def _property(media: Mapping[str, Any], key: str) -> Any:
    properties = media.get("properties")
    return properties.get(key) if isinstance(properties, Mapping) else None


def _digest(value: Any) -> str:
    """SHA-256 as 64 hexadecimal digits, with or without the name of the algorithm; "" for other hashes."""
    found = re.fullmatch(r"(?:sha-?256:)?([0-9a-f]{64})", str(value or "").strip().lower())
    return found[1] if found else ""


def _instant(value: Any) -> datetime | None:
    """Read ISO 8601 or seconds since 1970; a clock without an offset is UTC, as the tool writes it."""
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(str(value).strip())
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else datetime.fromisoformat(f"{found.isoformat()}+00:00")


def _address(value: Any) -> str:
    text = str(value or "").strip()
    try:
        fits = urlsplit(text).scheme in ("http", "https")
    except ValueError:
        return ""
    return text[:2000] if fits else ""


def _first_address(media: list[Mapping[str, Any]]) -> str:
    final = [one for one in media if _property(one, "id") == "_final_media"]
    addresses = (_address(url) for one in [*final, *media] for url in _list(one.get("urls")))
    return next((address for address in addresses if address), "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _last(value: Any) -> str:
    return str(value or "").replace("\\", "/").rsplit("/", 1)[-1]


def _text(value: Any, most: int) -> str:
    return value.replace("\x00", "").strip()[:most] if isinstance(value, str) else ""
