"""Rows by the sort keys of the list, as whole numbers: the best few of any number of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from archive.atlas.calendar import FIRST_SECOND
from archive.atlas.columns.rows import DAY_SECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archive.atlas.columns.rows import Rows
    from archive.atlas.columns.scanning import Block
    from archive.atlas.order import Stretch

    Mask = NDArray[np.bool_]

REF_BYTES: Final = 13
_HEAD_BYTES: Final = 8
Keys = tuple[int, int, int, int]
"""Two numbers (0 where the order has fewer), the public id as two more; negated in descending order."""


@dataclass(frozen=True, slots=True)
class Row:
    photo: int
    keys: Keys


@dataclass(frozen=True)
class Line:
    """A stretch of `archive.atlas.order` over arrays. `dated`: with a date, without, or None for both."""

    code: str
    names: tuple[str, ...]
    sign: int
    dated: bool | None

    @classmethod
    def of(cls, stretch: Stretch) -> Line:
        dated = {"d": True, "e": True, "u": False}.get(stretch.code)
        return cls(stretch.code, stretch.keys, -1 if stretch.descending else 1, dated)

    def takes(self, dated: bool) -> bool:  # noqa: FBT001 - the one thing it asks
        return self.dated is None or self.dated is dated

    def rows(self, block: Block, mask: Mask) -> Mask:
        """Which of the rows that a mask names stand in this line."""
        if self.dated is None:
            return mask
        has_date = block.column(block.rows.first_day) >= 0
        return mask & has_date if self.dated else mask & ~has_date

    def lead(self, rows: Rows, where: Any) -> NDArray[np.int64]:
        """A number that orders rows as their keys do, but for ties; the cheapest there is."""
        if self.names[0] == "earliest":
            day: NDArray[np.int64] = rows.first_day[where].astype(np.int64)
            return day * self.sign
        if self.names[0] == "added":
            added: NDArray[np.int64] = rows.added[where]
            return added * self.sign
        return np.zeros(len(rows.first_day[where]), np.int64)

    def lead_of(self, keys: Keys) -> int:
        if self.names[0] == "earliest":
            day = (self.sign * keys[0] - FIRST_SECOND) // DAY_SECONDS
            return self.sign * day
        return keys[0]

    def keys(self, rows: Rows, positions: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the four keys of rows, a line for each key."""
        found = np.zeros((4, len(positions)), np.int64)
        if self.names[0] == "earliest":
            found[0] = _seconds(rows.first_day, rows.first_second, positions)
            found[1] = _seconds(rows.last_day, rows.last_second, positions)
        elif self.names[0] == "added":
            found[0] = rows.added[positions]
        found[2], found[3] = _numbers(rows.ref[positions])
        return self.sign * found

    def keys_from(self, at: tuple[Any, ...]) -> Keys:
        """Read the sort keys of a cursor."""
        numbers = [*(int(number) for number in at[:-1]), 0, 0][:2]
        head, tail = _numbers(np.array([at[-1].encode()], f"S{REF_BYTES}"))
        first, second, third, fourth = (self.sign * n for n in (*numbers, int(head[0]), int(tail[0])))
        return first, second, third, fourth

    def cursor(self, row: Row) -> str:
        numbers = [str(self.sign * key) for key in row.keys[: len(self.names) - 1]]
        return ".".join((self.code, *numbers, self.ref(row)))

    def ref(self, row: Row) -> str:
        head, tail = (self.sign * key for key in row.keys[2:])
        return (head.to_bytes(_HEAD_BYTES, "big") + tail.to_bytes(REF_BYTES - _HEAD_BYTES, "big")).decode()

    def compared(self, block: Block, rows: Mask, at: Keys) -> tuple[int, bool]:
        """Return how many of the rows stand before the keys, and whether one has these very keys."""
        lead = self.lead(block.rows, block.where)
        border = self.lead_of(at)
        before = int(np.count_nonzero(rows & (lead < border)))
        ties = block.positions(rows & (lead == border))
        if not len(ties):
            return before, False
        keys = self.keys(block.rows, ties)
        same = (keys == np.array(at).reshape(4, 1)).all(axis=0)
        return before + int(np.count_nonzero(less(keys, at))), bool(same.any())


