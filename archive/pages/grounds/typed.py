"""Rectangles and points on a picture as people type them: percent of its width and height."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archive.evidence.grounds import Region
from archive.pages.casework.typed import UnreadError

SIDES = ("left", "top", "wide", "high")
_NUMBER = re.compile(r"-?\d{1,4}(?:[.,]\d{1,6})?")


def region(said: Mapping[str, Any], prefix: str = "") -> Region | None:
    """Read the four fields of a rectangle; None when all are empty.

    Raises `UnreadError` naming a field, `EvidenceError` for a rectangle outside the picture.
    """
    texts = [str(said.get(prefix + side) or "").strip() for side in SIDES]
    if not any(texts):
        return None
    x, y, wide, high = (_share(text, prefix + side) for side, text in zip(SIDES, texts, strict=True))
    return Region(x, y, wide, high)


def region_fields(stored: Mapping[str, float] | None, prefix: str = "") -> dict[str, str]:
    """Write it as `region` reads it."""
    if not stored:
        return {}
    return {
        prefix + side: percent(stored[key]) for side, key in zip(SIDES, ("x", "y", "w", "h"), strict=True)
    }


def asked_region(text: str) -> dict[str, str]:
    """Read "x,y,w,h" of an address, fractions of the picture; nonsense gives nothing."""
    try:
        x, y, w, h = (min(1.0, max(0.0, float(part))) for part in text.split(","))
        return region_fields(Region(x, y, min(w, 1 - x), min(h, 1 - y)).to_json())
    except ValueError:
        return {}


def point(text: str, field: str) -> tuple[float, float]:
    """Read "41.5, 60.2": percent from the left and from the top. Raises `UnreadError`."""
    found = re.findall(_NUMBER, re.sub(r",(?=\s|$)", " ", text.replace("%", " ").replace(";", " ")))
    if len(found) != 2:
        raise UnreadError(field, "Write two percentages, from the left and from the top: 41.5, 60.2.")
    return _share(found[0], field), _share(found[1], field)


def point_text(stored: tuple[float, float] | list[float]) -> str:
    return f"{percent(stored[0])}, {percent(stored[1])}"


def percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")


def _share(text: str, field: str) -> float:
    clean = text.strip().rstrip("%").strip()
    if not _NUMBER.fullmatch(clean):
        raise UnreadError(field, "Write a percentage, for example 12.5.")
    return float(clean.replace(",", ".")) / 100
