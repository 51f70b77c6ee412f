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
    number = lines.index(here) if here else 0
    behind, ahead = Best(lines[number], 1, beyond=at), Best(lines[number], 1, before=at, backwards=True)
    total = before = 0
    is_listed = False
    for block, mask in _matching(survey):
        total += int(np.count_nonzero(mask))
        before += sum(int(np.count_nonzero(line.rows(block, mask))) for line in lines[:number])
        if at is not None:
            rows = lines[number].rows(block, mask)
            less, same = lines[number].compared(block, rows, at)
            before += less
            is_listed |= same
            behind.offer(block, mask)
            ahead.offer(block, mask)
    if not is_listed:
        return Neighbours(None, None, None, total)
    return Neighbours(
        previous=_first(survey, [ahead, *(Best(line, 1, backwards=True) for line in lines[:number][::-1])]),
        next=_first(survey, [behind, *(Best(line, 1) for line in lines[number + 1 :])]),
        position=1 + before,
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


def _first(survey: Survey, candidates: list[Best]) -> str | None:
    """Return the photo of the first that has one; only the first has been offered anything yet."""
    for number, best in enumerate(candidates):
        if number:
            for block, mask in _matching(survey):
                best.offer(block, mask)
        for row in best.rows():
            return best.line.ref(row)
    return None
