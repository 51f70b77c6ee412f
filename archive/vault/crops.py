"""Any part of a picture at any size, put together from the tiles of its pyramid in a quarantine child.

The original is never decoded again: work is bounded by the pixels asked for, times four at most, because the
level whose scale is the next finer one is taken.
"""

from __future__ import annotations

from pathlib import Path

from archive.vault.derivatives import run_on_pixels
from archive.vault.tiles import Pyramid


def crop(
    pyramid: Pyramid,
    *,
    region: tuple[int, int, int, int],
    size: tuple[int, int],
    mirrored: bool,
    rotation: int,
    quality: str,
    encoding: str,
    target: Path,
) -> None:
    """Write a part of a picture to `target`: cut, scaled, mirrored, then turned clockwise.

    `region` is left, top, width, height in pixels of the pyramid's largest level; `size` is not larger than
    it. `quality` is default, color, gray or bitonal, `encoding` jpg or png. Raises `Undecodable`.
    """
    left, top, width, height = region
    reduction = max(1.0, min(width / size[0], height / size[1]))
    scale = max(scale for scale in pyramid.scales if scale <= reduction)
    edge = pyramid.tile
    full = pyramid.level_size(scale)
    columns = range(left // scale // edge, _last(left + width, scale, full[0]) // edge + 1)
    rows = range(top // scale // edge, _last(top + height, scale, full[1]) // edge + 1)
    origin = columns.start * edge, rows.start * edge
    tiles = [
        [str(pyramid.path(scale, column, row)), column * edge - origin[0], row * edge - origin[1]]
        for row in rows
        for column in columns
    ]
    canvas = min(len(columns) * edge, full[0] - origin[0]), min(len(rows) * edge, full[1] - origin[1])
    box = (
        left / scale - origin[0],
        top / scale - origin[1],
        min((left + width) / scale - origin[0], canvas[0]),
        min((top + height) / scale - origin[1], canvas[1]),
    )
    run_on_pixels(
        "archive.vault.mosaic:compose",
        tiles,
        canvas=canvas,
        box=box,
        size=size,
        mirrored=mirrored,
        rotation=rotation,
        quality=quality,
        encoding=encoding,
        target=str(target),
    )


def _last(end: int, scale: int, length: int) -> int:
    """The last pixel of a level that a region ending before `end` touches."""
    return min(-(-end // scale), length) - 1
