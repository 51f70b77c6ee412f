"""Numbers as EXIF and XMP write them: ratios with zero below, floats in tuples, decimals as text."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

_FRACTION = re.compile(r"\s*([+-]?\d{1,20})\s*/\s*([+-]?\d{1,20})\s*\Z")
_DECIMAL = re.compile(r"\s*([+-]?(?:\d{1,40}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?)\s*\Z")


def number(value: Any) -> float | None:
    """Return the finite number an EXIF value or XMP text stands for; None for 0/0, 1/0 and no number."""
    if isinstance(value, tuple):  # how exifread returns floats
        value = value[0] if value else None
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, Fraction):
        return _divided(value.numerator, value.denominator)
    if isinstance(value, (int, float)) and math.isfinite(value):
        return float(value)
    return None


def _from_text(text: str) -> float | None:
    if match := _FRACTION.match(text):
        return _divided(int(match[1]), int(match[2]))
    if match := _DECIMAL.match(text):
        found = float(match[1])
        return found if math.isfinite(found) else None
    return None


def _divided(above: int, below: int) -> float | None:
    return above / below if below else None
