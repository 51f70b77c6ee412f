"""Founding and changing collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from archive.access.members import open_collection
from archive.access.rights import may_open_collections
from archive.catalogue.collections import edit_collection
from archive.catalogue.errors import FieldError
from archive.catalogue.models import Visibility
from archive.ingest.rejudging import settle_anew
from archive.pages.context import render_page
from archive.pages.studio.collection_form import CollectionForm
from archive.pages.studio.gate import collection_to_manage, curator_of
from archive.pages.studio.opening import Opening, opening

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection

TEMPLATE = "studio/collection_form.html"


@dataclass(frozen=True, slots=True)
class CollectionFormContext:
    """`closed_by` is the private collection around it that keeps a public one private."""

    form: CollectionForm
    collection: Collection | None
    opening: Opening | None
    closed_by: Collection | None


@login_required
def found(request: HttpRequest) -> HttpResponse:
    """Create a collection; its founder owns it."""
    user = curator_of(request)
    if not may_open_collections(user):
        raise PermissionDenied("Founding collections needs a role in one already: ask an administrator.")
    form = CollectionForm(request.POST or None, viewer=user)
    if form.is_valid():
        try:
            made = open_collection(by=user, slug=form.cleaned_data["slug"], **form.texts())
        except FieldError as wrong:
            form.add_error(wrong.field, str(wrong))
        else:
            messages.success(request, f"“{made.title}” is founded. Now add photos.")
            return redirect("studio-upload", slug=made.slug)
    return render_page(request, TEMPLATE, CollectionFormContext(form, None, None, None))


@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit a collection; making it public is asked twice, with the number of photos."""
    collection = collection_to_manage(request, slug)
    form = CollectionForm(request.POST or None, viewer=curator_of(request), collection=collection)
    asked = None
    if form.is_valid():
        parent = form.cleaned_data.get("parent", collection.parent)
        asked = opening(collection, form.cleaned_data["visibility"], parent)
        if asked is None or request.POST.get("opens") == str(asked.photos):
            try:
                edited = edit_collection(collection=collection, **form.texts())
            except FieldError as wrong:
                form.add_error(wrong.field, str(wrong))
            else:
                messages.success(request, _saved(collection, edited))
                return redirect("studio-collection", slug=collection.slug)
    return render_page(
        request, TEMPLATE, CollectionFormContext(form, collection, asked, _closed_by(collection))
    )


def _saved(before: Collection, after: Collection) -> str:
    """Settle anew where another number of reviewers is asked for, and say what was done."""
    if before.two_reviewers == after.two_reviewers or not settle_anew(after):
        return "The collection is saved."
    return "The collection is saved. Its judged photos are being settled anew; that takes a while."


def _closed_by(collection: Collection) -> Collection | None:
    above = collection.parent
    while above is not None and above.visibility == Visibility.PUBLIC:
        above = above.parent
    return above
