"""Which pictures a map may be made of: told by their first bytes, never by what a file calls them."""

from __future__ import annotations

from typing import Final

from archive.mapfiles.errors import MapFileError

MOST_TILE_BYTES: Final = 2 * 2**20

TOO_LARGE: Final = (
    f"it holds a tile of more than {MOST_TILE_BYTES // 2**20} MB: make it again with tiles of 256 pixels"
)
VECTOR: Final = (
    "it holds vector tiles (drawing instructions), and Whence shows pictures only. Render it to raster "
    "tiles, for example with QGIS (Processing, Raster tools, “Generate XYZ tiles (MBTiles)”), or let a tile "
    "server render it and name that in WHENCE_TILES_URL"
)
_NEITHER: Final = "its tiles are neither PNG, JPEG, WebP nor AVIF: make the file again with one of these"
_FTYP_LOOK: Final = 64  # bytes; brands stand at the head of the box


def media_type(tile: bytes) -> str | None:
    """Return the media type of a PNG, JPEG, WebP or AVIF picture, None for anything else."""
    if tile.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if tile.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if tile.startswith(b"RIFF") and tile[8:12] == b"WEBP":
        return "image/webp"
    if tile[4:8] == b"ftyp" and b"avif" in tile[8 : min(int.from_bytes(tile[:4], "big"), _FTYP_LOOK)]:
        return "image/avif"
    return None


def required_media_type(tile: bytes) -> str:
    """Return the media type of a file's first tile. Raises MapFileError for what is no raster map."""
    found = media_type(tile)
    if found is None:
        # MBTiles gzips vector tiles; raw ones begin with the tag of field 3 (`layers`) of the protobuf
        raise MapFileError(VECTOR if tile.startswith((b"\x1f\x8b", b"\x1a")) else _NEITHER)
    return found
