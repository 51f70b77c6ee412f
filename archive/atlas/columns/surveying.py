"""What a Selection asks of each piece of a view: names looked up, words found, rights judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archive.atlas.columns import scanning
from archive.atlas.columns.memory import memory_of
from archive.atlas.columns.scanning import Asked, Block, Limits, Standing
from archive.atlas.columns.sieve import misses_of, sieve_for
from archive.atlas.columns.times import Window
from archive.atlas.columns.words import heard
from archive.atlas.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from archive.access.rights import Scope
    from archive.atlas.columns.memory import Memory
    from archive.atlas.columns.rows import Piece, View
    from archive.atlas.columns.scanning import Judged
    from archive.atlas.columns.sieve import Sieve
    from archive.atlas.sighting import Sighting
    from archive.values.selection import Selection


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of which the viewer may count some rows."""

    asked: Asked
    piece: Piece
    memory: Memory
    sieve: Sieve
    limits: Limits
    limits_several: Limits

    def single(self) -> Iterator[Judged]:
        """Judge the photos with at most one place, those that can match at all."""
        return self._judged(scanning.blocks(self.memory, self.asked, self.limits), self.asked)

    def unplaced(self) -> Iterator[Judged]:
        """Judge the photos without a location by everything but the area."""
        return self._judged(scanning.unplaced(self.memory), self.asked.anywhere())

    def several(self) -> Judged | None:
        """Judge the photos with several places by their first rows, in the order of `photos.heads`.

        For certain when every part lies inside, possibly when any part touches.
        """
        rows, photos = self.piece.several, self.memory.photos
        if self.asked.unplaced or not len(rows):
            return None
        block = Block(rows, photos.heads)
        living, misses = scanning.alive(block, self.sieve, self.asked, self.limits_several)
        if not living.any():
            return None
        parts = scanning.standing(Block(rows, slice(0, len(rows))), self.asked.areas)
        stand = None
        if parts is not None:
            size = len(photos.heads)
            outside = np.bincount(photos.number[~parts.holds], minlength=size)
            inside = np.bincount(photos.number[parts.touches], minlength=size)
            stand = Standing(outside == 0, inside > 0)
        return scanning.judged(block, living, misses, self.asked, stand)

    def drawn(self, photos: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the rows of several places, centred in the area, of the photos that a mask names."""
        rows = self.piece.several
        found = np.flatnonzero(photos[self.memory.photos.number])
        if len(found) and self.asked.areas:
            found = found[scanning.all_have_centre(self.asked.areas, rows.places.at(found))]
        return found

    def _judged(self, blocks: Iterable[Block], asked: Asked) -> Iterator[Judged]:
        for whole in blocks:
            block, living, misses = scanning.cut_down(
                whole, *scanning.alive(whole, self.sieve, asked, self.limits)
            )
            if living.any():
                stand = scanning.standing(block, asked.areas)
                yield scanning.judged(block, living, misses, asked, stand)


@dataclass(frozen=True, slots=True)
class Survey:
    """The parts of a view that a viewer may count; `sighting` is the one of the areas that photos look at."""

    asked: Asked
    parts: tuple[Part, ...]
    sighting: Sighting | None

    @classmethod
    def of(cls, view: View, scope: Scope, selection: Selection) -> Survey:
        """Look up names and words, in four small queries at most."""
        question = Question(scope, selection)
        asked = Asked(
            areas=question.areas,
            window=Window.of(selection),
            sure=selection.sure,
            undated=selection.undated,
            unplaced=selection.unplaced,
        )
        misses = misses_of(view.profiles, selection)
        sieves = {piece.number: sieve_for(piece, view.profiles, misses, scope) for piece in view.pieces}
        pieces = [piece for piece in view.pieces if not sieves[piece.number].is_shut]
        found = heard(pieces, selection.words) if selection.words else {}
        parts = []
        for piece in pieces:
            here = found.get(piece.number)
            parts.append(
                Part(
                    asked=asked,
                    piece=piece,
                    memory=memory_of(piece),
                    sieve=sieves[piece.number],
                    limits=Limits(piece.hidden, here.single if here else None),
                    limits_several=Limits(piece.hidden_several, here.several if here else None),
                )
            )
        return cls(asked, tuple(parts), question.sighting)
