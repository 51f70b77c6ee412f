"""Raster MBTiles 1.3: an SQLite file with the tables `metadata` and `tiles`, rows counted from the south.

Format: https://github.com/mapbox/mbtiles-spec (1.3). The file is opened for each question, read-only and
`immutable`, so that nothing is ever written beside it. It is somebody else's database: `tiles` may be a view
of any query, so what it may do (read), how long (steps of SQLite's machine) and how much it may return are
bounded.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import (
    DEEPEST_ZOOM,
    EVERYWHERE,
    LONGEST_ATTRIBUTION,
    LONGEST_NAME,
    Facts,
    bounds_from,
    plain_text,
    role_from,
)
from archive.mapfiles.raster import MOST_TILE_BYTES, TOO_LARGE, VECTOR, required_media_type
from archive.values.place import Box

MAGIC: Final = b"SQLite format 3\x00"
_STEPS: Final = 20_000  # between two looks at the clock of steps
_MOST_LOOKS: Final = 1_000  # 20 million steps: about a second
_MOST_METADATA: Final = 200  # rows
_ALLOWED: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
# apart, so that each is one look into the index
_ZOOMS: Final = ("SELECT min(zoom_level) FROM tiles", "SELECT max(zoom_level) FROM tiles")
_TILE: Final = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"


def read_facts(path: Path) -> Facts:
    """Raises MapFileError for what is no raster MBTiles or cannot be asked for a tile quickly."""
    _require_settled(path)
    with _opened(path) as database:
        said = _metadata(database)
        if said.get("format", "").lower() in {"pbf", "mvt", "application/vnd.mapbox-vector-tile"}:
            raise MapFileError(VECTOR)
        _require_index(database)
        min_zoom, max_zoom = _zooms(database, said)
        sample = database.execute("SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT 1", (max_zoom,))
        first = sample.fetchone()
        if first is None:
            raise MapFileError(f"it holds no tile of zoom {max_zoom}, the largest it states: make it again")
        return Facts(
            kind="MBTiles",
            media_type=required_media_type(_bytes(first[0])),
            bounds=_bounds(database, said, max_zoom),
            min_zoom=min_zoom,
            max_zoom=max_zoom,
            name=plain_text(said.get("name"), LONGEST_NAME),
            attribution=plain_text(said.get("attribution"), LONGEST_ATTRIBUTION),
            role=role_from(said.get("type")),
        )


def read_tile(path: Path, zoom: int, column: int, row: int) -> bytes | None:
    """Return a tile by its address counted from the north-west, None where the file has nothing."""
    with _opened(path) as database:
        found = database.execute(_TILE, (zoom, column, (1 << zoom) - 1 - row)).fetchone()
    return None if found is None or found[0] is None else _bytes(found[0]) or None


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    looks = 0

    def stop_late() -> int:
        nonlocal looks
        looks += 1
        return int(looks > _MOST_LOOKS)

    def may(action: int, _one: object, two: object, _database: object, _within: object) -> int:
        if action in _ALLOWED and two != "load_extension":
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    try:
        with contextlib.closing(
            sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        ) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_TILE_BYTES)
            database.text_factory = lambda text: text.decode(errors="replace")
            database.set_authorizer(may)
            database.set_progress_handler(stop_late, _STEPS)
            yield database
    except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
        # ValueError: names of columns, and SQLite's own words about them, that are not UTF-8
        if looks > _MOST_LOOKS:
            raise MapFileError(
                "it takes too long to answer: give it an index, "
                "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)"
            ) from error
        raise MapFileError(_words(error)) from error


def _words(error: Exception) -> str:
    text = plain_text(str(error), LONGEST_NAME)
    if "too big" in text:
        return TOO_LARGE
    if "no such table" in text or "no such column" in text:
        return f"it is an SQLite file but no MBTiles ({text}): make it again"
    return f"it is damaged or no MBTiles ({text}): copy or make it again"


def _require_settled(path: Path) -> None:
    """Changes that still lie in a journal beside the file would not be seen."""
    for ending in ("-wal", "-journal"):
        with contextlib.suppress(OSError):
            if path.with_name(path.name + ending).stat().st_size:
                raise MapFileError(
                    f"another program is still writing it (there is {path.name}{ending}): let that "
                    f"end, or run sqlite3 {path.name} 'PRAGMA journal_mode = DELETE'"
                )


def _require_index(database: sqlite3.Connection) -> None:
    plan = database.execute(f"EXPLAIN QUERY PLAN {_TILE}", (0, 0, 0)).fetchall()
    if any(str(line[3]).startswith("SCAN") and "CONSTANT" not in str(line[3]) for line in plan):
        raise MapFileError(
            "it has no index over its tiles, so each would take a search of the whole file: run "
            "sqlite3 on it, CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)"
        )


def _metadata(database: sqlite3.Connection) -> dict[str, str]:
    rows = database.execute("SELECT name, value FROM metadata LIMIT ?", (_MOST_METADATA,))
    return {str(name): str(value).strip() for name, value in rows if value is not None}


def _zooms(database: sqlite3.Connection, said: dict[str, str]) -> tuple[int, int]:
    try:
        return int(said["minzoom"]), int(said["maxzoom"])
    except (KeyError, ValueError):
        found = [database.execute(query).fetchone()[0] for query in _ZOOMS]
    if not all(isinstance(zoom, int) for zoom in found):
        raise MapFileError("it holds no tiles: make it again")
    return found[0], found[1]


def _bounds(database: sqlite3.Connection, said: dict[str, str], zoom: int) -> Box:
    """Return the bounds as stated, else those of the tiles of the largest zoom."""
    try:
        west, south, east, north = (float(part) for part in said["bounds"].split(","))
    except (KeyError, ValueError):
        return _tile_bounds(database, zoom)
    return bounds_from(west, south, east, north) or _tile_bounds(database, zoom)


def _tile_bounds(database: sqlite3.Connection, zoom: int) -> Box:
    sides = database.execute(
        "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles"
        " WHERE zoom_level = ?",
        (zoom,),
    ).fetchone()
    if not (0 <= zoom <= DEEPEST_ZOOM and all(isinstance(side, int) for side in sides)):
        return EVERYWHERE
    first, last, low, high = (min(max(side, 0), (1 << zoom) - 1) for side in sides)
    degrees = 360 / (1 << zoom)
    box = bounds_from(
        first * degrees - 180, _latitude(low, zoom), (last + 1) * degrees - 180, _latitude(high + 1, zoom)
    )
    return box or EVERYWHERE


def _latitude(row: int, zoom: int) -> float:
    """Return the southern edge of a row counted from the south (inverse of the spherical Mercator)."""
    return math.degrees(math.atan(math.sinh(math.pi * (2 * row / (1 << zoom) - 1))))


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise MapFileError("a tile in it is no picture but a word or a number: make it again")
    return value
