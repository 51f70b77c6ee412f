"""The children that read and decode for this process, and what their ends mean for a file."""

from __future__ import annotations

import dataclasses
import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from archive.ingest.changes import release_connection
from archive.ingest.errors import Interrupted, Refused
from archive.metadata import Reading
from archive.quarantine import Failed, Killed, Limits, Quarantine, QuarantineError, Unavailable
from archive.vault.derivatives import Targets, is_derived

if TYPE_CHECKING:
    from collections.abc import Sequence

_KNOWN = frozenset({"Refused", "Undecodable"})  # their messages are written for the depositor


@functools.cache
def pool() -> Quarantine:
    limits = Limits(
        memory_bytes=settings.CHILD_MEMORY_BYTES,
        cpu_seconds=settings.CHILD_SECONDS,
        wall_seconds=settings.CHILD_SECONDS * 2.0,
    )
    return Quarantine(preload=["archive.ingest.examine"], limits=limits, size=os.cpu_count() or 2)


def look(path: Path, sha256: str, *, sidecars: Sequence[Path] = ()) -> Reading:
    """Read a picture and make its display sizes where they are missing. Raises `Refused`, `Interrupted`."""
    with Targets(sha256) as targets:
        ready = is_derived(sha256)
        told = _run(
            path,
            sidecars=[str(sidecar) for sidecar in sidecars],
            targets={} if ready else targets.names,
            max_pixels=settings.MAX_PIXELS,
        )
        if not ready:
            targets.keep()
    reading = Reading.from_json(told["reading"])
    if reading.sha256 != sha256:
        raise Interrupted("its bytes changed on the archive's disk while they were read: upload it again")
    picture = told["picture"]
    return dataclasses.replace(reading, width=picture["width"], height=picture["height"])


def _run(path: Path, **kwargs: object) -> dict[str, Any]:
    release_connection()
    try:
        told: dict[str, Any] = pool().run("archive.ingest.examine:examine", str(path), **kwargs)
    except Failed as error:
        raise Refused(error.message if error.kind in _KNOWN else f"it cannot be read ({error})") from error
    except (Killed, Unavailable) as error:
        raise Interrupted(str(error)) from error
    except QuarantineError as error:
        raise Refused(f"it cannot be read safely: {error}") from error
    return told
