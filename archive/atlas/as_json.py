"""Answers and cards as plain values for JSON: the shapes of /api/atlas and /api/photos, used by pages too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.atlas.answers import Answer, Bins, Cells, Facet
from archive.atlas.cards import Card
from archive.atlas.listing import Page

Plain = dict[str, Any]
UNIT = 1e-7


def answer_json(answer: Answer) -> Plain:
    extent = answer.extent
    return {
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
        "cells": _cells(answer.cells),
        "bins": _bins(answer.bins),
        "facets": {name: _values(facet) for name, facet in answer.facets.items()},
        "rest": {name: facet.rest for name, facet in answer.facets.items()},
    }


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


def _cells(cells: Cells) -> Plain:
    """Lists side by side; coordinates as whole units, each less the one before."""
    return {
        "unit": UNIT,
        "lat": _steps([round(latitude / UNIT) for latitude in cells.latitudes]),
        "lon": _steps([round(longitude / UNIT) for longitude in cells.longitudes]),
        "n": list(cells.counts),
        "photo": list(cells.photos),
        "depth": list(cells.depths),
        "parts": _sparse([parts or None for parts in cells.parts]),
        "possible": _sparse([1 if possible else None for possible in cells.possible]),
        "radius_m": _sparse(cells.radii_m),
        "direction": _sparse(cells.directions),
        "width_deg": _sparse(cells.widths_deg),
    }


def _steps(numbers: Sequence[int]) -> list[int]:
    """The first number, then each less the one before."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _sparse(values: Sequence[float | None]) -> Plain:
    """Where there is something, and what."""
    there = [at for at, value in enumerate(values) if value is not None]
    return {"at": _steps(there), "value": [values[at] for at in there]} if there else {}


def _bins(bins: Bins) -> Plain:
    return {
        "unit": bins.unit,
        "lo": [start.isoformat() for start in bins.starts],
        "certain": list(bins.certain),
        "possible": list(bins.possible),
        "spanning": bins.spanning,
        "undated": bins.undated,
        "outside": bins.outside,
        "total": bins.total,
    }


def _values(facet: Facet) -> list[Plain]:
    return [asdict(value) for value in facet.values]
