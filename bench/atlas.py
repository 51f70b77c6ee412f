"""How fast map, timeline and facets are answered, beside DuckDB on the same columns in the same run.

    python bench/atlas.py [--n 100000] [--rounds 7] [--data FOLDER] [--database URL] [--json]

Fills a scratch archive of its own once (`loadtest_data`; kept in FOLDER, by default in the system's folder
for temporary files) and asks as a stranger. Viewports of 1200 × 700 pixels stand on the densest place; zoom 2
is the whole world without an area. `answer` is everything /api/atlas needs short of JSON, `page` the first 60
cards of the list. The peer holds the same columns in memory and is asked for cells, days and facets by three
queries. Left out for the peer: what might match, what has no place or date, facets without their own filter,
names, the list, and words. Engines take turns. On SQLite figures are processor time of all threads, so that
neighbours on the machine disturb them little; on PostgreSQL, which computes elsewhere, wall time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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

ZOOMS = (2, 5, 8, 11, 14, 17)
WIDTH_PX, HEIGHT_PX, TILE_PX = 1200, 700, 256
RESULTS = Path(__file__).with_name("results.jsonl")
FIRST_SECOND = -62_135_596_800  # 0001-01-01 in civil seconds since 1970
DAY = 86_400
DEGREES = frozenset(("latitude", "longitude", "west", "south", "east", "north"))
COLUMNS = (
    "id, audience, part, parts, collection_id, key, latitude, longitude, west, south, east, north,"
    " earliest, latest, place_status, time_status, licence_id, device_id"
)


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
    parser.add_argument("--database", default="", help="PostgreSQL instead of SQLite: postgres://...")
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    prepare(options.data or Path(tempfile.gettempdir()) / f"whence-bench-{options.n}", options.database)
    n = fill(options.n)
    lines = measure(n, options.rounds)
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)
    show(lines, as_json=options.json)
    return 0


def prepare(folder: Path, database: str) -> None:
    """Point the settings at the scratch archive before Django reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["WHENCE_DATA_DIR"] = str(folder)
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
        call_command("loadtest_data", n - have, stdout=sys.stderr)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE archive_indexrow")
    return Photo.objects.count()


def measure(n: int, rounds: int) -> list[dict[str, Any]]:
    from archive.access.rights import scope  # noqa: PLC0415 - after django.setup
    from archive.atlas.engine import answer  # noqa: PLC0415 - same
    from archive.atlas.listing import page  # noqa: PLC0415 - same

    viewer = scope(_stranger())
    peer = Peer.loaded(viewer)
    lines = []
    for case in cases(viewer):
        runs: dict[tuple[str, str], Callable[[], object]] = {
            ("sql", "answer"): partial(answer, viewer, case.selection, zoom=case.zoom),
            ("sql", "page"): partial(page, viewer, case.selection),
        }
        if peer is not None and not case.selection.words:
            runs["duckdb", "answer"] = partial(peer.answer, case)
        spent = race(runs, rounds)
        lines += [_line(n, case, engine, what, spent) for engine, what in runs]
    return lines


def race(
    runs: dict[tuple[str, str], Callable[[], object]], rounds: int
) -> dict[tuple[str, str], list[float]]:
    """Return the milliseconds of each run, a figure a round, after one round that warms the caches."""
    clock = time.perf_counter if os.environ["DATABASE_URL"] else time.process_time
    spent: dict[tuple[str, str], list[float]] = {name: [] for name in runs}
    for round_ in range(rounds + 1):
        for name, run in runs.items():
            begun = clock()
            run()
            if round_:
                spent[name].append((clock() - begun) * 1000)
    return spent


