"""The list in order, without sorting it: the first rows behind a cursor, and who stands beside a photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archive.atlas.answers import Neighbours
from archive.atlas.columns.ranking import Best, Keys, Line, keys_at
from archive.atlas.columns.surveying import Survey
from archive.atlas.order import STRETCHES, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from archive.access.rights import Scope
    from archive.atlas.columns.rows import View
    from archive.atlas.columns.scanning import Block
    from archive.values.selection import Selection


@dataclass(frozen=True, slots=True)
class Listed:
    """A photo by primary key, and the cursor behind it."""

    photo: int
    cursor: str


def listed(view: View, scope: Scope, selection: Selection, *, after: str, most: int) -> list[Listed]:
    """Return up to `most` photos behind the cursor. Raises SelectionError on a foreign cursor."""
    stretches = STRETCHES[selection.sort]
    number, at = place_of(after, selection.sort) if after else (0, None)
    survey = Survey.of(view, scope, selection)
    found: list[Listed] = []
    for stretch in stretches[number:]:
        line = Line.of(stretch)
        best = Best(line, most - len(found), beyond=line.keys_from(at) if at else None)
        for block, mask in _matching(survey):
            best.offer(block, mask)
        found += [Listed(row.photo, line.cursor(row)) for row in best.rows()]
        if len(found) >= most:
            break
        at = None
    return found


def neighbours(view: View, scope: Scope, selection: Selection, photo: int) -> Neighbours:
    """Return who stands before and behind the photo in the list, and where it stands."""
    survey = Survey.of(view, scope, selection)
    lines = [Line.of(stretch) for stretch in STRETCHES[selection.sort]]
    here, at = _place_of(survey, lines, photo)
    befores = [Best(line, 1, backwards=True, before=at if line is here else None) for line in lines]
    behinds = [Best(line, 1, beyond=at if line is here else None) for line in lines]
    counts = dict.fromkeys(lines, 0)
    total = before = 0
    is_listed = False
    for block, mask in _matching(survey):
        total += int(np.count_nonzero(mask))
        for line, earlier, later in zip(lines, befores, behinds, strict=True):
            rows = line.rows(block, mask)
            counts[line] += int(np.count_nonzero(rows))
            earlier.offer(block, mask)
            later.offer(block, mask)
            if line is here and at is not None:
                less, same = line.compared(block, rows, at)
                before += less
                is_listed |= same
    if here is None or not is_listed:
        return Neighbours(None, None, None, total)
    number = lines.index(here)
    return Neighbours(
        previous=_first([befores[number], *reversed(befores[:number])]),
        next=_first(behinds[number:]),
        position=1 + before + sum(counts[line] for line in lines[:number]),
        total=total,
    )


def _matching(survey: Survey) -> Iterator[tuple[Block, NDArray[np.bool_]]]:
    """Yield what matches, one row for each photo."""
    for part in survey.parts:
        for found in part.single():
            yield found.block, found.matched
        several = part.several()
        if several is not None:
            yield several.block, several.matched


def _place_of(survey: Survey, lines: Sequence[Line], photo: int) -> tuple[Line | None, Keys | None]:
    """Return the line in which the photo's row stands, as the viewer sees it, and its keys there."""
    wanted = np.array([photo], np.int64)
    for part in survey.parts:
        for rows, hidden in (
            (part.piece.single, part.piece.hidden),
            (part.piece.several, part.piece.hidden_several),
        ):
            positions = np.setdiff1d(rows.lookup.positions(wanted), hidden)
            positions = positions[rows.part[positions] == 0]
            positions = positions[part.sieve.misses[rows.profile[positions]] == 0]
            if len(positions):
                at = int(positions[0])
                line = next(line for line in lines if line.takes(bool(rows.first_day[at] >= 0)))
                return line, keys_at(line, rows, at)
    return None, None


def _first(candidates: list[Best]) -> str | None:
    return next((best.line.ref(row) for best in candidates for row in best.rows()), None)
