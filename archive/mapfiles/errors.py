from __future__ import annotations


class MapFileError(Exception):
    """A map file cannot be used, or not that part of it; the message says why and what to do."""


def unreadable(error: OSError) -> MapFileError:
    return MapFileError(f"it cannot be read ({error.strerror}): check that it is there and readable")
