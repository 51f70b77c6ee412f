"""Map files that tests write: MBTiles by SQLite, PMTiles by the format's own package."""

from __future__ import annotations

import gzip
import io
import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

TABLES = """
    CREATE TABLE metadata (name TEXT, value TEXT);
    CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
"""
INDEX = "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);"


def a_picture(colour=(200, 40, 40), format_="PNG", size=8):
    made = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(made, format_)
    return made.getvalue()


def a_square(zoom, columns, rows, tile=None):
    """Tiles by (zoom, column, row from the north); each its own colour."""
    return {
        (zoom, column, row): tile or a_picture((column % 256, row % 256, zoom * 10))
        for column, row in product(columns, rows)
    }


def write_mbtiles(path, tiles, *, schema=TABLES + INDEX, **metadata):
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
        database.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        rows = [(z, x, (1 << z) - 1 - y, data) for (z, x, y), data in tiles.items()]
        if rows:
            database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        database.commit()
    return path


def a_map(
    folder: Path, file_name="plan.mbtiles", *, zoom=14, columns=(8180, 8181), rows=(5460, 5461), **metadata
):
    """A plan of four tiles near Peacehaven unless told otherwise."""
    tiles = a_square(zoom, columns, rows)
    said = {"name": "Town plan", "format": "png", "minzoom": str(zoom), "maxzoom": str(zoom)} | metadata
    return write_mbtiles(folder / file_name, tiles, **said)


def write_pmtiles(path, tiles, *, tile_type=TileType.PNG, bounds=(-0.3, 50.7, 0.1, 50.9), **metadata):
    west, south, east, north = (int(side * 1e7) for side in bounds)
    header = {
        "tile_type": tile_type,
        "tile_compression": Compression.NONE,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with write(path) as writer:
        for address in sorted(tiles, key=lambda key: zxy_to_tileid(*key)):
            writer.write_tile(zxy_to_tileid(*address), tiles[address])
        writer.finalize(header, metadata)
    return path


def packed(data):
    return gzip.compress(data, mtime=0)
