"""The way through the selection one came from: back to it, and to the photos before and after."""

from __future__ import annotations

from django.urls import reverse

from archive.access.rights import Scope
from archive.atlas.listing import neighbours
from archive.catalogue.models import Photo
from archive.pages.photo_page.context import Way
from archive.values.selection import Selection, SelectionError, parse_selection


def selection_in(query: str) -> Selection:
    """Read the selection of an address; one nobody can apply counts as none, for the photo is still there."""
    try:
        return parse_selection(query)
    except SelectionError:
        return Selection()


def way(scope: Scope, selection: Selection, photo: Photo) -> Way:
    found = neighbours(scope, selection, photo)
    query = selection.query()
    tail = f"?{query}" if query else ""

    def address(public_id: str | None) -> str:
        return f"{reverse('photo', args=[public_id])}{tail}" if public_id else ""

    return Way(
        previous=address(found.previous),
        next=address(found.next),
        back=f"{reverse('explore')}{tail}",
        position=f"{found.position:,}" if found.position else "",
        total=f"{found.total:,}",
    )
