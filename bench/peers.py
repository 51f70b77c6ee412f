"""What else could answer the map: an analytic database in memory, and a clustering library of browsers."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from archive.access.rights import Scope

LEVELS = 26
FINER_THAN_TILE = 2
WHOLE_WORLD = (-180.0, -85.0, 180.0, 85.0)
SUPERCLUSTER = Path(__file__).with_name("supercluster.mjs")


class Duck:
    """DuckDB with the rows of the column file in memory, asked by plain SQL of its own."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    @classmethod
    def loaded(cls, viewer: Scope) -> Duck:
        import duckdb  # noqa: PLC0415 - only where this peer is asked for

        engine = duckdb.connect()
        engine.register("rows", visible_columns(viewer))
        engine.execute("CREATE TABLE photo AS SELECT * FROM rows ORDER BY key")
        engine.unregister("rows")
        return cls(engine)

    def answer(self, case: Any) -> int:
        """Cells, days and facets of a case; returns how many photos matched."""
        sharp, area, wanted = self._sharp(case), self._area(case), self._time(case)
        shift = 2 * (LEVELS - min(LEVELS, case.zoom + FINER_THAN_TILE))
        self._rows(
            f"SELECT key >> {shift}, count(*), min(photo), min(key), max(key) FROM photo"
            f" WHERE {sharp}{area}{wanted} AND key >= 0 GROUP BY 1"
        )
        self._rows(
            "SELECT first_day, last_day, count(*) FROM photo"
            f" WHERE {sharp}{area} AND first_day >= 0 GROUP BY 1, 2"
        )
        facets = self._rows(
            "SELECT collection, place_status, time_status, licence, device, count(*) FROM photo"
            f" WHERE {sharp}{area}{wanted} GROUP BY ALL"
        )
        return sum(row[-1] for row in facets)

    def _rows(self, sql: str) -> list[Any]:
        found: list[Any] = self.engine.execute(sql).fetchall()
        return found

    def _sharp(self, case: Any) -> str:
        from archive.catalogue.models import Collection  # noqa: PLC0415 - after django.setup

        found = "true"
        if case.selection.collections:
            ids = Collection.objects.filter(slug__in=case.selection.collections).values_list("pk", flat=True)
            found += f" AND collection IN ({', '.join(map(str, ids))})"
        if case.selection.place_statuses:
            found += " AND place_status = 1"
        return found

    def _area(self, case: Any) -> str:
        box = case.selection.box
        if box is None:
            return ""
        held = {"west >": box.west, "east <": box.east, "south >": box.south, "north <": box.north}
        return "".join(f" AND {side}= {degrees}" for side, degrees in held.items())

    def _time(self, case: Any) -> str:
        first, last = days_of(case.selection)
        return "" if first is None else f" AND first_day >= {first} AND last_day <= {last}"


class Supercluster:
    """supercluster in a process of Node: points in memory, an index for each filter."""

    def __init__(self, package: Path, columns: dict[str, Any]) -> None:
        self.package = package
        self.columns = columns

    @classmethod
    def loaded(cls, viewer: Scope, package: Path) -> Supercluster:
        return cls(package, visible_columns(viewer))

    def answer(self, case: Any, rounds: int) -> list[float]:
        """Return the milliseconds of each round: clusters of the view; with a filter, the index before."""
        rows = self.columns
        wanted = rows["key"] >= 0
        first, last = days_of(case.selection)
        if first is not None:
            wanted &= (rows["first_day"] >= first) & (rows["last_day"] <= last)
        if case.selection.collections:
            from archive.catalogue.models import Collection  # noqa: PLC0415 - after django.setup

            slugs = case.selection.collections
            ids = Collection.objects.filter(slug__in=slugs).values_list("pk", flat=True)
            wanted &= np.isin(rows["collection"], list(ids))
        if case.selection.place_statuses:
            wanted &= rows["place_status"] == 1
        box = case.selection.box
        asked = {
            "package": str(self.package.resolve()),
            "box": [box.west, box.south, box.east, box.north] if box else WHOLE_WORLD,
            "zoom": case.zoom,
            "rounds": rounds,
            "filtered": case.filter != "none",
        }
        with tempfile.NamedTemporaryFile() as file:
            file.write(np.column_stack((rows["longitude"][wanted], rows["latitude"][wanted])).tobytes())
            file.flush()
            done = subprocess.run(
                ["node", "--max-old-space-size=12000", str(SUPERCLUSTER), file.name, json.dumps(asked)],
                capture_output=True,
                text=True,
                check=True,
            )
        spent: list[float] = json.loads(done.stdout)
        return spent


def visible_columns(viewer: Scope) -> dict[str, Any]:
    """Return the columns of the photos a stranger may see, by name."""
    from archive.atlas.columns import following  # noqa: PLC0415 - after django.setup

    view = following.view()
    assert view is not None, "there is no column file"
    profiles, found = view.profiles, {}
    rows = [piece.single for piece in view.pieces if piece.for_public]
    profile = np.concatenate([one.profile for one in rows])
    for name in ("key", "photo", "first_day", "last_day"):
        found[name] = np.concatenate([getattr(one, name) for one in rows])
    for name in ("latitude", "longitude", "west", "south", "east", "north"):
        found[name] = np.concatenate([getattr(one.places, name) for one in rows])
    for name in ("collection", "place_status", "time_status", "licence", "device"):
        found[name] = getattr(profiles, name)[profile]
    seen = np.isin(found["collection"], list(viewer.public))
    return {name: column[seen] for name, column in found.items()}


def days_of(selection: Any) -> tuple[int | None, int | None]:
    """Return the days asked for, numbered as the columns are."""
    from archive.atlas.calendar import DAY, FIRST_SECOND  # noqa: PLC0415 - after django.setup

    if selection.first_second is None or selection.last_second is None:
        return None, None
    return (selection.first_second - FIRST_SECOND) // DAY, (selection.last_second - FIRST_SECOND) // DAY
