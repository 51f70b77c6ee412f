"""What would change our mind: writing it down, looking for it, taking it off the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect

from archive.evidence.errors import EvidenceError
from archive.evidence.grounds import record_falsifier, update_falsifier
from archive.evidence.targets import LONGEST_TEXT, target_of
from archive.evidence.vocabulary import READERSHIP_CHOICES, FalsifierState
from archive.pages.casework.gate import falsifier_to_work_on, series_to_work_on
from archive.pages.casework.showing import Head, head_of, url_of
from archive.pages.casework.words import QUESTIONS
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of, photo_to_edit
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.evidence.models import Falsifier
    from archive.evidence.targets import Target


class FalsifierForm(forms.Form):
    facet = forms.ChoiceField(
        label="Which answer would change?", choices=[(one.value, words) for one, words in QUESTIONS.items()]
    )
    text = forms.CharField(
        label="What would change our mind?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Something that can be looked for, for example: a copy of the picture dated before 2020, "
        "or a skyline that does not match.",
    )
    readership = forms.ChoiceField(
        label="Who may read this?",
        choices=READERSHIP_CHOICES,
        initial=Readership.PUBLIC.value,
        widget=forms.RadioSelect,
    )


class LookedForm(forms.Form):
    state = forms.ChoiceField(
        label="Was it looked for?", choices=FalsifierState.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where it was looked for, when, and what was there.",
    )


@dataclass(frozen=True, slots=True)
class FalsifierContext:
    head: Head
    form: FalsifierForm


@dataclass(frozen=True, slots=True)
class LookedContext:
    head: Head
    form: LookedForm
    falsifier: Falsifier
    question: str


@login_required
def of_photo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _new(request, photo_to_edit(request, public_id))


@login_required
def of_series(request: HttpRequest, public_id: str) -> HttpResponse:
    return _new(request, series_to_work_on(request, public_id))


def _new(request: HttpRequest, target: Target) -> HttpResponse:
    form = FalsifierForm(request.POST or None, initial={"facet": request.GET.get("facet", "")})
    if form.is_valid():
        said = form.cleaned_data
        try:
            record_falsifier(
                target=target,
                facet=Facet(said["facet"]),
                text=said["text"],
                by=curator_of(request),
                readership=Readership(said["readership"]),
            )
        except EvidenceError as wrong:
            form.add_error("text", str(wrong))
        else:
            messages.success(request, "Written down: anybody can now look for it.")
            return redirect(url_of(target))
    return render_page(request, "casework/falsifier.html", FalsifierContext(head_of(target), form))


@login_required
def update(request: HttpRequest, number: int) -> HttpResponse:
    """Say what looking for it brought; the second button takes it off the list."""
    falsifier = falsifier_to_work_on(request, number)
    target, drops = target_of(falsifier), request.POST.get("act") == "withdraw"
    stands = {"state": falsifier.state, "remark": falsifier.note}
    form = LookedForm(request.POST or None, initial=stands)
    if drops or form.is_valid():
        said = stands if drops else form.cleaned_data
        try:
            update_falsifier(
                falsifier=falsifier,
                by=curator_of(request),
                state=said["state"],
                remark=said["remark"],
                withdrawn=drops,
            )
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, "Taken off the list." if drops else "Recorded.")
            return redirect(url_of(target))
    page = LookedContext(head_of(target), form, falsifier, QUESTIONS[Facet(falsifier.facet)])
    return render_page(request, "casework/falsifier_update.html", page)
