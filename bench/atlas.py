"""How fast map, timeline and facets are answered, beside peers on the same columns in the same run.

    python bench/atlas.py [--n 100000] [--rounds 7] [--data FOLDER] [--postgresql] [--json]
                          [--engines columns,sql,duckdb,supercluster] [--supercluster FOLDER]

Fills a scratch archive of its own once (`loadtest_data`; kept in FOLDER, by default in the system's folder
for temporary files; with --postgresql on a server of its own beside it), builds the column file and asks as a
stranger. Viewports of 1200 × 700 pixels stand on the densest place; zoom 2 is the whole world without an
area. `answer` is everything /api/atlas needs short of JSON, worked out each time; `again` the same as the
site does it, which keeps what was asked last; `cube` with what brushing needs; `page` the first 60 cards of
the list. Engines take turns, a case at a time; figures are wall time, medians.

DuckDB holds the very columns in memory and is asked for cells, days and facets by three queries on all cores.
Left out for it: what might match, what has no place or date, facets without their own filter, names, the
list, and words. supercluster (npm, given by its folder) can do the map alone: it holds the points in the
memory of a process, and has to index them anew for every filter, which is counted as its answer then. From a
million photos on the SQL engine is asked at most three times. Words are left out where they were not filled
in (10 million).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from archive.access.rights import Scope
    from archive.values.selection import Selection

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.peers import Duck, Supercluster
from bench.postgresql import running
from bench.tables import show

ZOOMS = (2, 5, 8, 11, 14, 17)
WIDTH_PX, HEIGHT_PX, TILE_PX = 1200, 700, 256
RESULTS = Path(__file__).with_name("results.jsonl")
MANY = 1_000_000
WITHOUT_WORDS = 2_000_000  # beyond, the words alone would take longer to fill in than everything else

Runs = dict[tuple[str, str], Callable[[], object]]
Spent = dict[tuple[str, str], list[float]]


@dataclass(frozen=True)
class Case:
    zoom: int
    filter: str
    selection: Selection


def main() -> int:
    parser = argparse.ArgumentParser(description="Speed of map, timeline, facets and list.")
    parser.add_argument("--n", type=int, default=100_000, help="photos in the scratch archive")
    parser.add_argument("--rounds", type=int, default=7, help="measured repetitions of each case")
    parser.add_argument("--data", type=Path, help="folder of the scratch archive")
    parser.add_argument("--postgresql", action="store_true", help="PostgreSQL instead of SQLite")
    parser.add_argument(
        "--engines", default="columns,sql,duckdb", help="which of columns,sql,duckdb,supercluster"
    )
    parser.add_argument("--supercluster", type=Path, help="folder of the installed npm package")
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    folder = options.data or Path(tempfile.gettempdir()) / f"whence-bench-{options.n}"
    with database(folder, postgresql=options.postgresql) as address:
        prepare(folder, address)
        n = fill(options.n)
        lines = [build(n)]
        lines += measure(n, options.rounds, options.engines.split(","), options.supercluster)
        lines.append(memory(n))
        keep(lines)
        show(lines, RESULTS, as_json=options.json)
    return 0


@contextmanager
def database(folder: Path, *, postgresql: bool) -> Iterator[str]:
    if not postgresql:
        yield ""
        return
    with running(folder) as address:
        yield address


def keep(lines: list[dict[str, Any]]) -> None:
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)


def prepare(folder: Path, database: str) -> None:
    """Point the settings at the scratch archive before Django reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["WHENCE_DATA_DIR"] = str(folder)
    os.environ["WHENCE_ATLAS"] = "columns"
    os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    import django  # noqa: PLC0415 - settings first

    django.setup()


