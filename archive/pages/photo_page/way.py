"""The way through the selection one came from: back to it, and to the photos before and after."""

from __future__ import annotations

from django.urls import reverse

from archive.access.rights import Scope
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
    tail = f"?{selection.query()}" if selection.query() else ""
    return Way("", "", f"{reverse('explore')}{tail}", "", "")
