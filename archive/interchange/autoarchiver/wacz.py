"""Reading a WACZ from this process: the work is done in a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from archive.metadata.web_archive import WaczError, look
from archive.quarantine import Failed, Quarantine, QuarantineError

__all__ = ["WaczError", "WebArchive", "read_wacz"]


@dataclass(frozen=True, slots=True)
class WebArchive:
    """`captured` maps each captured address to the first and last instant (aware) of its capture.

    `altered` names the files whose bytes are not those that were packed.
    """

    pages: tuple[str, ...]
    captured: dict[str, tuple[datetime, datetime]]
    altered: tuple[str, ...]
    listed: int


def read_wacz(path: Path) -> WebArchive:
    """Read and verify a web archive in a child process; nothing of it is run or shown. Raises `WaczError`."""
    try:
        told = _pool().run(look, str(path))
    except Failed as error:
        raise WaczError(error.message) from error
    except QuarantineError as error:
        raise WaczError(f"The web archive cannot be read safely: {error}") from error
    return WebArchive(
        pages=tuple(told["pages"]),
        captured={
            url: (datetime.fromisoformat(first), datetime.fromisoformat(last))
            for url, (first, last) in told["captured"].items()
        },
        altered=tuple(told["altered"]),
        listed=told["listed"],
    )


@cache
def _pool() -> Quarantine:
    return Quarantine(preload=["archive.metadata.web_archive"], size=1)
