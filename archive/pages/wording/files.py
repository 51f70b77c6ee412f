"""Sizes, kinds of file, and what happened to them, in words."""

from __future__ import annotations

from archive.custody.chain import Kind

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
EVENTS = {
    Kind.RECEIVED: "received",
    Kind.FILE_ADDED: "further file received",
    Kind.FIELD_CHANGED: "text changed",
    Kind.CLAIM_MADE: "claim made",
    Kind.REMOVED: "removed",
}


def size(byte_count: int) -> str:
    """Powers of a thousand: 950 bytes, 4.2 MB, 12 MB."""
    left, unit = float(byte_count), 0
    while left >= 1000 and unit < len(_UNITS) - 1:
        left, unit = left / 1000, unit + 1
    return f"{left:.1f} {_UNITS[unit]}" if unit and left < 10 else f"{left:,.0f} {_UNITS[unit]}"


def pixels(width: int | None, height: int | None) -> str:
    if not width or not height:
        return "size not known"
    millions = width * height / 1e6
    return f"{width:,} × {height:,} pixels" + (f", {millions:.1f} million" if millions >= 1 else "")


def exposure(seconds: float) -> str:
    if seconds >= 0.3:
        return f"{seconds:g} s"
    return f"1/{round(1 / seconds):,} s" if seconds > 0 else "0 s"
