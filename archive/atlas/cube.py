"""The cube: photos by cell of the map and by first and last bin of the timeline, without from and to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F

from archive.atlas.answers import Cells, Cube
from archive.atlas.cells import PART, drawn, grouped, groups_at, pins
from archive.atlas.judged import Step
from archive.atlas.question import Question
from archive.atlas.timeline import edges_of
from archive.values.morton import shift_of

if TYPE_CHECKING:
    from archive.atlas.answers import Bins
    from archive.atlas.question import Rows

MOST_ENTRIES = 40_000

Entry = tuple[int, int, int, int, int]
"""Cell, kind, first and last bin, photos."""


def cube_of(question: Question, level: int, shown: Cells, bins: Bins) -> Cube:
    """Count over the bins shown, at the finest level up to this one that has at most MOST_ENTRIES.

    `shown` are the cells of the answer at that level, which serve where it asks for no time.
    """
    timeless = replace(question.selection, since="", until="")
    rows = drawn(Question(question.scope, timeless))
    groups = None
    if question.selection.has_time:
        level, groups = grouped(rows, level)
    if not bins.starts:
        return Cube(level, pins(groups) if groups is not None else shown, (), (), (), ())
    edges = edges_of(bins)
    entries = _entries(rows, level, edges)
    if len(entries) > MOST_ENTRIES:
        level, entries = _finest_that_fits(rows, level, edges)
        groups = groups_at(rows, level)
    cells = pins(groups) if groups is not None else shown
    if groups is None:
        groups = groups_at(rows, level)
    number = {(group["cell"], group["kind"]): at for at, group in enumerate(groups)}
    found = sorted((number[cell, kind], first, last, n) for cell, kind, first, last, n in entries)
    return Cube(
        level=level,
        cells=cells,
        cell=[cell for cell, _, _, _ in found],
        first=[first for _, first, _, _ in found],
        last=[last for _, _, last, _ in found],
        counts=[n for _, _, _, n in found],
    )


def _entries(rows: Rows, level: int, edges: list[int]) -> list[Entry]:
    """At most one more than MOST_ENTRIES; a photo with several places in a cell might be there once."""
    together: Any = (
        rows.filter(earliest__isnull=False)
        .annotate(
            cell=F("key").bitrightshift(shift_of(level)),
            first=Step("earliest", edges),
            last=Step("latest", edges),
        )
        .values_list("cell", "kind", "first", "last")
        .order_by()
    )
    alone = together.filter(parts=1).annotate(n=Count("pk"))
    parts = together.filter(kind=PART).annotate(n=Count("photo", distinct=True))
    found = list(alone[: MOST_ENTRIES + 1])
    return found + list(parts[: MOST_ENTRIES + 1 - len(found)])


def _finest_that_fits(rows: Rows, level: int, edges: list[int]) -> tuple[int, list[Entry]]:
    """Coarser levels never have more entries; the whole world in one cell always has few enough."""
    fits, overflows = 0, level
    found = _entries(rows, 0, edges)
    while overflows - fits > 1:
        middle = (fits + overflows) // 2
        entries = _entries(rows, middle, edges)
        if len(entries) <= MOST_ENTRIES:
            fits, found = middle, entries
        else:
            overflows = middle
    return fits, found
