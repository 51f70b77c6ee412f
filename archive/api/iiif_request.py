"""Reads the `{region}/{size}/{rotation}/{quality}.{format}` of IIIF Image API 3.0 into whole numbers.

Nothing here touches a pixel: a request is refused, or is known to be bounded, before any work begins.
Source: https://iiif.io/api/image/3.0/ sections 4.1 to 4.6.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Number = TypeVar("Number", int, float)
Quality = Literal["default", "color", "gray", "bitonal"]
Format = Literal["jpg", "png"]

QUALITIES: tuple[Quality, ...] = ("default", "color", "gray", "bitonal")
FORMATS: dict[str, Format] = {"jpg": "jpg", "png": "png"}
OTHER_FORMATS = frozenset({"tif", "gif", "jp2", "pdf", "webp"})  # known to the standard, not made here

_MOST = 12  # characters of a number; keeps int() and float() cheap
_WHOLE = re.compile(rf"[0-9]{{1,{_MOST}}}")
_DECIMAL = re.compile(rf"[0-9]{{1,{_MOST}}}(\.[0-9]{{0,{_MOST}}})?|\.[0-9]{{1,{_MOST}}}")


class IiifError(Exception):
    """A request that gets no picture; `status` is the HTTP answer."""

    status = 400


class NotOfferedError(IiifError):
    """A proper request for something this service does not make."""

    status = 501


@dataclass(frozen=True, slots=True)
class Extent:
    """Pixels of the picture as this viewer may have it; `most_pixels` bounds one answer."""

    width: int
    height: int
    most_pixels: int

    def __post_init__(self) -> None:
        if min(self.width, self.height, self.most_pixels) < 1:
            raise ValueError("a picture and its limits measure at least one pixel")


@dataclass(frozen=True, slots=True)
class Region:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """A bounded order: cut `region`, scale to `width` x `height`, mirror, turn clockwise, colour, encode."""

    region: Region
    width: int
    height: int
    mirrored: bool
    rotation: Literal[0, 90, 180, 270]
    quality: Quality
    format: Format
    canonical: str


def parse(extent: Extent, region: str, size: str, rotation: str, quality_format: str) -> ImageRequest:
    """Raises `IiifError` with the status to answer."""
    quality, encoding = _quality_and_format(quality_format)
    mirrored, turn = _rotation(rotation)
    part = _region(extent, region)
    width, height = _size(extent, part, size)
    whole = part == Region(0, 0, extent.width, extent.height)
    best = _largest(extent, part)
    canonical = "/".join(
        (
            "full" if whole else f"{part.x},{part.y},{part.width},{part.height}",
            "max" if (width, height) == best else f"{width},{height}",
            f"{'!' if mirrored else ''}{turn}",
            f"{'default' if quality == 'color' else quality}.{encoding}",
        )
    )
    return ImageRequest(part, width, height, mirrored, turn, quality, encoding, canonical)


def _region(extent: Extent, text: str) -> Region:
    if text == "full":
        return Region(0, 0, extent.width, extent.height)
    if text == "square":
        edge = min(extent.width, extent.height)
        return Region((extent.width - edge) // 2, (extent.height - edge) // 2, edge, edge)
    if text.startswith("pct:"):
        x, y, width, height = _four(text[4:], _decimal)
        wide, high = extent.width / 100, extent.height / 100
        left, top = round(x * wide), round(y * high)
        right, bottom = round((x + width) * wide), round((y + height) * high)
        if width <= 0 or height <= 0:
            raise IiifError("The region is empty.")
        return _clipped(extent, left, top, max(right, left + 1), max(bottom, top + 1))
    left, top, across, down = _four(text, _whole)
    if not across or not down:
        raise IiifError("The region is empty.")
    return _clipped(extent, left, top, left + across, top + down)


def _clipped(extent: Extent, left: int, top: int, right: int, bottom: int) -> Region:
    right, bottom = min(right, extent.width), min(bottom, extent.height)
    if left >= right or top >= bottom:
        raise IiifError("The region lies outside the picture.")
    return Region(left, top, right - left, bottom - top)


def _largest(extent: Extent, part: Region) -> tuple[int, int]:
    """Return the largest size of this part on offer: never enlarged, and never too many pixels."""
    scale = math.sqrt(extent.most_pixels / (part.width * part.height))
    if scale >= 1:
        return part.width, part.height
    return max(1, math.floor(part.width * scale)), max(1, math.floor(part.height * scale))


def _size(extent: Extent, part: Region, text: str) -> tuple[int, int]:
    if text.startswith("^"):
        raise NotOfferedError("This service does not enlarge pictures.")
    best = _largest(extent, part)
    if text == "max":
        return best
    width, height = _wanted(part, text, best)
    if width > part.width or height > part.height:
        raise IiifError("The size is larger than the region, and this service does not enlarge pictures.")
    if width * height > extent.most_pixels:
        raise IiifError("The size is more than this service makes at once; ask for parts.")
    return width, height


def _wanted(part: Region, text: str, best: tuple[int, int]) -> tuple[int, int]:
    if text.startswith("pct:"):
        share = _decimal(text[4:]) / 100
        return _measured(round(part.width * share)), _measured(round(part.height * share))
    confined = text.startswith("!")
    first, comma, second = text.removeprefix("!").partition(",")
    if not comma or (confined and not (first and second)):
        raise IiifError("The size is not one of max, w,  ,h  pct:n  w,h and !w,h.")
    if first and second:
        width, height = _measured(_whole(first)), _measured(_whole(second))
        if not confined:
            return width, height
        if width > part.width and height > part.height:
            # the standard would let it pass as the region's own size; its validators want it refused
            raise IiifError("The size is larger than the region: ask for max.")
        scale = min(width / part.width, height / part.height, best[0] / part.width, best[1] / part.height)
        return _confined(part.width * scale, width), _confined(part.height * scale, height)
    if first:
        width = _measured(_whole(first))
        return width, max(1, round(part.height * width / part.width))
    height = _measured(_whole(second))
    return max(1, round(part.width * height / part.height)), height


def _confined(value: float, most: int) -> int:
    return max(1, min(round(value), most))


def _measured(pixels: int) -> int:
    if pixels < 1:
        raise IiifError("The size is less than one pixel.")
    return pixels


def _rotation(text: str) -> tuple[bool, Literal[0, 90, 180, 270]]:
    mirrored = text.startswith("!")
    degrees = _decimal(text.removeprefix("!"))
    if degrees > 360:
        raise IiifError("The rotation is more than 360 degrees.")
    turns: dict[float, Literal[0, 90, 180, 270]] = {0: 0, 90: 90, 180: 180, 270: 270, 360: 0}
    if degrees not in turns:
        raise NotOfferedError("Pictures are turned by 0, 90, 180 or 270 degrees here.")
    return mirrored, turns[degrees]


def _quality_and_format(text: str) -> tuple[Quality, Format]:
    name, dot, encoding = text.partition(".")
    quality = next((known for known in QUALITIES if known == name), None)
    if not dot or quality is None:
        raise IiifError("The quality is not one of default, color, gray and bitonal.")
    if encoding in OTHER_FORMATS:
        raise NotOfferedError("Pictures are sent as jpg or png here.")
    if encoding not in FORMATS:
        raise IiifError("The format is not one of jpg and png.")
    return quality, FORMATS[encoding]


def _four(text: str, read: Callable[[str], Number]) -> tuple[Number, Number, Number, Number]:
    parts = text.split(",", 4)
    if len(parts) != 4:
        raise IiifError("The region is not one of full, square, x,y,w,h and pct:x,y,w,h.")
    return read(parts[0]), read(parts[1]), read(parts[2]), read(parts[3])


def _whole(text: str) -> int:
    if _WHOLE.fullmatch(text) is None:
        raise IiifError("A number in the request is not a whole number of pixels.")
    return int(text)


def _decimal(text: str) -> float:
    if _DECIMAL.fullmatch(text) is None:
        raise IiifError("A number in the request is not a decimal number.")
    return float(text)
