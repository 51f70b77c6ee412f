"""What the form of a photo is shown with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from archive.catalogue.fields import FIELDS, said_by_file
from archive.catalogue.files import numbered
from archive.catalogue.models import Role
from archive.pages.photo_page.build import UNTITLED, alt_text
from archive.pages.photo_page.context import Picture
from archive.pages.photo_page.files import copy_url, picture
from archive.pages.studio.gate import curator_of
from archive.pages.studio.listing import Round, Way, way
from archive.pages.studio.past import PastLine, past
from archive.pages.studio.shown import PLACES, Answer, as_shown
from archive.pages.studio.undo_offer import UndoOffer, offered_undo
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.catalogue.models import File, Photo
    from archive.pages.studio.photo_form import PhotoForm
    from archive.pages.studio.saving import Conflict

_CREDITS = ("creator", "credit", "identifier", "language")
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three places: what stands, and whether it can go back to what the file says."""

    facet: str
    label: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Further:
    """A file of the photo other than the picture itself."""

    role: str
    name: str
    thumb: str
    original: str


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of the form, what the file says for it where that differs, and what somebody else wrote."""

    name: str
    bound: Any
    in_file: str
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class PhotoContext:
    photo: Photo
    form: PhotoForm
    title: str
    words: list[TextField]
    credits: list[TextField]
    notes: TextField
    rights_conflict: Conflict | None
    place_conflict: Conflict | None
    date_conflict: Conflict | None
    picture: Picture
    questions: list[Question]
    date: Answer
    answers_json: str
    further: list[Further]
    roles: list[tuple[str, str]]
    past: list[PastLine]
    way: Way
    query: str
    undo: UndoOffer | None
    conflicts: int
    tiles_url: str
    tiles_attribution: str


def photo_context(
    request: HttpRequest, photo: Photo, form: PhotoForm, conflicts: list[Conflict]
) -> PhotoContext:
    """Gather it; `conflicts` come from a saving that was refused."""
    files = numbered(photo)
    primary = files[0] if files else None
    faced = {conflict.name: conflict for conflict in conflicts}
    round_ = Round.of(request.GET)
    texts = {name: _text(name, form, photo, primary, faced) for name in FIELDS if name != "rights_uri"}
    return PhotoContext(
        photo=photo,
        form=form,
        title=photo.title or UNTITLED,
        words=[texts[name] for name in texts if name not in _CREDITS and name != "provenance_notes"],
        credits=[texts[name] for name in _CREDITS],
        notes=texts["provenance_notes"],
        rights_conflict=faced.get("rights_uri"),
        place_conflict=faced.get("coordinates"),
        date_conflict=faced.get("date"),
        picture=picture(photo, primary, inside=True, alt=alt_text(photo)),
        questions=[Question(facet.value, label, form.standing[facet]) for facet, label in PLACES.items()],
        date=form.standing[Facet.TIME],
        answers_json=_answers_json(form),
        further=[_further(photo, file, number) for number, file in enumerate(files, 1) if number > 1],
        roles=[(role.value, role.label) for role in Role if role not in {Role.PRIMARY, Role.SIDECAR}],
        past=past(photo),
        way=way(round_.photos(curator_of(request), photo.collection), photo),
        query=round_.query,
        undo=offered_undo(request),
        conflicts=len(conflicts),
        tiles_url=settings.TILES_URL,
        tiles_attribution=settings.TILES_ATTRIBUTION,
    )


def _text(
    name: str, form: PhotoForm, photo: Photo, primary: File | None, faced: dict[str, Conflict]
) -> TextField:
    says = as_shown(name, said_by_file(FIELDS[name], primary.reading)) if primary else ""
    differs = says != as_shown(name, getattr(photo, name))
    return TextField(name, form[name], says[:_LONGEST_SHOWN] if differs else "", faced.get(name))


def _answers_json(form: PhotoForm) -> str:
    """What the place picker shows when another of the three questions is chosen."""
    return json.dumps(
        {
            facet.value: {"coordinates": form.standing[facet].text, "radius": form.standing[facet].radius}
            for facet in PLACES
        }
    )


def _further(photo: Photo, file: File, number: int) -> Further:
    has_picture = file.role != Role.SIDECAR and bool(file.width)
    return Further(
        role=Role(file.role).label,
        name=file.name,
        thumb=copy_url(photo, file, 256, number) if has_picture else "",
        original=f"{reverse('file-original', args=[photo.public_id])}?file={number}",
    )
