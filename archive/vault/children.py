from __future__ import annotations

import functools
import os

from django.conf import settings

from archive.quarantine import Limits, Quarantine


@functools.cache
def pool() -> Quarantine:
    """The children that decode for this process, started at first use."""
    return Quarantine(preload=["archive.vault.pictures"], limits=limits(), size=os.cpu_count() or 2)


def limits() -> Limits:
    return Limits(
        memory_bytes=settings.CHILD_MEMORY_BYTES,
        cpu_seconds=settings.CHILD_SECONDS,
        wall_seconds=settings.CHILD_SECONDS * 2.0,
    )
