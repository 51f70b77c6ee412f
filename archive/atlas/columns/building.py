"""The column file, made from the index as of one instant.

What it needs: 140 bytes of disk a photo, and of memory about 175 (1.8 GB for ten million) besides 0.1 GB, up
to three times that where most photos look different to the public.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.atlas.columns import log
from archive.atlas.columns.audiences import equal_singles, shared
from archive.atlas.columns.layout import Writer
from archive.atlas.columns.overlay import AUDIENCES, columns_of, pieces_of_shares
from archive.atlas.columns.profiles import Numbering
from archive.atlas.columns.raw import Raw, all_rows, no_rows
from archive.atlas.columns.rows import Profiles, View
from archive.atlas.snapshot import snapshot

DENSE_FROM: Final = 8
"""A dense look-up is kept where at least one photo number in so many has a row."""


@dataclass(frozen=True, slots=True)
class Built:
    photos: int
    byte_count: int


def build(path: Path, tell: Callable[[int], None]) -> Built:
    """Write the file at `path`; `tell` hears how many rows of the index have been read."""
    numbering = Numbering()
    with snapshot():
        mark = log.whole()
        gathered = _gather(numbering, tell)
    with Writer(path) as out:
        counts = {name: _write(out, name, columns) for name, columns in gathered.items()}
        _write_profiles(out, numbering.table())
        # every photo has rows for insiders, some have others for the public
        photos = sum(count for name, count in counts.items() if not name.startswith("public"))
        out.said = {"mark": mark.to_json(), "photos": photos}
    return Built(photos, out.byte_count)


def in_memory() -> View:
    """Return all rows of a small archive without a file, for tests and comparisons."""
    numbering = Numbering()
    with snapshot():
        mark = log.whole()
        found = list(all_rows())
    pieces = pieces_of_shares(shared(np.concatenate(found) if found else no_rows()), numbering)
    return View(tuple(pieces), numbering.table(), mark.revision, mark.public_revision)


Columns = dict[str, list[NDArray[Any]]]


def _gather(numbering: Numbering, tell: Callable[[int], None]) -> dict[str, Columns]:
    """Read the index once; equal rows of the two audiences become one as soon as they have been read."""
    found: dict[str, Columns] = {f"{name}.{many}": {} for name in AUDIENCES for many in ("single", "several")}
    left: list[Raw] = []
    count = 0
    for chunk in all_rows():
        both, rest = equal_singles(chunk)
        left.append(rest.copy())
        _keep(found["both.single"], both, numbering)
        count += len(chunk)
        tell(count)
    parted = shared(np.concatenate(left) if left else no_rows())
    for name in AUDIENCES:
        raw = getattr(parted, name)
        of_several = raw["parts"] > 1
        _keep(found[f"{name}.single"], raw[~of_several], numbering)
        _keep(found[f"{name}.several"], raw[of_several], numbering)
    return found


def _keep(found: Columns, raw: Raw, numbering: Numbering) -> None:
    for name, column in columns_of(raw, numbering).items():
        found.setdefault(name, []).append(column)


def _write(out: Writer, name: str, columns: Columns) -> int:
    """Write one section, column by column so that no second copy of all is held; return its photos."""
    key, photo, part = (np.concatenate(columns[column]) for column in ("key", "photo", "part"))
    order = np.lexsort((part, photo, key)) if part.any() else np.lexsort((photo, key))
    photo = photo[order]
    for column in list(columns):
        out.add(f"{name}.{column}", np.concatenate(columns.pop(column))[order])
    if name.endswith("single") and len(photo) * DENSE_FROM > int(photo.max(initial=0)):
        at = np.full(int(photo.max(initial=-1)) + 1, -1, np.int32)
        at[photo] = np.arange(len(photo), dtype=np.int32)
        out.add(f"{name}.dense", at)
    else:
        out.add(f"{name}.order", np.argsort(photo, kind="stable"))
    return len(photo) if name.endswith("single") else len(np.unique(photo))


def _write_profiles(out: Writer, profiles: Profiles) -> None:
    for name in Profiles.__dataclass_fields__:
        out.add(f"profiles.{name}", getattr(profiles, name))
