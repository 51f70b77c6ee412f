"""A sketch map of the walk's English part as raster MBTiles: something to lay over the demo's map."""

import io
import math
import sqlite3
from contextlib import closing
from itertools import pairwise, product
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archive import mapfiles
from archive.management.demo.walk import stops

NAME = "sketch-of-the-walk"
WEST, SOUTH, EAST, NORTH = -0.105, 50.712, 0.315, 50.826
FINEST, COARSEST = 13, 9
TWICE = 2  # drawn at twice its size, for smooth lines
PAPER, INK, WATER, ROUTE = (246, 238, 214), (74, 60, 44), (108, 140, 150), (160, 58, 34)
NAMED = (
    "Saltdean",
    "Telscombe",
    "The Meridian",
    "Newhaven",
    "Seaford",
    "Cuckmere",
    "Crowlink",
    "Belle Tout",
    "Beachy",
)
ASIDE = ("Back of the Downs", "Last step in the west", "First step in the east")
Point = tuple[float, float]


def add_sketch_map(folder: Path) -> None:
    """Draw the sketch and offer it on the maps, unless it is there."""
    if mapfiles.find(NAME) is not None:
        return
    file = folder / f"{NAME}.mbtiles"
    file.unlink(missing_ok=True)
    _write(file, _sheet())
    mapfiles.add_map(source=file, note=mapfiles.Note(year="2019"), replace=True)
    file.unlink()


def _pixel(longitude: float, latitude: float, zoom: float) -> Point:
    """Return pixels from the north-west corner of the square of web mercator."""
    side = 256 * 2**zoom
    northing = math.asinh(math.tan(math.radians(latitude))) / math.pi
    return side * (longitude + 180) / 360, side * (1 - northing) / 2


def _sheet() -> Image.Image:
    left, top = _pixel(WEST, NORTH, FINEST + 1)
    right, bottom = _pixel(EAST, SOUTH, FINEST + 1)
    sheet = Image.new("RGBA", (round(right - left), round(bottom - top)), (*PAPER, 255))
    canvas = ImageDraw.Draw(sheet)
    at: dict[str, Point] = {}
    for stop in sorted(stops(), key=lambda stop: stop.longitude):
        x, y = _pixel(stop.longitude, stop.latitude, FINEST + 1)
        if stop.zone == "Europe/London" and stop.title not in ASIDE:
            at[stop.title] = (x - left, y - top)
    walk = list(at.values())
    shore = _wavering([(0, walk[0][1] - 60), *walk, (sheet.width, walk[-1][1] - 90)])
    for step in range(1, 9):  # lines along the water's edge, wider and fainter outwards
        tint = tuple(round(w + (p - w) * step / 9) for w, p in zip(WATER, PAPER, strict=True))
        canvas.line([(x, y + 34 + 5 * step * step) for x, y in shore], fill=(*tint, 255), width=3)
    canvas.line([(x, y + 28) for x, y in shore], fill=(*INK, 255), width=7, joint="curve")
    for start, end in pairwise(walk):
        _dashes(canvas, start, end)
    for title, (x, y) in at.items():
        canvas.ellipse((x - 13, y - 13, x + 13, y + 13), fill=(*PAPER, 255), outline=(*ROUTE, 255), width=6)
        if title.startswith(NAMED):
            words = title.split(",")[0].removesuffix(" in the rain").removesuffix(" light")
            canvas.text((x + 14, y - 86), words, fill=(*INK, 255), font=ImageFont.load_default(58))
    canvas.text((150, 150), "A sketch of the walk", fill=(*INK, 255), font=ImageFont.load_default(140))
    canvas.text(
        (156, 315), "from memory · Saltdean to Beachy Head", fill=(*INK, 255), font=ImageFont.load_default(60)
    )
    for inset, width, colour in ((0, 60, PAPER), (40, 10, INK), (62, 3, INK)):
        edge = (inset, inset, sheet.width - inset - 1, sheet.height - inset - 1)
        canvas.rectangle(edge, outline=(*colour, 255), width=width)
    return sheet.reduce(TWICE)


def _wavering(points: list[Point]) -> list[Point]:
    return [
        (x0 + (x1 - x0) * part / 12, y0 + (y1 - y0) * part / 12 + 9 * math.sin(x0 + 1.7 * part))
        for (x0, y0), (x1, y1) in pairwise(points)
        for part in range(12)
    ] + points[-1:]


def _dashes(canvas: ImageDraw.ImageDraw, start: Point, end: Point) -> None:
    (x0, y0), (x1, y1) = start, end
    count = max(1, round(math.dist(start, end) / 40))
    for dash in range(count):
        a, b = dash / count, (dash + 0.6) / count
        line = (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)
        canvas.line(line, fill=(*ROUTE, 255), width=7)


def _write(file: Path, sheet: Image.Image) -> None:
    said = {
        "name": "A sketch of the walk",
        "format": "png",
        "type": "overlay",
        "attribution": "Sketch: drawn by a program for the demo",
        "bounds": f"{WEST},{SOUTH},{EAST},{NORTH}",
        "minzoom": COARSEST,
        "maxzoom": FINEST,
    }
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        database.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        database.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        for zoom in range(COARSEST, FINEST + 1):
            database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", _tiles(sheet, zoom))
        database.commit()


def _tiles(sheet: Image.Image, zoom: int) -> list[tuple[int, int, int, bytes]]:
    """Cut the sheet at one zoom into rows of MBTiles, counted from the south."""
    left, top = (round(side) for side in _pixel(WEST, NORTH, zoom))
    scaled = sheet.resize((sheet.width >> FINEST - zoom, sheet.height >> FINEST - zoom), reducing_gap=2.0)
    columns = range(left // 256, (left + scaled.width) // 256 + 1)
    rows = range(top // 256, (top + scaled.height) // 256 + 1)
    made = []
    for column, row in product(columns, rows):
        tile = Image.new("RGBA", (256, 256))
        tile.paste(scaled, (left - 256 * column, top - 256 * row))
        out = io.BytesIO()
        tile.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
        made.append((zoom, column, (1 << zoom) - 1 - row, out.getvalue()))
    return made
