"""Founding and changing series: title, note, which photos, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from archive.evidence.errors import EvidenceError
from archive.evidence.series import (
    add_to_series,
    edit_series,
    open_series,
    order_series,
    take_from_series,
)
from archive.evidence.targets import LONGEST_TEXT
from archive.pages.casework.gate import collection_to_work_on, series_to_work_on
from archive.pages.casework.picker import Pick, Picker, is_only_browsing, pick_of, picked, picker
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection, Photo
    from archive.evidence.models import Series


class SeriesForm(forms.Form):
    title = forms.CharField(
        max_length=200,
        help_text="What the photos have in common, for example: Seven aerial pictures posted together.",
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What makes you treat them as one: one post, one flight, one roll. Everybody may read it.",
    )


@dataclass(frozen=True, slots=True)
class NewSeriesContext:
    collection: Collection
    form: SeriesForm
    picker: Picker


@dataclass(frozen=True, slots=True)
class Member:
    pick: Pick
    position: int


@dataclass(frozen=True, slots=True)
class EditSeriesContext:
    series: Series
    collection: Collection
    form: SeriesForm
    members: list[Member]
    picker: Picker
    claims: int


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Found a series of ticked photos."""
    collection, user = collection_to_work_on(request, slug), curator_of(request)
    browsing = request.method != "POST" or is_only_browsing(request.POST)
    data = request.POST if request.method == "POST" else request.GET
    form = _kept(request) if browsing else SeriesForm(request.POST)
    if not browsing and form.is_valid():
        photos = picked(user, collection, request.POST)
        if not photos:
            form.add_error(None, "Tick at least one photo below.")
        else:
            try:
                series = open_series(collection=collection, by=user, photos=photos, **form.cleaned_data)
            except EvidenceError as wrong:
                form.add_error(None, str(wrong))
            else:
                messages.success(
                    request,
                    f"“{series.title}” now holds {len(photos)} photos. Say what is known of all of them.",
                )
                return redirect("series", public_id=series.public_id)
    page = NewSeriesContext(collection, form, picker(user, collection, data))
    return render_page(request, "casework/series_new.html", page)


@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the texts, the order and the photos; each button does one of them."""
    series, user = series_to_work_on(request, public_id), curator_of(request)
    form = SeriesForm(initial={"title": series.title, "note": series.note})
    if request.method == "POST":
        form = SeriesForm(request.POST) if "title" in request.POST else form
        try:
            if not is_only_browsing(request.POST) and _done(request, series, form):
                return redirect(reverse("series-edit", args=[series.public_id]) + _back_to(request))
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
    members = [
        Member(pick_of(one.photo, inside=True), position)
        for position, one in enumerate(
            series.members.select_related("photo").prefetch_related("photo__files"), start=1
        )
    ]
    present = frozenset(series.members.values_list("photo_id", flat=True))
    page = EditSeriesContext(
        series=series,
        collection=series.collection,
        form=form,
        members=members,
        picker=picker(user, series.collection, request.POST, without=present),
        claims=series.claims.filter(superseded_by=None).exclude(value=None).count(),
    )
    return render_page(request, "casework/series_edit.html", page)


def _done(request: HttpRequest, series: Series, form: SeriesForm) -> bool:
    """Do what the button says; False when the typing needs another look."""
    user, what = curator_of(request), request.POST.get("do", "")
    if what == "texts":
        if not form.is_valid():
            return False
        edit_series(series=series, by=user, **form.cleaned_data)
        messages.success(request, "The series is saved.")
    elif what == "add":
        count = add_to_series(series=series, photos=picked(user, series.collection, request.POST), by=user)
        messages.success(
            request, f"{count} photo{'' if count == 1 else 's'} added." if count else "No photo was ticked."
        )
    elif what == "order":
        order_series(series=series, photos=_by_number(request, series), by=user)
        messages.success(request, "The order is saved.")
    elif what.startswith(("up:", "down:")):
        order_series(series=series, photos=_moved(series, what), by=user)
    elif what.startswith("out:"):
        _take_out(request, series, what.removeprefix("out:"))
    return True


def _take_out(request: HttpRequest, series: Series, public_id: str) -> None:
    photo = series.photos.filter(public_id=public_id).first()
    if photo is None:
        return
    take_from_series(series=series, photo=photo, by=curator_of(request))
    messages.success(
        request,
        format_html(
            "“{}” is no longer in this series: what is said of the series no longer holds for it. "
            "It can be added again below.",
            pick_of(photo, inside=True).title,
        ),
    )


def _members(series: Series) -> list[Photo]:
    return [one.photo for one in series.members.select_related("photo").prefetch_related("photo__files")]


def _moved(series: Series, what: str) -> list[Photo]:
    way, _, public_id = what.partition(":")
    photos = _members(series)
    at = next((n for n, photo in enumerate(photos) if photo.public_id == public_id), None)
    if at is not None:
        to = min(max(at + (-1 if way == "up" else 1), 0), len(photos) - 1)
        photos.insert(to, photos.pop(at))
    return photos


def _by_number(request: HttpRequest, series: Series) -> list[Photo]:
    """Sort by the numbers typed; one that is no number keeps its place."""

    def number(numbered: tuple[int, Photo]) -> float:
        at, photo = numbered
        typed = request.POST.get(f"position-{photo.public_id}", "").strip().replace(",", ".")
        try:
            wanted = float(typed)
        except ValueError:
            return at
        return wanted - 0.5 if wanted < at else wanted + 0.5 if wanted > at else at

    return [photo for _, photo in sorted(enumerate(_members(series), start=1), key=number)]


def _kept(request: HttpRequest) -> SeriesForm:
    """Keep what was typed while the person looks for photos, without complaining yet."""
    kept = {name: request.POST.get(name, "") for name in ("title", "note")}
    return SeriesForm(initial=kept)


def _back_to(request: HttpRequest) -> str:
    return "" if request.POST.get("do") == "texts" else "#photos"
