"""How many photos may have been taken near enough to see the point that photos are asked to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from django.db.models import Q
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Places
    from archive.atlas.columns.scanning import Block
    from archive.atlas.columns.surveying import Part, Survey
    from archive.atlas.covering import KeyRanges
    from archive.atlas.sighting import Sighting
    from archive.values.selection import Sure

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reach:
    """The area from which the point may be seen, whichever way the camera looked; arrays only matter here."""

    sighting: Sighting

    def holds(self, places: Places) -> Mask:
        return self.sighting.reaches(places)

    def touches(self, places: Places) -> Mask:
        return self.sighting.reaches(places)

    def has_centre(self, places: Places) -> Mask:
        return self.sighting.has_centre(places)

    def key_ranges(self, metres: float) -> KeyRanges:
        return self.sighting.key_ranges(metres)

    def inner_ranges(self) -> KeyRanges:
        return []

    def holds_row(self) -> Q:
        return self.sighting.reaches_row()

    def touches_row(self) -> Q:
        return self.sighting.reaches_row()

    def holds_centre(self) -> Q:
        return self.sighting.holds_centre()

    def candidates(self, sure: Sure) -> Q | None:
        return self.sighting.candidates(sure)


def within_reach(survey: Survey) -> tuple[int | None, int | None]:
    """Return how many photos that match everything else are near enough, and how many of them tell where to.

    None and None where no point is asked for.
    """
    if survey.sighting is None:
        return None, None
    others = tuple(area for area in survey.asked.areas if area is not survey.sighting)
    near = directed = 0
    for part in survey.parts:
        here = replace(part, asked=replace(part.asked, areas=(*others, Reach(survey.sighting))))
        found = [(judged.block, judged.matched) for judged in here.single()]
        found += _several(replace(part, asked=replace(part.asked, areas=others)), survey.sighting)
        for block, mask in found:
            which = np.flatnonzero(mask)
            near += len(which)
            direction = block.column(block.rows.places.direction).take(which)
            directed += len(which) - int(np.count_nonzero(np.isnan(direction)))
    return near, directed


def _several(part: Part, sighting: Sighting) -> list[tuple[Block, Mask]]:
    """One of the places is enough to be near."""
    judged = part.several()
    if judged is None:
        return []
    number = part.memory.photos.number
    reaching = number[sighting.reaches(part.piece.several.places)]
    mask = judged.matched & (np.bincount(reaching, minlength=len(judged.matched)) > 0)
    return [(judged.block, mask)]
