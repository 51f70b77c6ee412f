"""Maps of the installation's own: raster MBTiles and PMTiles files in one folder, served by ourselves."""

from archive.mapfiles.adding import add_map
from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import Facts, Role
from archive.mapfiles.note import Note
from archive.mapfiles.register import Listing, MapFile, Problem, Tile, find, folder, listing, tile

__all__ = [
    "Facts",
    "Listing",
    "MapFile",
    "MapFileError",
    "Note",
    "Problem",
    "Role",
    "Tile",
    "add_map",
    "find",
    "folder",
    "listing",
    "tile",
]
