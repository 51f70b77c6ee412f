"""Many random edits through the overlay of the column file, compared with SQL after each thousand.

    python bench/edits.py [--data FOLDER] [--n 100000] [--edits 61000] [--postgresql] [--json]

Edits the index rows and the change log of a scratch archive of its own, in the way that
`catalogue.index.write_index` does, but without the claims behind them: moves photos, takes places and dates
away, gives photos several places, wide circles and long intervals, other places to insiders than to
strangers, other statuses and collections, and removes photos. Every comparison asks both engines a random
Selection at a random zoom as a stranger or as a member and compares every count. Prints the differences
(there should be none), how long the refresh of a thousand changes takes, and the same with the file built
anew in between.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.atlas import RESULTS, database, fill, prepare

if TYPE_CHECKING:
    from archive.access.rights import Scope
    from archive.atlas.answers import Answer
    from archive.catalogue.models import IndexRow

AT_ONCE = 1000
COMPARED = 4
DAY = 86_400
STATUSES = "place-unreviewed", "place-confirmed", "place-disputed", "date-unreviewed", "date-unknown"


def main() -> int:
    parser = argparse.ArgumentParser(description="Edits through the overlay, compared with SQL.")
    parser.add_argument("--data", type=Path, help="folder of the scratch archive; its photos are changed")
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--edits", type=int, default=61_000)
    parser.add_argument("--postgresql", action="store_true", help="PostgreSQL instead of SQLite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    folder = options.data or Path(tempfile.gettempdir()) / f"whence-bench-edits-{options.n}"
    with database(folder, postgresql=options.postgresql) as address:
        prepare(folder, address)
        fill(options.n)
        line = storm(options.edits, random.Random(options.seed))
    line |= {"n": options.n, "database": "postgresql" if options.postgresql else "sqlite"}
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.write(json.dumps({"at": stamp, **line}) + "\n")
    print(json.dumps(line) if options.json else "\n".join(f"{name:22}{line[name]}" for name in line))
    return 1 if line["differences"] else 0


def storm(edits: int, dice: random.Random) -> dict[str, Any]:
    """Edit, compare, and build the file anew when the archive itself would."""
    from archive.atlas.columns import following, rebuilding  # noqa: PLC0415 - after django.setup

    rebuilding.rebuild()
    following.view()
    refreshing, built, differences, compared = [], 1, [], 0
    for done in range(0, edits, AT_ONCE):
        edit(min(AT_ONCE, edits - done), dice)
        begun = time.perf_counter()
        view = following.view()
        refreshing.append((time.perf_counter() - begun) * 1000)
        if view is None or rebuilding.reason_to_rebuild():
            rebuilding.rebuild()
            built += 1
        for _ in range(COMPARED):
            compared += 1
            difference = compare(dice)
            if difference:
                differences.append(difference)
                print(difference, file=sys.stderr)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done + AT_ONCE} edits, {len(differences)} differences")
    return {
        "bench": "edits",
        "engine": "columns",
        "against": "sql",
        "edits": edits,
        "compared": compared,
        "differences": len(differences),
        "builds": built,
        "refresh_1000_p50_ms": round(statistics.median(refreshing), 1),
        "refresh_1000_worst_ms": round(max(refreshing), 1),
    }


def edit(count: int, dice: random.Random) -> None:
    """Write the index rows of random photos anew, all in one transaction."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup
    from django.db.models import Max  # noqa: PLC0415 - same

    from archive.catalogue import changes  # noqa: PLC0415 - same
    from archive.catalogue.models import File, IndexRow, Photo, SearchWords  # noqa: PLC0415 - same

    last = Photo.objects.aggregate(last=Max("pk"))["last"]
    with transaction.atomic():
        picked = dice.sample(range(1, last + 1), count)
        for photo in Photo.objects.filter(pk__in=picked).select_related("collection"):
            rows = list(IndexRow.objects.filter(photo=photo).order_by("audience", "part"))
            IndexRow.objects.filter(photo=photo).delete()
            changes.note(photo)
            if dice.random() < 0.03:
                File.objects.filter(photo=photo).delete()
                SearchWords.objects.filter(photo=photo).delete()
                photo.delete()
            elif rows:
                IndexRow.objects.bulk_create(changed(rows, dice))


def changed(rows: list[IndexRow], dice: random.Random) -> Iterator[IndexRow]:
    """Yield the rows of one photo after an edit; mostly the same for both audiences."""
    from archive.catalogue.models import Audience  # noqa: PLC0415 - after django.setup

    same, how = dice.random() < 0.8, random.Random(dice.random())
    for audience in Audience:
        first = next(row for row in rows if row.audience == audience)
        state = how.getstate()
        yield from _parts(first, how)
        if same:
            how.setstate(state)


def _parts(row: IndexRow, dice: random.Random) -> Iterator[IndexRow]:
    from archive.catalogue.models import IndexRow  # noqa: PLC0415 - after django.setup

    kept = {
        name: getattr(row, name)
        for name in ("photo_id", "ref", "audience", "licence_id", "device_id", "added", "collection_id")
    }
    kept |= {"place_status": dice.randrange(7), "time_status": dice.randrange(7)}
    if dice.random() < 0.9:
        first = int(dice.gauss(0, 40) * 365 * DAY)
        length = dice.choice((0, 0, 0, 3600, DAY, 30 * DAY, 3650 * DAY))
        kept |= {"earliest": first, "latest": first + length}
    parts = dice.choice((0, 1, 1, 1, 1, 1, 1, 2, 3))
    for part in range(max(1, parts)):
        yield IndexRow(part=part, parts=parts, **kept, **(_place(row, dice) if parts else {}))


