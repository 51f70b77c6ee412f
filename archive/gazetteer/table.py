"""The table of places as it lies on disk: one compressed numpy archive, built by tools/build_gazetteer.py.

    latitude, longitude   1/10,000 degree (11 m)
    population
    country               uint8, row of `countries`
    names                 UTF-8, one a line, in the order of fold(name): a prefix is a run of rows
    aliases, alias_place  other names in the same order, and the row of the place each one names
    countries             UTF-8, a line each: code, tab, name

Numbers are int32 little-endian, stored as four planes of bytes (see `planes`), which packs better.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.gazetteer.errors import NoGazetteerDataError
from archive.gazetteer.folding import fold

FILE = Path(__file__).parent / "data" / "places.npz"
FORMAT = 1
STEPS_PER_DEGREE = 10_000

_FIRST, _LAST = "\x01", "\U0010ffff"


class Lines:
    """Many short texts in one block of bytes, so that 150,000 names do not become 150,000 objects."""

    def __init__(self, text: NDArray[np.uint8]) -> None:
        self._text = text.tobytes()
        self._ends = np.append(np.flatnonzero(text == ord("\n")), len(text)).astype(np.uint32)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> str:
        start = int(self._ends[row - 1]) + 1 if row else 0
        return self._text[start : int(self._ends[row])].decode()

    def matching(self, folded: str, *, whole: bool) -> range:
        """Rows whose folded text is this, or begins so; the lines lie in the order of their folded text."""
        rows = range(len(self))
        first = bisect_left(rows, folded, key=lambda row: fold(self[row]))
        after = folded + (_FIRST if whole else _LAST)
        return range(first, bisect_left(rows, after, lo=first, key=lambda row: fold(self[row])))


def planes(numbers: NDArray[np.int32]) -> NDArray[np.uint8]:
    """All lowest bytes, then all second ones, and so on."""
    return np.ascontiguousarray(numbers.astype("<i4").view(np.uint8).reshape(-1, 4).T)


def _numbers(stored: NDArray[np.uint8]) -> NDArray[np.int32]:
    return np.ascontiguousarray(stored.T).view("<i4").ravel()


@dataclass(frozen=True, eq=False)
class Table:
    latitude: NDArray[np.int32]
    longitude: NDArray[np.int32]
    population: NDArray[np.int32]
    country: NDArray[np.uint8]
    names: Lines
    aliases: Lines
    alias_place: NDArray[np.int32]
    countries: dict[str, str]
    codes: list[str]
    northward: NDArray[np.int32]
    """Rows by latitude, southernmost first."""
    latitudes: NDArray[np.int32]
    """The latitudes in that order."""


@cache
def table() -> Table:
    """The shared table, read at first use (about 60 ms, 15 MB). Raises NoGazetteerDataError."""
    return read(FILE)


def read(path: Path) -> Table:
    try:
        with np.load(path, allow_pickle=False) as found:
            data = {name: found[name] for name in found.files}
    except (OSError, ValueError) as error:
        raise NoGazetteerDataError(
            f"The table of places {path.name} cannot be read ({error}): "
            "restore it, or make it with tools/build_gazetteer.py."
        ) from error
    if int(data.get("format", 0)) != FORMAT:
        raise NoGazetteerDataError(
            f"{path.name} is of another format than this version reads: build it anew."
        )
    latitude = _numbers(data["latitude"])
    northward = np.argsort(latitude, kind="stable").astype(np.int32)
    countries = dict(line.split("\t") for line in data["countries"].tobytes().decode().split("\n"))
    return Table(
        latitude=latitude,
        longitude=_numbers(data["longitude"]),
        population=_numbers(data["population"]),
        country=data["country"],
        names=Lines(data["names"]),
        aliases=Lines(data["aliases"]),
        alias_place=_numbers(data["alias_place"]),
        countries=countries,
        codes=list(countries),
        northward=northward,
        latitudes=latitude[northward],
    )
