"""Runs work on untrusted bytes in a killable child process with limits. Standard library only."""

from archive.quarantine.errors import (
    Crashed,
    Failed,
    Killed,
    OutOfMemory,
    QuarantineError,
    TimedOut,
    Unavailable,
)
from archive.quarantine.limits import Limits
from archive.quarantine.pool import Quarantine

__all__ = [
    "Crashed",
    "Failed",
    "Killed",
    "Limits",
    "OutOfMemory",
    "Quarantine",
    "QuarantineError",
    "TimedOut",
    "Unavailable",
]
