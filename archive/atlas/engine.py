"""One answer for map, timeline, facets and counts; see `answers` for what adds up to what.

Columns answer where there are any and they are fresh, else SQL: both say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.atlas import sql
from archive.atlas.columns import following, kept

if TYPE_CHECKING:
    from archive.access.rights import Scope
    from archive.atlas.answers import Answer
    from archive.atlas.timeline import Span
    from archive.values.selection import Selection


def answer(
    scope: Scope, selection: Selection, *, zoom: int, span: Span | None = None, cube: bool = False
) -> Answer:
    """Answer a Selection for a zoom of the map (0 to 24) and a span of the timeline, None for all of it.

    `cube` asks for what brushing the timeline needs as well.
    """
    view = following.view()
    if view is not None:
        return kept.answer(view, scope, selection, zoom=zoom, span=span, cube=cube)
    return sql.answer(scope, selection, zoom=zoom, span=span, cube=cube)
