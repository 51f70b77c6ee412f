"""A photo's files in the order people count them."""

from __future__ import annotations

from archive.catalogue.models import File, Photo, Role
from archive.vault import RECIPE


def numbered(photo: Photo) -> list[File]:
    """Return the photo's files, the picture itself first, then in order of receipt; the first is number 1."""
    return sorted(photo.files.all(), key=lambda file: (file.role != Role.PRIMARY, file.pk))


def copy_version(file: File) -> str:
    """Name what the copies of a file are made of and how: while it is the same, so are their bytes."""
    return f"{file.sha256[:12]}{RECIPE}"
