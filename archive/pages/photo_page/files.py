"""The card about the file: its bytes, its further files and its chain of custody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from archive.catalogue.fields import FIELDS
from archive.catalogue.files import copy_version
from archive.catalogue.models import File, Photo, Role
from archive.custody.chain import Kind
from archive.custody.models import CustodyEvent
from archive.pages.photo_page.context import Custody, Event, FileCard, Picture
from archive.pages.wording import files, times

_ACTOR = "user:"
_OPEN_EVENTS = frozenset({Kind.RECEIVED, Kind.FILE_ADDED})


def copy_url(photo: Photo, file: File, size: int, number: int = 1) -> str:
    """Return the address of a copy; it names the copy's version, so that it may be kept for good."""
    query = {"v": copy_version(file)} | ({"file": str(number)} if number > 1 else {})
    return f"{reverse('file-size', args=[photo.public_id, size])}?{urlencode(query)}"


def picture(photo: Photo, file: File | None, *, inside: bool, alt: str) -> Picture:
    if file is None or not file.width or not file.height:
        return Picture("", 0, 0, alt, "", "", 0, 0)
    most = max(file.width, file.height) if inside else photo.collection.largest_public_px
    width, height = fitted(file.width, file.height, most)
    preview = fitted(file.width, file.height, 1600)
    return Picture(
        src=copy_url(photo, file, 1600),
        width=width,
        height=height,
        alt=alt,
        info=reverse("iiif-info", args=[photo.public_id]),
        small=copy_url(photo, file, 256),
        preview_width=preview[0],
        preview_height=preview[1],
    )


def fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    """The size within a square, sides in proportion, never enlarged; as the vault's copies have it."""
    longest = max(width, height)
    if longest <= edge:
        return width, height
    return max(1, round(width * edge / longest)), max(1, round(height * edge / longest))


def card(photo: Photo, file: File, number: int, *, inside: bool) -> FileCard:
    original = reverse("file-original", args=[photo.public_id]) + (f"?file={number}" if number > 1 else "")
    is_picture = file.role != Role.SIDECAR
    return FileCard(
        number=number,
        role=Role(file.role).label,
        name=file.name if inside else "",
        kind=file.format or "sidecar",
        size=files.size(file.byte_count),
        pixels=files.pixels(file.width, file.height) if is_picture else "",
        sha256=file.sha256,
        received=times.minute(file.received_at),
        copy=copy_url(photo, file, 256, number) if is_picture else "",
        original=original if inside else "",
    )


def custody(events: Sequence[CustodyEvent], *, holds: bool, names: Mapping[str, str] | None) -> Custody:
    """Tell the chain; strangers (`names` is None) learn when bytes came and how many links more there are."""
    shown = [event for event in events if names is not None or event.kind in _OPEN_EVENTS]
    told = tuple(
        Event(event.sequence + 1, times.minute(event.at), _what(event), _who(event.actor, names))
        for event in shown
    )
    return Custody(told, holds, len(events) - len(shown))


def people_in(events: Iterable[CustodyEvent]) -> set[int]:
    """Return the numbers of the accounts that acted."""
    actors = {event.actor.removeprefix(_ACTOR) for event in events if event.actor.startswith(_ACTOR)}
    return {int(actor) for actor in actors if actor.isdigit()}


def _what(event: CustodyEvent) -> str:
    words = files.EVENTS.get(Kind(event.kind), event.kind) if event.kind in set(Kind) else event.kind
    field = FIELDS.get(str(event.detail.get("field", "")))
    if field is not None:
        return f"{words}: {field.label.lower()}"
    facet = str(event.detail.get("facet", "")).replace("_", " ")
    return f"{words}: {facet}" if facet else words


def _who(actor: str, names: Mapping[str, str] | None) -> str:
    if not actor.startswith(_ACTOR):
        return "the archive" if actor == "system" else actor
    return (names or {}).get(actor.removeprefix(_ACTOR), "a member of the archive")
