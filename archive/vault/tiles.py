"""Deep zoom: the tile pyramid of an original, made whole at first zoom and kept on disk while there is room.

    pyramid(sha256: str, orientation: int | None, max_px: int | None) -> Pyramid

`orientation` is the file's EXIF/XMP tag (None: 1). `max_px` bounds the longer edge of the largest level
(None: full size): tiles of a smaller public size are cut from the reduced picture, never from the
original's pixels.

    Pyramid.width, .height      of the largest level in pixels, orientation applied
    Pyramid.tile                512, edge of a tile in pixels
    Pyramid.scales              (1, 2, 4, ...): scale factors of the levels, largest picture first
    Pyramid.path(scale, column, row) -> Path      a JPEG; raises TileMissing outside the picture
    Pyramid.level_size(scale) -> (width, height)  ceil(width / scale), ceil(height / scale)

First call about 0.2 s for 24 megapixels, later calls a stat. Raises OriginalMissing or Undecodable.

Pyramids lie at DATA_DIR/tiles/ab/<sha256>-<recipe>-<orientation>-<max_px>/. Together they take no more than
TILE_CACHE_BYTES (and what one round of making adds); the ones unused for longest go first.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from archive.vault import originals
from archive.vault.derivatives import run_on_pixels
from archive.vault.errors import TileMissing

RECIPE: Final = "t1"
TILE: Final = 512
USED_SECONDS: Final = 3600  # how exactly the last use is known
STALE_SECONDS: Final = 3600  # after which a half-made pyramid belongs to a dead process
_HALF_MADE: Final = "making-"


@dataclass(frozen=True, slots=True)
class Pyramid:
    folder: Path
    width: int
    height: int
    scales: tuple[int, ...]
    tile: int = TILE

    def level_size(self, scale: int) -> tuple[int, int]:
        if scale not in self.scales:
            raise TileMissing(f"the levels are {self.scales}")
        return -(-self.width // scale), -(-self.height // scale)

    def path(self, scale: int, column: int, row: int) -> Path:
        width, height = self.level_size(scale)
        if not (0 <= column < -(-width // self.tile) and 0 <= row < -(-height // self.tile)):
            raise TileMissing("outside the picture")
        return self.folder / str(scale) / f"{column}_{row}.jpg"


def root() -> Path:
    return Path(settings.DATA_DIR) / "tiles"


def pyramid(sha256: str, orientation: int | None, max_px: int | None) -> Pyramid:
    """Return the pyramid of an original, made now if it is not kept."""
    found = kept(sha256, orientation, max_px)
    if found is not None:
        return found
    folder = _folder(sha256, orientation, max_px)
    return _pyramid(folder, _make(sha256, orientation, max_px, folder))


def kept(sha256: str, orientation: int | None, max_px: int | None) -> Pyramid | None:
    """Return the pyramid if it is there already; at most two looks at the disk."""
    folder = _folder(sha256, orientation, max_px)
    told = _told(folder)
    return None if told is None else _pyramid(folder, told)


def _folder(sha256: str, orientation: int | None, max_px: int | None) -> Path:
    name = f"{originals.path(sha256).name}-{RECIPE}-{orientation or 1}-{max_px or 'full'}"
    return root() / sha256[:2] / name


def _pyramid(folder: Path, told: dict[str, Any]) -> Pyramid:
    return Pyramid(folder, told["width"], told["height"], tuple(told["scales"]))


def forget(sha256: str) -> None:
    """Remove every pyramid of an original that is no longer kept."""
    for folder in (root() / sha256[:2]).glob(f"{originals.path(sha256).name}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _told(folder: Path) -> dict[str, Any] | None:
    file = folder / "pyramid.json"
    try:
        told: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
        if time.time() - file.stat().st_mtime > USED_SECONDS:
            os.utime(file)
    except (FileNotFoundError, ValueError):
        return None
    return told


def _make(sha256: str, orientation: int | None, max_px: int | None, folder: Path) -> dict[str, Any]:
    """Two that make the same at once both succeed: the first to rename wins, the other drops its own."""
    half = folder.parent / f"{_HALF_MADE}{secrets.token_hex(8)}"
    half.mkdir(parents=True)
    try:
        with originals.open_original(sha256):
            told = run_on_pixels(
                "archive.vault.pictures:cut",
                str(originals.path(sha256)),
                orientation=orientation,
                max_px=max_px,
                folder=str(half),
                max_pixels=settings.MAX_PIXELS,
            )
        with contextlib.suppress(OSError):
            half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    _room.taken(told["bytes"])
    return told


class _Room:
    """Looks at the whole cache only after a twentieth of its bound has been added by this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._added: int | None = None

    def taken(self, count: int) -> None:
        with self._lock:
            if self._added is not None and self._added + count < settings.TILE_CACHE_BYTES // 20:
                self._added += count
                return
            self._added = 0
        evict(settings.TILE_CACHE_BYTES)


def evict(most_bytes: int) -> int:
    """Remove the pyramids unused for longest until the rest takes no more than `most_bytes`; return it."""
    kept: list[tuple[float, int, Path]] = []
    for folder in root().glob("*/*"):
        with contextlib.suppress(OSError, ValueError):
            used = (folder / "pyramid.json" if (folder / "pyramid.json").exists() else folder).stat().st_mtime
            told = _told_bytes(folder)
            if told is not None:
                kept.append((used, told, folder))
            elif time.time() - used > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
    total = sum(count for _used, count, _folder in kept)
    for _used, count, folder in sorted(kept):
        if total <= most_bytes:
            break
        shutil.rmtree(folder, ignore_errors=True)
        total -= count
    return total


def _told_bytes(folder: Path) -> int | None:
    try:
        return int(json.loads((folder / "pyramid.json").read_text(encoding="ascii"))["bytes"])
    except FileNotFoundError:
        return None


_room = _Room()
