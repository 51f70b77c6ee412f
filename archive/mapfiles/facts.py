"""What a map file says of itself, and what every such file must keep to."""

from __future__ import annotations

import html
import math
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import nh3

from archive.mapfiles.errors import MapFileError
from archive.values.morton import EDGE_LATITUDE
from archive.values.place import Box

DEEPEST_ZOOM: Final = 24  # a pixel of a centimetre
LONGEST_NAME: Final = 120
LONGEST_ATTRIBUTION: Final = 300
_MOST_MARKUP: Final = 10_000
EVERYWHERE: Final = Box(-180.0, -EDGE_LATITUDE, 180.0, EDGE_LATITUDE)


class Role(StrEnum):
    BASEMAP = "basemap"  # in place of the installation's own map
    OVERLAY = "overlay"  # over whatever basemap is chosen


@dataclass(frozen=True, slots=True)
class Facts:
    """`bounds` in WGS 84 degrees; zooms are levels of the 256-pixel web-mercator pyramid, both inclusive.

    `name` and `attribution` are plain text, "" where the file says nothing; so is `role` None.
    """

    kind: str  # "MBTiles" or "PMTiles"
    media_type: str
    bounds: Box
    min_zoom: int
    max_zoom: int
    name: str
    attribution: str
    role: Role | None

    def __post_init__(self) -> None:
        if not 0 <= self.min_zoom <= self.max_zoom <= DEEPEST_ZOOM:
            raise MapFileError(
                f"it states zoom levels {self.min_zoom} to {self.max_zoom}: Whence shows 0 to "
                f"{DEEPEST_ZOOM}; correct its minzoom and maxzoom, or make the file again"
            )

    def has(self, zoom: int, column: int, row: int) -> bool:
        """Whether the tile's address lies in the pyramid of this file."""
        side = 1 << zoom if self.min_zoom <= zoom <= self.max_zoom else 0
        return 0 <= column < side and 0 <= row < side


def role_from(kind: object) -> Role | None:
    """Read the `type` of MBTiles and PMTiles metadata."""
    if kind == "overlay":
        return Role.OVERLAY
    return Role.BASEMAP if kind == "baselayer" else None


def bounds_from(west: float, south: float, east: float, north: float) -> Box | None:
    """Return the box inside the square of web mercator, None where the four numbers bound nothing."""
    if not all(map(math.isfinite, (west, south, east, north))):
        return None
    sides = (max(-180.0, west), max(-EDGE_LATITUDE, south), min(180.0, east), min(EDGE_LATITUDE, north))
    return Box(*sides) if sides[0] < sides[2] and sides[1] < sides[3] else None


def plain_text(value: object, longest: int) -> str:
    """Return a file's words without markup and control characters, in one line of bounded length.

    The result is text, not HTML: whoever prints it escapes it.
    """
    if not isinstance(value, str):
        return ""
    words = html.unescape(nh3.clean(value[:_MOST_MARKUP], tags=set()))
    kept = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in words)
    return " ".join(kept.split())[:longest].strip()
