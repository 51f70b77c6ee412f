"""The column file of this archive, mapped: one for all threads of a process, its pages for all processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from archive.atlas.columns.layout import ColumnsError, Contents, opened
from archive.atlas.columns.log import Mark
from archive.atlas.columns.overlay import AUDIENCES, PLACE_COLUMNS, next_number
from archive.atlas.columns.profiles import Numbering
from archive.atlas.columns.rows import Dense, Lookup, Ordered, Piece, Places, Profiles, Rows

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Base:
    """What a file holds: pieces that hide nothing, as of `mark`."""

    pieces: tuple[Piece, ...]
    profiles: Profiles
    mark: Mark
    photos: int
    byte_count: int
    numbering: Numbering = field(compare=False)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "atlas"


def path() -> Path:
    return folder() / "columns"


def stamp() -> Stamp | None:
    """Return what tells one file from the next under the same name; None when there is none."""
    try:
        found = path().stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def load(file: Path) -> Base:
    """Map a file. Raises `ColumnsError`, `FileNotFoundError`."""
    contents = opened(file)
    try:
        profiles = Profiles(
            **{name: contents.arrays[f"profiles.{name}"] for name in Profiles.__dataclass_fields__}
        )
        pieces = tuple(
            _piece(contents, name, for_public=for_public, for_inside=for_inside)
            for name, (for_public, for_inside) in AUDIENCES.items()
        )
        mark = Mark.from_json(contents.said["mark"])
        photos = int(contents.said["photos"])
    except (KeyError, TypeError) as missing:
        raise ColumnsError(f"the column file lacks {missing}") from missing
    filled = tuple(piece for piece in pieces if len(piece.single) or len(piece.several))
    return Base(filled, profiles, mark, photos, contents.byte_count, Numbering.of(profiles))


def _piece(contents: Contents, name: str, *, for_public: bool, for_inside: bool) -> Piece:
    nothing = np.zeros(0, np.intp)
    return Piece(
        number=next_number(),
        single=_rows(contents, f"{name}.single"),
        several=_rows(contents, f"{name}.several"),
        for_public=for_public,
        for_inside=for_inside,
        hidden=nothing,
        hidden_several=nothing,
    )


def _rows(contents: Contents, section: str) -> Rows:
    columns: dict[str, Any] = {
        name: contents.arrays[f"{section}.{name}"]
        for name in Rows.__dataclass_fields__
        if name not in {"places", "lookup"}
    }
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise ColumnsError(f"the columns of {section} differ in length")
    return Rows(
        **columns,
        places=Places(**{name: contents.arrays[f"{section}.{name}"] for name in PLACE_COLUMNS}),
        lookup=_lookup(contents, section),
    )


def _lookup(contents: Contents, section: str) -> Lookup:
    dense = contents.arrays.get(f"{section}.dense")
    if dense is not None:
        return Dense(dense)
    return Ordered(contents.arrays[f"{section}.photo"], contents.arrays[f"{section}.order"])
