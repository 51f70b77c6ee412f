"""The offer to undo what was saved a moment ago; it waits in the session until the next page shows it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive.pages.photo_page.build import UNTITLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from archive.catalogue.models import Photo
    from archive.pages.studio.saving import Saved

_KEY = "studio-undo"


@dataclass(frozen=True, slots=True)
class UndoOffer:
    public_id: str
    title: str
    revisions: list[int]
    claims: list[int]
    names: list[str]

    @property
    def words(self) -> str:
        """Name what was saved: "title, date and place"."""
        return listed(self.names)


def listed(names: Sequence[str]) -> str:
    """Join as a sentence does: "title, date and place"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def offer_undo(request: HttpRequest, photo: Photo, saved: Saved) -> None:
    offer = UndoOffer(
        photo.public_id, photo.title or UNTITLED, list(saved.revisions), list(saved.claims), list(saved.names)
    )
    request.session[_KEY] = asdict(offer)


def offered_undo(request: HttpRequest) -> UndoOffer | None:
    """Return the offer once."""
    kept = request.session.pop(_KEY, None)
    return UndoOffer(**kept) if kept else None
