"""What runs in the quarantine child: everything that touches a foreign byte, in one visit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.metadata.reader import read_file
from archive.vault import pictures


def examine(path: str, *, sidecars: list[str], targets: dict[str, str], max_pixels: int) -> dict[str, Any]:
    """Read what the file says and make its display sizes; {"reading": ..., "picture": ...}.

    An empty `targets` checks the header only. Raises `metadata.Refused`, `vault.Undecodable`.
    """
    reading = read_file(Path(path), sidecars=[Path(sidecar) for sidecar in sidecars], most_pixels=max_pixels)
    picture = pictures.render(path, orientation=reading.orientation, targets=targets, max_pixels=max_pixels)
    return {"reading": reading.to_json(), "picture": picture}
