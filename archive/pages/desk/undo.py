"""The offer to undo the last removal; it waits in the session until a page of the desk shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.pages.desk.context import Undo

if TYPE_CHECKING:
    from django.http import HttpRequest

_KEY = "desk-undo"


def offer(request: HttpRequest, words: str, address: str) -> None:
    request.session[_KEY] = [words, address]


def offered(request: HttpRequest) -> Undo | None:
    """Return the offer once."""
    kept = request.session.pop(_KEY, None)
    return Undo(*kept) if kept else None