class Best:
    """The first `most` rows of a line beyond some keys, or, `backwards`, the last before some."""

    def __init__(
        self,
        line: Line,
        most: int,
        *,
        beyond: Keys | None = None,
        before: Keys | None = None,
        backwards: bool = False,
    ) -> None:
        self.line, self.most, self.beyond, self.before = line, most, beyond, before
        self._turn = -1 if backwards else 1
        self._keys = np.zeros((4, 0), np.int64)
        self._photos = np.zeros(0, np.int64)

    def offer(self, block: Block, mask: Mask) -> None:
        """Look through the rows of a block that the mask names."""
        line, rows = self.line, block.rows
        wanted = line.rows(block, mask)
        if not wanted.any():
            return
        lead = line.lead(rows, block.where)
        if self.beyond is not None:
            wanted = wanted & self._further(block, lead, wanted, self.beyond)
        if self.before is not None:
            wanted = wanted & self._nearer(block, lead, wanted, self.before)
        if len(self._photos) == self.most:
            worst = self._turn * line.lead_of(_tuple(self._turn * self._keys[:, -1]))
            wanted = wanted & (self._turn * lead <= worst)
        positions = block.positions(wanted)
        if len(positions) > self.most:
            positions = positions[_foremost(self._turn * line.lead(rows, positions), self.most)]
        self._add(line.keys(rows, positions), rows.photo[positions])

    def rows(self) -> list[Row]:
        """Return the rows found, the nearest first."""
        keys = (self._turn * self._keys).T.tolist()
        return [Row(photo, _tuple(key)) for photo, key in zip(self._photos.tolist(), keys, strict=True)]

    def _further(self, block: Block, lead: NDArray[np.int64], wanted: Mask, keys: Keys) -> Mask:
        """Which rows stand beyond; only those that tie with the keys are looked at closely."""
        border = self.line.lead_of(keys)
        found: Mask = lead > border
        ties = wanted & (lead == border)
        if ties.any():
            found[ties] = less(-self.line.keys(block.rows, block.positions(ties)), _tuple(-np.array(keys)))
        return found

    def _nearer(self, block: Block, lead: NDArray[np.int64], wanted: Mask, keys: Keys) -> Mask:
        border = self.line.lead_of(keys)
        found: Mask = lead < border
        ties = wanted & (lead == border)
        if ties.any():
            found[ties] = less(self.line.keys(block.rows, block.positions(ties)), keys)
        return found

    def _add(self, keys: NDArray[np.int64], photos: NDArray[np.int64]) -> None:
        keys = self._turn * keys
        kept = _few(keys, self.most)
        keys, photos = keys[:, kept], photos[kept]
        keys = np.concatenate([self._keys, keys], axis=1)
        photos = np.concatenate([self._photos, photos])
        order = np.lexsort(keys[::-1])[: self.most]
        self._keys, self._photos = keys[:, order], photos[order]


def less(keys: NDArray[np.int64], at: Keys) -> Mask:
    """Which columns of keys stand before others."""
    found = np.zeros(keys.shape[1], np.bool_)
    for key, value in zip(keys[::-1], at[::-1], strict=True):
        found = (key < value) | ((key == value) & found)
    return found


def _foremost(numbers: NDArray[np.int64], most: int) -> Mask:
    """The `most` least, and all that tie with the last of them."""
    if len(numbers) <= most:
        return np.ones(len(numbers), np.bool_)
    found: Mask = numbers <= np.partition(numbers, most - 1)[most - 1]
    return found


def _few(keys: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """Return numbers of columns of keys: the `most` first in order and not many others, none twice."""
    kept = np.arange(keys.shape[1])
    surely: list[NDArray[np.intp]] = []
    for key in keys:
        if len(kept) <= 4 * most:
            break
        values = key.take(kept)
        edge = np.partition(values, most - 1)[most - 1]
        surely.append(kept[values < edge])
        most -= len(surely[-1])
        kept = kept[values == edge]
    return np.concatenate([*surely, kept])


def _seconds(
    day: NDArray[np.int32], second: NDArray[np.int32], positions: NDArray[np.intp]
) -> NDArray[np.int64]:
    return day[positions].astype(np.int64) * DAY_SECONDS + second[positions] + FIRST_SECOND


def _numbers(refs: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Public ids as two whole numbers that order as their text does: it is ASCII of one length."""
    letters = np.ascontiguousarray(refs).view(np.uint8).reshape(len(refs), REF_BYTES)
    head = np.ascontiguousarray(letters[:, :_HEAD_BYTES]).view(">u8").ravel().astype(np.int64)
    tail = np.zeros((len(refs), 8), np.uint8)
    tail[:, 8 - (REF_BYTES - _HEAD_BYTES) :] = letters[:, _HEAD_BYTES:]
    return head, tail.view(">u8").ravel().astype(np.int64)


def _tuple(keys: Any) -> Keys:
    first, second, third, fourth = (int(key) for key in keys)
    return first, second, third, fourth


def keys_at(line: Line, rows: Rows, position: int) -> Keys:
    return _tuple(line.keys(rows, np.array([position]))[:, 0])
