"""Sizes, kinds of file, and what happened to them, in words."""

from __future__ import annotations

from archive.custody.chain import Kind

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
EVENTS = {
    Kind.RECEIVED: "received",
    Kind.FILE_ADDED: "further file received",
    Kind.FIELD_CHANGED: "text changed",
    Kind.CLAIM_MADE: "claim made",
    Kind.CLAIM_EXCEPTED: "taken out of a claim on its series",
    Kind.SOURCE_RECORDED: "source recorded",
    Kind.SERIES_CHANGED: "series changed",
    Kind.APPEARANCE_RECORDED: "appearance recorded",
    Kind.EVIDENCE_RECORDED: "evidence recorded",
    Kind.FALSIFIER_RECORDED: "what would change the answer: recorded",
    Kind.VERDICT_GIVEN: "verdict given",
    Kind.ATTACHMENT_KEPT: "document kept",
    Kind.EXPORTED: "report taken out",
    Kind.SELECTION_FROZEN: "list frozen for citation",
    Kind.SELECTION_WITHDRAWN: "frozen list withdrawn",
    Kind.ERASED: "personal text erased",
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
