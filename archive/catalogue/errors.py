from __future__ import annotations


class CatalogueError(Exception):
    """Something the catalogue will not hold; the message tells what to do."""


class FieldError(CatalogueError):
    """A value that a field cannot take. `field` names it, so that a form can show the message there."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class StaleError(CatalogueError):
    """Somebody else changed the field since the form was opened; nothing was written."""
