from __future__ import annotations


class DeskError(Exception):
    """Something that cannot be kept; the message says what to do instead."""


class TooManyError(DeskError):
    """Somebody keeps more, or quicker, than the archive gives room for."""