def cases(viewer: Scope) -> list[Case]:
    from archive.atlas.engine import answer  # noqa: PLC0415 - after django.setup
    from archive.values.selection import parse_selection  # noqa: PLC0415 - same

    world = answer(viewer, parse_selection(""), zoom=6)
    densest = max(world.cells, key=lambda cell: cell.n)
    facets = {name: facet.values[min(2, len(facet.values) - 1)].value for name, facet in world.facets.items()}
    years = sorted(int(value.value) for value in world.facets["year"].values)
    middle = years[len(years) // 2]
    filters = {
        "none": "",
        "collection": f"collection={facets['collection']}",
        "years": f"from={middle}&to={middle + 1}",
        "collection+years": f"collection={facets['collection']}&from={middle}&to={middle + 1}",
        "status": "status=place-unreviewed",
        "word": f"q={quote(_a_word())}",
    }
    return [
        Case(zoom, name, parse_selection(f"{query}&{_viewport(zoom, densest.latitude, densest.longitude)}"))
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
    return min(seen, key=lambda word: abs(seen[word] - len(sample) // 20), default="a")


def _stranger() -> Any:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - after django.setup

    return AnonymousUser()


class Peer:
    """DuckDB with the index rows in memory, asked by plain SQL of its own."""

    def __init__(self, engine: Any, rights: str) -> None:
        self.engine = engine
        self.rights = rights

    @classmethod
    def loaded(cls, viewer: Scope) -> Peer | None:
        try:
            import duckdb  # noqa: PLC0415 - may be missing: then there is no peer
        except ImportError:
            return None
        from archive.catalogue.models import IndexRow  # noqa: PLC0415 - after django.setup

        names = [name.strip() for name in COLUMNS.split(",")]
        engine = duckdb.connect()
        kinds = ", ".join(f"{name} {'DOUBLE' if name in DEGREES else 'BIGINT'}" for name in names)
        engine.execute(f"CREATE TABLE photo ({kinds})")
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="ascii") as file:
            for row in IndexRow.objects.order_by("key").values_list(*names).iterator(5000):
                file.write(",".join("" if value is None else repr(value) for value in row) + "\n")
            file.flush()
            engine.execute(f"COPY photo FROM '{file.name}' (HEADER false)")
        inside, public = (
            ", ".join(map(str, sorted(ids))) or "NULL" for ids in (viewer.inside, viewer.public)
        )
        insider = f"(audience = 1 AND collection_id IN ({inside}))"
        return cls(engine, f"({insider} OR (audience = 0 AND collection_id IN ({public})))")

    def answer(self, case: Case) -> int:
        """Cells, days and facets of a case; returns how many photos matched."""
        sharp = self._sharp(case)
        area, wanted = self._area(case), self._time(case)
        shift = 2 * (26 - min(26, case.zoom + 2))
        self._rows(
            f"SELECT key >> {shift}, count(*), min(id), min(longitude), max(longitude), min(latitude),"
            f" max(latitude) FROM photo WHERE {sharp}{area}{wanted} AND key IS NOT NULL GROUP BY 1"
        )
        self._rows(
            f"SELECT (earliest - {FIRST_SECOND}) // {DAY}, (latest - {FIRST_SECOND}) // {DAY}, count(*)"
            f" FROM photo WHERE {sharp}{area} AND part = 0 AND earliest IS NOT NULL GROUP BY 1, 2"
        )
        facets = self._rows(
            "SELECT collection_id, place_status, time_status, licence_id, device_id, count(*) FROM photo"
            f" WHERE {sharp}{area}{wanted} AND part = 0 GROUP BY ALL"
        )
        return sum(row[-1] for row in facets)

    def _rows(self, sql: str) -> list[Any]:
        found: list[Any] = self.engine.execute(sql).fetchall()
        return found

    def _sharp(self, case: Case) -> str:
        from archive.catalogue.models import Collection  # noqa: PLC0415 - after django.setup

        found = self.rights
        if case.selection.collections:
            ids = Collection.objects.filter(slug__in=case.selection.collections).values_list("pk", flat=True)
            found += f" AND collection_id IN ({', '.join(map(str, ids))})"
        if case.selection.place_statuses:
            found += " AND place_status = 1"
        return found

    def _area(self, case: Case) -> str:
        box = case.selection.box
        if box is None:
            return ""
        held = {"west >": box.west, "east <": box.east, "south >": box.south, "north <": box.north}
        return "".join(f" AND {side}= {degrees}" for side, degrees in held.items())

    def _time(self, case: Case) -> str:
        first, last = case.selection.first_second, case.selection.last_second
        return "" if first is None else f" AND earliest >= {first} AND latest <= {last}"


def _line(
    n: int, case: Case, engine: str, what: str, spent: dict[tuple[str, str], list[float]]
) -> dict[str, Any]:
    figures = sorted(spent[engine, what])
    line: dict[str, Any] = {
        "bench": "atlas",
        "engine": engine,
        "n": n,
        "case": what,
        "zoom": case.zoom,
        "filter": case.filter,
        "p50_ms": round(statistics.median(figures), 1),
        "p95_ms": round(figures[math.ceil(0.95 * len(figures)) - 1], 1),
    }
    peer = spent.get(("duckdb", what))
    if engine == "sql" and peer:
        line |= {
            "ratio": round(statistics.median(peer) / max(0.01, statistics.median(figures)), 2),
            "against": "duckdb",
        }
    return line


def show(lines: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        for line in lines:
            print(json.dumps(line))
        return
    from django.db import connection  # noqa: PLC0415 - after django.setup

    print(
        f"{lines[0]['n']:,} photos, {connection.vendor}; p50 / p95 in ms; ratio: how often as fast as DuckDB"
    )
    for line in lines:
        ratio = f"{line['ratio']:8.2f} × {line['against']}" if "ratio" in line else ""
        print(
            f"{line['engine']:8}{line['case']:8}z{line['zoom']:<4}{line['filter']:18}"
            f"{line['p50_ms']:8.1f} /{line['p95_ms']:8.1f}{ratio}"
        )


if __name__ == "__main__":
    sys.exit(main())
