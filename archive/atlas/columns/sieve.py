"""Sharp filters and rights, judged once for each combination of facets and looked up for each row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from archive.atlas.columns.rows import NONE_ID
from archive.catalogue.models import Collection, Term
from archive.values.selection import NONE
from archive.values.settled import STATUS_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from archive.access.rights import Scope
    from archive.atlas.columns.rows import Piece, Profiles
    from archive.values.selection import Selection

FACETS: Final = ("collection", "place_status", "time_status", "licence", "device")
MOST_TABLED: Final = 1 << 20
BARRED: Final = 128
"""The viewer may not count photos of this profile."""


@dataclass(frozen=True)
class Sieve:
    """For each profile, bit by bit, which of FACETS' filters refuses it; BARRED where rights do."""

    misses: NDArray[np.uint8]

    @cached_property
    def is_open(self) -> bool:
        """Every profile passes."""
        return not self.misses.any()

    @cached_property
    def is_of_rights(self) -> bool:
        """Nothing is refused but by rights."""
        return not (self.misses & np.uint8(BARRED - 1)).any()

    @cached_property
    def is_shut(self) -> bool:
        """No profile can count, not even for a facet without its own filter."""
        return not nearly(self.misses).any()


def misses_of(profiles: Profiles, selection: Selection) -> NDArray[np.uint8]:
    """Return the filters' part of a sieve, the same for every audience; three small queries at most."""
    found = np.zeros(len(profiles.collection), np.uint8)
    for bit, (name, ids) in enumerate(_asked(selection).items()):
        if ids is not None:
            found |= (~_one_of(getattr(profiles, name), ids)).astype(np.uint8) << np.uint8(bit)
    return found


def sieve_for(piece: Piece, profiles: Profiles, misses: NDArray[np.uint8], scope: Scope) -> Sieve:
    """Add what the viewer may count of a piece: as an insider where inside, as the public elsewhere."""
    allowed = np.zeros(len(misses), np.bool_)
    if piece.for_inside:
        allowed |= _one_of(profiles.collection, scope.inside)
    if piece.for_public:
        allowed |= _one_of(profiles.collection, scope.public)
    return Sieve(np.where(allowed, misses, misses | np.uint8(BARRED)))


def nearly(misses: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """At most one filter refuses: such photos count for that filter's own facet."""
    found: NDArray[np.bool_] = ((misses & (misses - np.uint8(1))) == 0) & (misses < BARRED)
    return found


def _asked(selection: Selection) -> dict[str, Iterable[int] | None]:
    """Return by facet the ids asked for, None where nothing is."""
    slugs = selection.collections
    return {
        "collection": Collection.objects.filter(slug__in=slugs).values_list("pk", flat=True)
        if slugs
        else None,
        "place_status": [STATUS_CODES[status] for status in selection.place_statuses] or None,
        "time_status": [STATUS_CODES[status] for status in selection.date_statuses] or None,
        "licence": _terms("licence", selection.licences) if selection.licences else None,
        "device": _terms("device", selection.devices) if selection.devices else None,
    }


def _terms(kind: str, texts: tuple[str, ...]) -> list[int]:
    named = [text for text in texts if text != NONE]
    found = list(Term.objects.filter(kind=kind, text__in=named).values_list("pk", flat=True)) if named else []
    return [*found, NONE_ID] if NONE in texts else found


def _one_of(column: NDArray[np.int64] | NDArray[np.uint8], ids: Iterable[int]) -> NDArray[np.bool_]:
    wanted = np.fromiter(ids, np.int64)
    most = int(column.max(initial=0))
    if most > MOST_TABLED:
        return np.isin(column, wanted)
    table = np.zeros(most + 1, np.bool_)
    table[wanted[(wanted >= 0) & (wanted <= most)]] = True
    found: NDArray[np.bool_] = table.take(column)
    return found
