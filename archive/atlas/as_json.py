"""Answers and cards as plain values for JSON: the shapes of /api/atlas and /api/photos, used by pages too."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.atlas.answers import Answer, Bins, Cell, Facet
from archive.atlas.cards import Card
from archive.atlas.listing import Page

Plain = dict[str, Any]


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


def _cells(cells: tuple[Cell, ...]) -> Plain:
    """One list for each property: half the size of one object for each cell."""
    return {
        "lat": [cell.latitude for cell in cells],
        "lon": [cell.longitude for cell in cells],
        "n": [cell.n for cell in cells],
        "parts": [cell.parts for cell in cells],
        "photo": [cell.photo for cell in cells],
        "radius_m": [cell.radius_m for cell in cells],
        "direction": [cell.direction for cell in cells],
        "width_deg": [cell.width_deg for cell in cells],
        "possible": [int(cell.possible) for cell in cells],
        "west": [cell.west for cell in cells],
        "south": [cell.south for cell in cells],
        "east": [cell.east for cell in cells],
        "north": [cell.north for cell in cells],
    }


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
