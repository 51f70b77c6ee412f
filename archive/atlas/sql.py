"""The SQL engine: every answer from the index rows themselves, right for any archive, quick for small."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Q

from archive.access.rights import Scope
from archive.atlas.answers import Answer
from archive.atlas.cells import cells_of
from archive.atlas.cube import cube_of
from archive.atlas.facets import facets_of, totals_and_tallies
from archive.atlas.question import Question
from archive.atlas.snapshot import snapshot
from archive.atlas.timeline import Span, bins_of, dates_of
from archive.values.selection import Selection, Sure


def answer(
    scope: Scope, selection: Selection, *, zoom: int, span: Span | None = None, cube: bool = False
) -> Answer:
    """Answer a Selection for a zoom of the map (0 to 24) and a span of the timeline, None for all of it."""
    question = Question(scope, selection)
    with snapshot():
        totals, tallies = totals_and_tallies(question)
        level, cells, extent = cells_of(question, zoom)
        dates = dates_of(question)
        unplaced = _unplaced(question) if question.areas else totals.unplaced
        undated = _undated(question) if selection.has_time else totals.undated
        bins = bins_of(question, dates, undated, span)
        facets = facets_of(tallies, dates.years())
        might = _might(question, totals.total)
        within_reach, directed = _within_reach(question)
        brushed = cube_of(question, level, cells, bins) if cube else None
    return Answer(
        total=totals.total,
        several=totals.several,
        edge=totals.edge,
        unplaced=unplaced,
        undated=undated,
        might=might,
        placed=totals.total - totals.unplaced,
        level=level,
        cells=cells,
        extent=extent,
        bins=bins,
        facets=facets,
        cube=brushed,
        within_reach=within_reach,
        directed=directed,
    )


def _unplaced(question: Question) -> int:
    return question.photos(question.selection.sure, area=False).filter(parts=0).count()


def _undated(question: Question) -> int:
    return question.photos(question.selection.sure, time=False).filter(earliest__isnull=True).count()


def _within_reach(question: Question) -> tuple[int | None, int | None]:
    if question.sighting is None:
        return None, None
    elsewhere = Question(question.scope, replace(question.selection, sees=None))
    photos = elsewhere.photos(question.selection.sure).filter(question.in_reach(question.sighting))
    found = photos.aggregate(n=Count("pk"), directed=Count("pk", filter=Q(direction__isnull=False)))
    return found["n"], found["directed"]


def _might(question: Question, total: int) -> int:
    if question.is_sharp:
        return 0
    if question.selection.sure is Sure.POSSIBLY:
        return total - question.photos(Sure.CERTAINLY).count()
    return question.photos(Sure.POSSIBLY).count() - total
