"""The folder of maps is their register: each `.mbtiles` or `.pmtiles` file in it is offered on every map.

    listing() -> Listing          what is offered, and what is wrong with the rest
    find(slug) -> MapFile | None
    tile(map_file, zoom, column, row) -> Tile | None

Files are read anew only when they change on disk. Whoever may see the site may see the maps.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from archive.mapfiles import mbtiles, pmtiles
from archive.mapfiles.errors import MapFileError, unreadable
from archive.mapfiles.facts import Facts, Role
from archive.mapfiles.note import Note, note_path, read_note
from archive.mapfiles.raster import media_type

SUFFIXES: Final = {"MBTiles": ".mbtiles", "PMTiles": ".pmtiles"}
MOST_MAPS: Final = 100
LONGEST_SLUG: Final = 60
_BESIDE: Final = (".json", "-wal", "-shm", "-journal")
_MAGIC_BYTES: Final = 16
_SAMPLES: Final = 32
_SAMPLE_BYTES: Final = 4096
_ENDS_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class MapFile:
    """`version` changes with the file's bytes and is the same on every host that has the same file."""

    slug: str
    path: Path
    byte_count: int
    version: str
    facts: Facts
    note: Note

    @property
    def title(self) -> str:
        return self.note.title or self.facts.name or self.slug

    @property
    def attribution(self) -> str:
        return self.note.attribution or self.facts.attribution

    @property
    def role(self) -> Role:
        return self.note.role or self.facts.role or Role.OVERLAY


@dataclass(frozen=True, slots=True)
class Problem:
    name: str  # of the file
    words: str


@dataclass(frozen=True, slots=True)
class Listing:
    """`maps` basemaps first, then overlays; each by year, then title."""

    maps: tuple[MapFile, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    data: bytes
    media_type: str


def folder() -> Path:
    return Path(settings.MAPS_DIR)


def listing() -> Listing:
    """Return every map of the folder; a missing folder holds none."""
    maps: dict[str, MapFile] = {}
    problems: list[Problem] = []
    for path in _candidates():
        try:
            found = _read(path)
        except MapFileError as error:
            problems.append(Problem(path.name, str(error)))
            continue
        if found.slug in maps:
            other = maps[found.slug].path.name
            problems.append(Problem(path.name, f"{other} has the same name: rename one of them"))
        elif len(maps) == MOST_MAPS:
            problems.append(Problem(path.name, f"more than {MOST_MAPS} maps are not offered: take some out"))
        else:
            maps[found.slug] = found
    ordered = sorted(maps.values(), key=lambda one: (one.role, one.note.year, one.title, one.slug))
    return Listing(tuple(ordered), tuple(problems))


def find(slug: str) -> MapFile | None:
    return next((one for one in listing().maps if one.slug == slug), None)


def tile(map_file: MapFile, zoom: int, column: int, row: int) -> Tile | None:
    """Return a tile of the pyramid (`facts.has` its address), None where the file has nothing.

    Raises MapFileError where the file is damaged or holds something else than a picture there.
    """
    format_ = mbtiles if map_file.facts.kind == "MBTiles" else pmtiles
    data = format_.read_tile(map_file.path, zoom, column, row)
    if data is None:
        return None
    kind = media_type(data)
    if kind is None:
        raise MapFileError(f"its tile {zoom}/{column}/{row} is no picture: make the file again")
    return Tile(data, kind)


def read_facts(path: Path) -> Facts:
    """Read a file of either format, told by its first bytes. Raises MapFileError."""
    try:
        with path.open("rb") as file:
            first = file.read(_MAGIC_BYTES)
    except OSError as error:
        raise unreadable(error) from error
    if first.startswith(pmtiles.MAGIC):
        return pmtiles.read_facts(path)
    if first.startswith(mbtiles.MAGIC):
        return mbtiles.read_facts(path)
    raise MapFileError(
        "it is neither MBTiles nor PMTiles: make one from it (docs/admin-guide.md, “Maps of your own”)"
    )


def slug_of(name: str) -> str:
    """Return the short name a file goes by in addresses. Raises MapFileError where none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    if not slug:
        raise MapFileError("its name has no letter from a to z and no digit: rename it")
    return slug


def _candidates() -> list[Path]:
    try:
        paths = sorted(folder().iterdir())
    except OSError:
        return []
    return [path for path in paths if not (path.name.startswith(".") or path.name.endswith(_BESIDE))]


def _read(path: Path) -> MapFile:
    if path.is_symlink() and not path.exists():
        raise MapFileError("it is a link to a file that is not there: put the file back, or remove the link")
    if not path.is_file() or path.suffix not in SUFFIXES.values():
        raise MapFileError("it is no .mbtiles or .pmtiles file: take it out of the folder of maps")
    marks = tuple(_mark(path.with_name(path.name + ending)) for ending in ("", "-wal", "-journal"))
    found = _remembered(path, marks, _mark(note_path(path)))
    if isinstance(found, str):
        raise MapFileError(found)
    return found


def _mark(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is changed or replaced."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


@functools.lru_cache(maxsize=2 * MOST_MAPS)
def _remembered(path: Path, marks: tuple[tuple[int, ...], ...], _note: tuple[int, ...]) -> MapFile | str:
    try:
        return MapFile(
            slug=slug_of(path.stem),
            path=path,
            byte_count=marks[0][0] if marks[0] else 0,
            version=_version(path),
            facts=read_facts(path),
            note=read_note(note_path(path)),
        )
    except MapFileError as error:
        return str(error)


def _version(path: Path) -> str:
    """Digest the size, both ends and samples between: a map may be too large to read whole."""
    try:
        size = path.stat().st_size
        digest = hashlib.sha256(str(size).encode())
        with path.open("rb") as file:
            digest.update(file.read(_ENDS_BYTES))
            for part in range(1, _SAMPLES):
                file.seek(size * part // _SAMPLES)
                digest.update(file.read(_SAMPLE_BYTES))
            file.seek(max(0, size - _ENDS_BYTES))
            digest.update(file.read(_ENDS_BYTES))
    except OSError as error:
        raise unreadable(error) from error
    return digest.hexdigest()[:12]
