"""Groups of rows as pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from archive.atlas.answers import Cells
from archive.atlas.cells import CERTAIN, PART
from archive.atlas.columns.gridding import depths_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from archive.atlas.columns.gridding import Grid, Groups
    from archive.atlas.columns.rows import Rows


def cells_of(grid: Grid, groups: Groups) -> Cells:
    """Return the pins of merged groups, in their order."""
    is_part = groups.kind == PART
    alone = groups.n == 1
    return Cells(
        latitudes=_gathered(grid, groups, np.float64, lambda rows: rows.places.latitude).tolist(),
        longitudes=_gathered(grid, groups, np.float64, lambda rows: rows.places.longitude).tolist(),
        photos=_gathered(grid, groups, "S13", lambda rows: rows.ref).astype("U13").tolist(),
        counts=np.where(is_part, 0, groups.n).tolist(),
        parts=np.where(is_part, groups.photos, 0).tolist(),
        possible=(groups.kind != CERTAIN).tolist(),
        depths=depths_of(groups.low, groups.high).tolist(),
        radii_m=_known(_gathered(grid, groups, np.float64, lambda rows: rows.places.radius_m), alone),
        directions=_known(_gathered(grid, groups, np.float64, lambda rows: rows.places.direction), alone),
        widths_deg=_known(_gathered(grid, groups, np.float64, lambda rows: rows.places.width_deg), alone),
    )


def _gathered(grid: Grid, groups: Groups, kind: Any, column: Callable[[Rows], NDArray[Any]]) -> NDArray[Any]:
    found = np.zeros(len(groups), kind)
    for source, rows in enumerate(grid.sources):
        here = groups.source == source
        found[here] = column(rows)[groups.sample[here]]
    return found


def _known(values: NDArray[np.float64], alone: NDArray[np.bool_]) -> list[float | None]:
    """The lone photos' own; None for all others and where nothing is known."""
    found: list[float | None] = [None] * len(values)
    for at in np.flatnonzero(alone & ~np.isnan(values)).tolist():
        found[at] = float(values[at])
    return found
