"""One file read for somebody who must not touch its bytes: runs in a quarantine child."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.metadata.reader import MOST_PIXELS, read_file
from archive.metadata.reading import Refused


def read_apart(path: str, *, sidecars: list[str], most_pixels: int = MOST_PIXELS) -> dict[str, Any]:
    """Return {"reading": JSON}, or {"refused": {"code", "reason", "format_name"}} for what is not taken."""
    try:
        reading = read_file(Path(path), sidecars=[Path(name) for name in sidecars], most_pixels=most_pixels)
    except Refused as error:
        return {"refused": {"code": error.code, "reason": error.reason, "format_name": error.format_name}}
    return {"reading": reading.to_json()}
