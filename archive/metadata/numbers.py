"""Numbers as EXIF and XMP write them: ratios with zero below, floats in tuples, decimals as text."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

_FRACTION = re.compile(r"\s*([+-]?\d{1,20})\s*/\s*([+-]?\d{1,20})\s*\Z")
_DECIMAL = re.compile(r"\s*([+-]?(?:\d{1,40}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?)\s*\Z")


def exact(value: Any) -> Fraction | None:
    """Return the finite number an EXIF value or XMP text stands for; None for 0/0, 1/0 and no number."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    if isinstance(value, Fraction):
        return Fraction(value.numerator, value.denominator) if value.denominator else None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return _from_text(value)
    return None


def number(value: Any) -> float | None:
    found = exact(value)
    try:
        return None if found is None else float(found)
    except OverflowError:
        return None


def _from_text(text: str) -> Fraction | None:
    if match := _FRACTION.match(text):
        return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    if match := _DECIMAL.match(text):
        return Fraction(match[1])
    return None
