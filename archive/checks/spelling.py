"""Numbers, spans and offsets as sentences spell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import floor

from archive.values.edtf_syntax import MONTHS


def offset(minutes: int) -> str:
    """Return "UTC+08:30", and "UTC" for none."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def span(seconds: float) -> str:
    """Return a length of time in its two largest units: "8 h 30 min", "19 years 223 days", "12 s"."""
    whole = floor(abs(seconds) + 0.5)
    units = ((31_557_600, " years"), (86_400, " days"), (3600, " h"), (60, " min"), (1, " s"))
    parts: list[str] = []
    for size, name in units:
        count, whole = divmod(whole, size)
        if count or parts:
            parts.append(
                f"{count}{name[:-1] if count == 1 and name.endswith('s') and len(name) > 2 else name}"
            )
    shown = [part for part in parts[:2] if not part.startswith("0 ")]
    return " ".join(shown) or "0 s"


def day(when: date | datetime | str) -> str:
    """Return "4 May 2018"; a text is ISO 8601."""
    found = datetime.fromisoformat(when) if isinstance(when, str) else when
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def clock(when: datetime | str) -> str:
    """Return "4 May 2018, 11:04:05"."""
    found = datetime.fromisoformat(when) if isinstance(when, str) else when
    return f"{day(found)}, {found:%H:%M:%S}"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