def _place(row: IndexRow, dice: random.Random) -> dict[str, Any]:
    """Somewhere near where the photo was, or anywhere, the antimeridian and the poles included."""
    from archive.catalogue.index import bounds_of  # noqa: PLC0415 - after django.setup
    from archive.values.morton import key_of  # noqa: PLC0415 - same
    from archive.values.place import Place  # noqa: PLC0415 - same

    latitude, longitude = dice.uniform(-90, 90), dice.choice((dice.uniform(-180, 180), 180.0, -180.0, 0.0))
    if row.latitude is not None and row.longitude is not None and dice.random() < 0.7:
        latitude = max(-90.0, min(90.0, row.latitude + dice.gauss(0, 0.05)))
        longitude = (row.longitude + dice.gauss(0, 0.05) + 180) % 360 - 180
    place = Place(latitude, longitude, dice.choice((None, None, 5.0, 300.0, 20_000.0, 900_000.0)))
    bounds = bounds_of(place)
    looking = {"direction": dice.uniform(0, 359), "width_deg": dice.choice((None, 40.0, 90.0))}
    return {
        "key": key_of(latitude, longitude),
        "latitude": latitude,
        "longitude": longitude,
        "radius_m": place.radius_m,
        **asdict(bounds),
        **(looking if dice.random() < 0.4 else {}),
    }


def compare(dice: random.Random) -> str:
    """Ask both engines the same; return what they disagree in, empty when nothing."""
    from archive.atlas import engine, sql  # noqa: PLC0415 - after django.setup
    from archive.values.selection import parse_selection  # noqa: PLC0415 - same

    query, zoom, viewer = _query(dice), dice.choice((0, 2, 4, 6, 9, 12)), _viewer(dice)
    selection = parse_selection(query)
    one, other = (counts(found.answer(viewer, selection, zoom=zoom, cube=True)) for found in (engine, sql))
    wrong = [name for name in one if one[name] != other[name]]
    return f"{query} at zoom {zoom}: {', '.join(wrong)} differ" if wrong else ""


def counts(answer: Answer) -> dict[str, Any]:
    """Everything that must be the same, whichever photo stands for a cell."""
    cells, cube = answer.cells, answer.cube
    return {
        "totals": (answer.total, answer.several, answer.edge, answer.unplaced, answer.undated, answer.might),
        "placed": answer.placed,
        "sees": (answer.within_reach, answer.directed),
        "cells": (answer.level, [*cells.counts], [*cells.parts], [*cells.possible], [*cells.depths]),
        "bins": answer.bins,
        "facets": answer.facets,
        "extent": answer.extent,
        "cube": cube and (cube.level, [*cube.cell], [*cube.first], [*cube.last], [*cube.counts]),
    }


def _viewer(dice: random.Random) -> Scope:
    from archive.access.rights import Scope  # noqa: PLC0415 - after django.setup
    from archive.catalogue.models import Collection  # noqa: PLC0415 - same

    public = frozenset(Collection.objects.filter(open_to_public=True).values_list("pk", flat=True))
    inside = frozenset(dice.sample(sorted(Collection.objects.values_list("pk", flat=True)), 4))
    return dice.choice((Scope(frozenset(), public), Scope(inside, public - inside)))


def _query(dice: random.Random) -> str:
    """A random Selection: every filter now and then."""
    latitude, longitude = dice.uniform(-75, 75), dice.uniform(-180, 180)
    west, south = dice.uniform(-180, 180), dice.uniform(-85, 60)
    wide, high = dice.choice((1, 10, 60, 300)), dice.choice((1, 8, 25))
    year = dice.randrange(1930, 2015)
    turn = (west + wide + 180) % 360 - 180
    choices = {
        f"bbox={west:.3f},{south:.3f},{turn:.3f},{south + high:.3f}": 0.4,
        f"near={latitude:.3f},{longitude:.3f},{dice.choice((5_000, 200_000, 1_500_000))}": 0.15,
        f"within={latitude:.2f},{longitude:.2f};{latitude + 9:.2f},{longitude + 2:.2f};"
        f"{latitude + 3:.2f},{longitude + 14:.2f}": 0.15,
        f"sees={latitude:.3f},{longitude:.3f},50000": 0.05,
        f"from={year}": 0.3,
        f"to={year + dice.choice((0, 3, 40))}-0{dice.randrange(1, 9)}": 0.3,
        "sure=possibly": 0.5,
        f"collection=loadtest-{dice.randrange(1, 20)}": 0.2,
        f"status={dice.choice(STATUSES)}": 0.15,
        "licence=none": 0.1,
        f"device=Synthetic+Camera+{dice.randrange(1, 9)}": 0.1,
    }
    return "&".join(text for text, chance in choices.items() if dice.random() < chance)


if __name__ == "__main__":
    sys.exit(main())
