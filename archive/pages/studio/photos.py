"""Editing one photo, going back, taking back, taking out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive import vault
from archive.catalogue.errors import CatalogueError
from archive.catalogue.fields import FIELDS
from archive.catalogue.photos import remove_photo
from archive.evidence.errors import EvidenceError
from archive.evidence.records import attached
from archive.pages.context import render_page
from archive.pages.photo_page.build import UNTITLED
from archive.pages.studio.gate import curator_of, photo_to_edit
from archive.pages.studio.listing import Round, way
from archive.pages.studio.photo_context import photo_context
from archive.pages.studio.photo_form import PhotoForm
from archive.pages.studio.rights_field import OWN, initial_rights
from archive.pages.studio.saving import Conflict, ConflictError, save, undo
from archive.pages.studio.shown import (
    QUESTIONS,
    answer_fingerprint,
    answers,
    as_shown,
    fingerprint,
    seen_before,
    seen_now,
    shown_key,
)
from archive.pages.studio.undo_offer import listed, offer_undo
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Photo

TEMPLATE = "studio/photo.html"


@dataclass(frozen=True, slots=True)
class RemoveContext:
    photo: Photo
    thumb: str
    files: int
    changes: int
    claims: int


@login_required
def photo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form; a POST saves, and may set one field back to what the file says."""
    found = photo_to_edit(request, public_id)
    standing = answers(found)
    if request.method != "POST":
        form = PhotoForm(photo=found, standing=standing)
        form.initial["seen"] = seen_now(found, standing)
        return render_page(request, TEMPLATE, photo_context(request, found, form, []))
    form = PhotoForm(request.POST, photo=found, standing=standing)
    conflicts: list[Conflict] = []
    if form.is_valid():
        try:
            return _saved(request, found, form)
        except ConflictError as clash:
            conflicts = clash.conflicts
            form = _refilled(request, found)
    return render_page(request, TEMPLATE, photo_context(request, found, form, conflicts))


def _saved(request: HttpRequest, found: Photo, form: PhotoForm) -> HttpResponse:
    revert = request.POST.get("revert", "")
    saved = save(photo=found, by=curator_of(request), typed=form.typed(), revert=revert)
    found.refresh_from_db()
    if saved:
        offer_undo(request, found, saved)
    else:
        messages.info(request, "Nothing was changed.")
    round_ = Round.of(request.GET)
    if request.POST.get("then") == "next":
        following = way(round_.photos(curator_of(request), found.collection), found).after
        if following:
            return redirect(reverse("studio-photo", args=[following]) + round_.query)
        messages.info(request, "That was the last one.")
    return redirect(reverse("studio-photo", args=[found.public_id]) + round_.query)


def _refilled(request: HttpRequest, found: Photo) -> PhotoForm:
    """Keep what the person typed, take over what only somebody else changed, and remember the new state."""
    found.refresh_from_db()
    standing = answers(found)
    data = request.POST.copy()
    before = seen_before(data.get("seen", ""))
    for name in FIELDS:
        if name in data and fingerprint(name, data[name]) == before.get(name):
            data[name] = as_shown(name, getattr(found, name))
    chosen = data.get("rights", "") if data.get("rights") != OWN else data.get("rights_own", "")
    if fingerprint("rights_uri", chosen) == before.get("rights_uri"):
        data.update(initial_rights(found.rights_uri))
    place, date = standing[Facet(str(data["facet"]))], standing[Facet.TIME]
    typed = answer_fingerprint(data.get("coordinates", "").strip(), data.get("radius", "").strip())
    if typed == before.get(shown_key(place.facet)):
        data["coordinates"], data["radius"] = place.text, place.radius
    if answer_fingerprint(data.get("date", "").strip()) == before.get(shown_key(Facet.TIME)):
        data["date"] = date.text
    data["seen"] = seen_now(found, standing)
    return PhotoForm(data, photo=found, standing=standing)


@login_required
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo changes of this photo by their numbers, then return to the page one came from."""
    found = photo_to_edit(request, public_id)
    try:
        undone = undo(
            photo=found,
            by=curator_of(request),
            revisions=_numbers(request, "revision"),
            claims=_numbers(request, "claim"),
        )
    except (CatalogueError, EvidenceError) as wrong:
        messages.error(request, f"Not undone. {wrong}")
    else:
        title = found.title or UNTITLED
        said = f"Undone: {listed(undone.names)} of “{title}”." if undone else "There was nothing to undo."
        messages.success(request, said)
    return redirect(reverse("studio-photo", args=[public_id]) + Round.of(request.GET).query)


@login_required
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, saying what goes; a POST takes the photo out for good."""
    found = photo_to_edit(request, public_id)
    if request.method == "POST":
        with transaction.atomic():
            unused = remove_photo(photo=found, by=curator_of(request).pk)
            transaction.on_commit(lambda: _forget(unused))
        messages.success(request, f"“{found}” is removed.")
        return redirect("studio-collection", slug=found.collection.slug)
    page = RemoveContext(
        photo=found,
        thumb=reverse("file-size", args=[public_id, 256]),
        files=found.files.count(),
        changes=found.revisions.count(),
        claims=found.claims.filter(facet__in=[facet.value for facet in QUESTIONS]).count(),
    )
    return render_page(request, "studio/remove.html", page)


def _forget(digests: list[str]) -> None:
    for digest in set(digests) - attached(digests):
        vault.delete(digest)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdigit()][:100]
