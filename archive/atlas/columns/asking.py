"""One pass over the columns answers map, timeline, facets and counts; the same answers as SQL gives.

Single rows are judged a block at a time; photos with several places are few and are judged photo by photo, by
the rows of their first parts, after all their places have been.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.atlas.answers import Answer
from archive.atlas.cells import level_for
from archive.atlas.columns.binning import axis_of, bins_of
from archive.atlas.columns.dating import together, years_of
from archive.atlas.columns.extents import extent_of
from archive.atlas.columns.gathering import Gathering
from archive.atlas.columns.pinning import cells_of
from archive.atlas.columns.reaching import within_reach
from archive.atlas.columns.surveying import Survey
from archive.atlas.facets import facets_of

if TYPE_CHECKING:
    from archive.access.rights import Scope
    from archive.atlas.columns.rows import View
    from archive.atlas.timeline import Span
    from archive.values.selection import Selection


def answer(
    view: View, scope: Scope, selection: Selection, *, zoom: int, span: Span | None = None, cube: bool = False
) -> Answer:
    """Answer a Selection for a zoom of the map (0 to 24) and a span of the timeline, None for all of it."""
    survey = Survey.of(view, scope, selection)
    found = Gathering(survey.asked, level_for(zoom), view.profiles, cube=cube)
    for part in survey.parts:
        found.take(part)
    months = together([dates.stays() for dates in found.dates])
    axis = axis_of(found.dates, span)
    undated = sum(dates.undated for dates in found.dates)
    groups = found.grid.groups()
    cells = cells_of(found.grid, groups)
    level = found.grid.level
    near, directed = within_reach(survey)
    return Answer(
        total=found.total,
        several=found.several,
        edge=found.edge,
        unplaced=found.unplaced,
        undated=undated,
        might=found.possible - found.certain,
        placed=found.total if survey.asked.areas else found.total - found.unplaced,
        level=level,
        cells=cells,
        extent=extent_of(found.grid, level),
        bins=bins_of(axis, found.dates, months, undated),
        facets=facets_of(found.tallies.by_value(), years_of(months)),
        cube=found.cube(axis, groups, cells) if cube else None,
        within_reach=near,
        directed=directed,
        public_revision=view.public_revision,
    )
