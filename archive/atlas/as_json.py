"""Answers and cards as plain values for JSON: the shapes of /api/atlas and /api/photos, used by pages too.

Columns of whole numbers are told as steps: the first number, then each less the one before. A column with few
values is sparse: where there is something (as steps), and what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.atlas.answers import Answer, Bins, Cells, Cube, Facet
from archive.atlas.cards import Card
from archive.atlas.listing import Page

Plain = dict[str, Any]
_DIGITS_FROM_ZOOM = ((16, 7), (13, 6), (10, 5), (0, 4))
"""Decimals of a degree worth telling: a tenth of a pixel of the map, centimetres from zoom 16."""


def answer_json(answer: Answer, *, zoom: int) -> Plain:
    """Return the shape of /api/atlas for the zoom that was asked for."""
    extent = answer.extent
    plain: Plain = {
        "total": answer.total,
        "placed": answer.placed,
        "several": answer.several,
        "edge": answer.edge,
        "unplaced": answer.unplaced,
        "undated": answer.undated,
        "spanning": answer.bins.spanning,
        "might": answer.might,
        "extent": [extent.west, extent.south, extent.east, extent.north] if extent else None,
        "level": answer.level,
        "cells": _cells(answer.cells, zoom),
        "bins": _bins(answer.bins),
        "facets": {name: _values(facet) for name, facet in answer.facets.items()},
        "rest": {name: facet.rest for name, facet in answer.facets.items()},
    }
    if answer.cube is not None:
        plain["cube"] = _cube(answer.cube, answer.cells, zoom)
    if answer.within_reach is not None:
        plain["sees"] = {"within_reach": answer.within_reach, "directed": answer.directed}
    return plain


def page_json(page: Page) -> Plain:
    return {"photos": [card_json(card) for card in page.photos], "next": page.next}


def card_json(card: Card) -> Plain:
    plain = asdict(card)
    if card.time is not None:
        plain["time"] |= {
            "earliest": card.time.earliest.isoformat(),
            "latest": card.time.latest.isoformat(),
        }
    return plain


def _cells(cells: Cells, zoom: int) -> Plain:
    digits = next(digits for least, digits in _DIGITS_FROM_ZOOM if zoom >= least)
    return {
        "unit": float(f"1e-{digits}"),
        "lat": _steps(_units(cells.latitudes, digits)),
        "lon": _steps(_units(cells.longitudes, digits)),
        "n": list(cells.counts),
        "photo": list(cells.photos),
        "depth": list(cells.depths),
        "parts": _sparse([parts or None for parts in cells.parts]),
        "possible": _marked(cells.possible),
        "radius_m": _sparse(cells.radii_m),
        "direction": _sparse(cells.directions),
        "width_deg": _sparse(cells.widths_deg),
    }


def _cube(cube: Cube, shown: Cells, zoom: int) -> Plain:
    """`cells` is null when they are the answer's own, position for position."""
    lengths = [last - first or None for first, last in zip(cube.first, cube.last, strict=True)]
    return {
        "level": cube.level,
        "cells": None if cube.cells is shown else _cells(cube.cells, zoom),
        "cell": _steps(cube.cell),
        "first": list(cube.first),
        "length": _sparse(lengths),
        "n": list(cube.counts),
    }


def _units(degrees: Sequence[float], digits: int) -> list[int]:
    scale = 10**digits
    return [round(degree * scale) for degree in degrees]


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _sparse(values: Sequence[float | None]) -> Plain:
    there = [at for at, value in enumerate(values) if value is not None]
    return {"at": _steps(there), "value": [values[at] for at in there]} if there else {}


def _marked(flags: Sequence[bool]) -> Plain:
    there = [at for at, flag in enumerate(flags) if flag]
    return {"at": _steps(there)} if there else {}


def _bins(bins: Bins) -> Plain:
    """Bins of one unit without gaps: `first` begins, the lists say how many follow."""
    return {
        "unit": bins.unit,
        "first": bins.starts[0].isoformat() if bins.starts else None,
        "certain": list(bins.certain),
        "possible": list(bins.possible),
        "spanning": bins.spanning,
        "undated": bins.undated,
        "outside": bins.outside,
        "total": bins.total,
    }


def _values(facet: Facet) -> list[Plain]:
    return [asdict(value) for value in facet.values]
