"""The distinct combinations of facets, each numbered once, so that a filter is judged once for each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from archive.atlas.columns.raw import Raw
from archive.atlas.columns.rows import Profiles

_NAMES = ("collection", "place_status", "time_status", "licence", "device")
Combination = tuple[int, ...]


@dataclass(slots=True)
class Numbering:
    """Gives numbers in the order of arrival; a number once given stays."""

    _numbers: dict[Combination, int] = field(default_factory=dict)
    _table: Profiles | None = None

    @classmethod
    def of(cls, profiles: Profiles) -> Numbering:
        columns = [getattr(profiles, name).tolist() for name in _NAMES]
        return cls({combination: number for number, combination in enumerate(zip(*columns, strict=True))})

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, raw: Raw) -> NDArray[np.uint32]:
        """Return the profile of each row."""
        if not len(raw):
            return np.zeros(0, np.uint32)
        codes = _codes([raw[name].astype(np.int64) for name in _NAMES])
        _codes_seen, examples, which = np.unique(codes, return_index=True, return_inverse=True)
        seen = [tuple(int(raw[name][row]) for name in _NAMES) for row in examples.tolist()]
        given = [self._numbers.setdefault(combination, len(self._numbers)) for combination in seen]
        return np.array(given, np.uint32)[which]

    def table(self) -> Profiles:
        """Return all combinations so far; the same object until there are more."""
        if self._table is None or len(self._table.collection) != len(self._numbers):
            self._table = self._tabulated()
        return self._table

    def _tabulated(self) -> Profiles:
        rows = np.array(list(self._numbers), np.int64).reshape(-1, len(_NAMES))
        collection, place_status, time_status, licence, device = rows.T
        return Profiles(
            collection=np.ascontiguousarray(collection),
            place_status=place_status.astype(np.uint8),
            time_status=time_status.astype(np.uint8),
            licence=np.ascontiguousarray(licence),
            device=np.ascontiguousarray(device),
        )


def _codes(columns: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return one number for each row, equal where all columns are; primary keys may be of any size."""
    code = np.zeros(len(columns[0]), np.int64)
    most = 1
    for column in columns:
        width = int(column.max()) + 1
        if most * width >= 1 << 62:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            most = int(code.max()) + 1
            column = np.unique(column, return_inverse=True)[1].astype(np.int64)  # noqa: PLW2901 - the same, denser
            width = int(column.max()) + 1
        code = code * width + column
        most *= width
    return code
