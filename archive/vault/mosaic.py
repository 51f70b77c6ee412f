"""Tiles back into a picture. Runs in a quarantine child."""

from __future__ import annotations

from typing import Any, Final

from PIL import Image

from archive.vault.pictures import QUALITY

TURNS: Final = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def compose(
    tiles: list[tuple[str, int, int]],
    *,
    canvas: tuple[int, int],
    box: tuple[float, float, float, float],
    size: tuple[int, int],
    mirrored: bool,
    rotation: int,
    quality: str,
    encoding: str,
    target: str,
) -> dict[str, Any]:
    """Lay tiles (path, left, top) on a canvas and cut `box` out of it at `size`; what a child runs."""
    picture = Image.new("RGB", (canvas[0], canvas[1]))
    for path, left, top in tiles:
        with Image.open(path, formats=["JPEG"]) as tile:
            picture.paste(tile, (left, top))
    width, height = size
    left, top = int(box[0]), int(box[1])
    if tuple(box) == (left, top, left + width, top + height):
        picture = picture.crop((left, top, left + width, top + height))
    else:
        part = box[0], box[1], box[2], box[3]
        picture = picture.resize((width, height), Image.Resampling.BICUBIC, box=part, reducing_gap=2.0)
    if mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rotation:
        picture = picture.transpose(TURNS[rotation])
    if quality in {"gray", "bitonal"}:
        picture = picture.convert("L" if quality == "gray" else "1")
    if encoding == "png":
        picture.save(target, "PNG")
    else:
        picture.convert("L" if picture.mode == "1" else picture.mode).save(target, "JPEG", quality=QUALITY)
    return {"size": picture.size}
