"""Bytes to a Reading: what a photograph's file says about it. No Django, no database, no decoded pixel."""

from archive.metadata.reader import read_file as read
from archive.metadata.reading import (
    Drone,
    MetadataError,
    Problem,
    Reading,
    Refused,
    Standing,
    Statement,
)
from archive.metadata.report import report

__all__ = [
    "Drone",
    "MetadataError",
    "Problem",
    "Reading",
    "Refused",
    "Standing",
    "Statement",
    "read",
    "report",
]
