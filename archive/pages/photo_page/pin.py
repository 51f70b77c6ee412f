"""The viewer's own pin on a photo's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from archive.desk.pins import pin_of
from archive.pages.markdown import to_html

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.catalogue.models import Photo


@dataclass(frozen=True, slots=True)
class PinView:
    """What the page says of the pin; `here` is where its buttons come back to."""

    ref: str
    is_pinned: bool
    note: SafeString
    typed: str
    here: str


def pin_view(request: HttpRequest, photo: Photo, here: str) -> PinView | None:
    """Return None for strangers, who have no desk."""
    if not request.user.is_authenticated:
        return None
    kept = pin_of(request.user, photo.public_id)
    note = kept.note if kept else ""
    html = to_html(note) if note.strip() else SafeString("")
    return PinView(photo.public_id, kept is not None, html, note, here)