def fill(n: int) -> int:
    """Bring the scratch archive to at least n photos and return how many there are."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup
    from django.db import connection  # noqa: PLC0415 - same

    from archive.catalogue.models import Photo  # noqa: PLC0415 - same

    call_command("migrate", verbosity=0)
    have = Photo.objects.count()
    if have < n:
        call_command("loadtest_data", n - have, index_only=n >= WITHOUT_WORDS, stdout=sys.stderr)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE archive_indexrow")
    return Photo.objects.count()


def build(n: int) -> dict[str, Any]:
    """Build the column file and say how long it took and what it weighs."""
    from archive.atlas.columns.rebuilding import rebuild  # noqa: PLC0415 - after django.setup

    begun = time.perf_counter()
    done = rebuild()
    seconds = time.perf_counter() - begun
    return {
        "bench": "atlas",
        "engine": "columns",
        "n": n,
        "case": "build",
        "seconds": round(seconds, 1),
        "per_second": round(n / seconds),
        "bytes_a_photo": round(done.built.byte_count / n, 1),
    }


def memory(n: int) -> dict[str, Any]:
    """Ask every case in a fresh process, as a web worker would, and read what it then holds."""
    code = (
        "import sys; from bench.atlas import prepare_again, every_case; prepare_again(); every_case();"
        "print(open('/proc/self/smaps_rollup').read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=RESULTS.parent.parent, capture_output=True, text=True, check=True
    )
    kilobytes = {
        name: int(amount)
        for name, amount in re.findall(r"^(\w+):\s+(\d+) kB$", done.stdout, flags=re.MULTILINE)
    }
    return {
        "bench": "atlas",
        "engine": "columns",
        "n": n,
        "case": "memory",
        "own_mb": round(kilobytes["Anonymous"] / 1024),
        "mapped_mb": round((kilobytes["Rss"] - kilobytes["Anonymous"]) / 1024),
    }


def prepare_again() -> None:
    import django  # noqa: PLC0415 - settings are in the environment by now

    django.setup()


def every_case() -> None:
    from archive.access.rights import scope  # noqa: PLC0415 - after django.setup
    from archive.atlas.engine import answer  # noqa: PLC0415 - same

    viewer = scope(_stranger())
    for case in cases(viewer):
        answer(viewer, case.selection, zoom=case.zoom)


def measure(n: int, rounds: int, engines: list[str], package: Path | None) -> list[dict[str, Any]]:
    from archive.access.rights import scope  # noqa: PLC0415 - after django.setup
    from archive.atlas import sql  # noqa: PLC0415 - same
    from archive.atlas.columns import asking, following  # noqa: PLC0415 - same
    from archive.atlas.engine import answer  # noqa: PLC0415 - same
    from archive.atlas.listing import page  # noqa: PLC0415 - same

    viewer = scope(_stranger())
    duck = Duck.loaded(viewer) if "duckdb" in engines else None
    points = Supercluster.loaded(viewer, package) if "supercluster" in engines and package else None
    lines = []
    for case in cases(viewer):
        runs: Runs = {}
        if "columns" in engines:
            view = following.view()
            assert view is not None, "there is no column file"
            asked = partial(asking.answer, view, viewer, case.selection, zoom=case.zoom)
            runs["columns", "answer"] = asked
            runs["columns", "cube"] = partial(asked, cube=True)
            runs["columns", "again"] = partial(answer, viewer, case.selection, zoom=case.zoom)
            runs["columns", "page"] = partial(page, viewer, case.selection)
        if "sql" in engines:
            runs["sql", "answer"] = partial(sql.answer, viewer, case.selection, zoom=case.zoom)
        if duck is not None and not case.selection.words:
            runs["duckdb", "answer"] = partial(duck.answer, case)
        spent = race(runs, rounds, few=3 if n >= MANY else rounds)
        if points is not None and not case.selection.words:
            spent["supercluster", "map"] = points.answer(case, rounds)
        lines += [_line(n, case, engine, what, spent) for engine, what in spent]
    return lines


def race(runs: Runs, rounds: int, *, few: int) -> Spent:
    """Return the milliseconds of each run, a figure a round, after one round that warms the caches.

    `few` rounds are enough for the SQL engine.
    """
    spent: Spent = {name: [] for name in runs}
    for round_ in range(rounds + 1):
        for name, run in runs.items():
            if name[0] == "sql" and round_ > few:
                continue
            begun = time.perf_counter()
            run()
            if round_:
                spent[name].append((time.perf_counter() - begun) * 1000)
    return spent


def cases(viewer: Scope) -> list[Case]:
    from archive.atlas.engine import answer  # noqa: PLC0415 - after django.setup
    from archive.values.selection import parse_selection  # noqa: PLC0415 - same

    world = answer(viewer, parse_selection(""), zoom=6)
    densest = max(range(len(world.cells)), key=lambda at: world.cells.counts[at])
    latitude, longitude = world.cells.latitudes[densest], world.cells.longitudes[densest]
    facets = {name: facet.values[min(2, len(facet.values) - 1)].value for name, facet in world.facets.items()}
    years = sorted(int(value.value) for value in world.facets["year"].values)
    middle = years[len(years) // 2]
    filters = {
        "none": "",
        "collection": f"collection={facets['collection']}",
        "years": f"from={middle}&to={middle + 1}",
        "collection+years": f"collection={facets['collection']}&from={middle}&to={middle + 1}",
        "status": "status=place-unreviewed",
    }
    word = _a_word()
    if word:
        filters["word"] = f"q={quote(word)}"
    return [
        Case(zoom, name, parse_selection(f"{query}&{_viewport(zoom, latitude, longitude)}"))
        for zoom in ZOOMS
        for name, query in filters.items()
    ]


def _viewport(zoom: int, latitude: float, longitude: float) -> str:
    if zoom <= 2:
        return ""
    degrees = 360 / (TILE_PX * 2**zoom)  # of longitude, a pixel
    wide, high = WIDTH_PX / 2 * degrees, HEIGHT_PX / 2 * degrees * math.cos(math.radians(latitude))
    south, north = max(-85.0, latitude - high), min(85.0, latitude + high)
    return f"bbox={longitude - wide:.6f},{south:.6f},{longitude + wide:.6f},{north:.6f}"


def _a_word() -> str:
    """A word that a fair share of the photos holds."""
    from archive.catalogue.models import SearchWords  # noqa: PLC0415 - after django.setup

    seen: dict[str, int] = {}
    sample = SearchWords.objects.order_by("pk").values_list("words", flat=True)[:2000]
    for words in sample:
        for word in set(words.split()):
            seen[word] = seen.get(word, 0) + 1
    return min(seen, key=lambda word: abs(seen[word] - len(sample) // 20), default="")


def _stranger() -> Any:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - after django.setup

    return AnonymousUser()


def _line(n: int, case: Case, engine: str, what: str, spent: Spent) -> dict[str, Any]:
    figures = sorted(spent[engine, what])
    median = statistics.median(figures)
    line: dict[str, Any] = {
        "bench": "atlas",
        "engine": engine,
        "n": n,
        "case": what,
        "zoom": case.zoom,
        "filter": case.filter,
        "p50_ms": round(median, 1),
        "p95_ms": round(figures[math.ceil(0.95 * len(figures)) - 1], 1),
    }
    against = next((name for name in ("duckdb", "sql") if (name, what) in spent), None)
    if engine == "columns" and against:
        line |= {
            "ratio": round(statistics.median(spent[against, what]) / max(0.01, median), 2),
            "against": against,
        }
    return line


if __name__ == "__main__":
    sys.exit(main())
