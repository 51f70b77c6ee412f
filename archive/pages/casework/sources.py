"""Who speaks: the sources a collection knows, how far they can be relied on, what the public is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect

from archive.evidence.errors import EvidenceError
from archive.evidence.records import claims_by_source, sources_of
from archive.evidence.sources import WITHHELD, edit_source, record_source, spoken_name
from archive.evidence.targets import LONGEST_TEXT
from archive.evidence.vocabulary import RECORDED_KINDS, Display, Reliability, SourceKind
from archive.pages.casework.gate import collection_to_work_on, source_to_work_on
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection
    from archive.evidence.models import Source

KINDS = [(kind.value, kind.label) for kind in RECORDED_KINDS]
WITHHELD_EXAMPLE = WITHHELD[0].upper() + WITHHELD[1:]
DISPLAYS = [
    (Display.NAMED.value, "the name or handle"),
    (Display.PSEUDONYM.value, "a pseudonym"),
    (Display.WITHHELD.value, "neither: the name is withheld"),
]
RELIABILITIES = [(grade.value, f"{grade.label} ({grade.value})") for grade in Reliability]


class SourceForm(forms.Form):
    kind = forms.ChoiceField(label="What kind of source is it?", choices=KINDS)
    name = forms.CharField(
        label="Name or handle",
        max_length=200,
        help_text="As it is written where they speak, for example u/XiaoHao2.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    display = forms.ChoiceField(
        label="What is the public told?",
        choices=DISPLAYS,
        initial=Display.WITHHELD,
        widget=forms.RadioSelect,
    )
    pseudonym = forms.CharField(
        required=False,
        max_length=200,
        help_text="A name of your own making, for example: the pilot.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reliability = forms.ChoiceField(
        label="How far can this source be relied on?",
        choices=RELIABILITIES,
        initial=Reliability.F,
        help_text="Judge the source by what it said before, apart from what it says here. Only members of "
        "the collection see it. A program or model always counts as one that cannot be judged.",
    )
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=2000,
        help_text="Of the profile, the publication or the program. Only members see it.",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What is known of this source and how. Only members see it.",
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError("An address begins with http:// or https://.")
        return url


@dataclass(frozen=True, slots=True)
class SourceLine:
    public_id: str
    name: str
    kind: str
    told: str
    reliability: str
    claims: int


@dataclass(frozen=True, slots=True)
class SourcesContext:
    collection: Collection
    lines: list[SourceLine]


@dataclass(frozen=True, slots=True)
class SourceFormContext:
    """`source` is None for a new one."""

    collection: Collection
    form: SourceForm
    source: Source | None
    withheld: str


@login_required
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    collection = collection_to_work_on(request, slug)
    counts = claims_by_source(collection)
    lines = [_line(source, counts.get(source.pk, 0)) for source in sources_of(collection)]
    return render_page(request, "casework/sources.html", SourcesContext(collection, lines))


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a source; one of the same kind and name is there already."""
    collection = collection_to_work_on(request, slug)
    form = SourceForm(request.POST or None)
    if form.is_valid():
        cleaned = form.cleaned_data
        known = sources_of(collection).filter(kind=cleaned["kind"], name=cleaned["name"].strip()).first()
        if known is not None:
            form.add_error("name", "This collection knows a source of this kind and name already.")
        else:
            try:
                source = record_source(collection=collection, by=curator_of(request), **cleaned)
            except EvidenceError as wrong:
                _complain(form, wrong)
            else:
                messages.success(request, f"“{source.name}” can now be named as a source.")
                return redirect("sources", slug=slug)
    return render_page(
        request, "casework/source_form.html", SourceFormContext(collection, form, None, WITHHELD)
    )


@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    source = source_to_work_on(request, public_id)
    assert source.collection is not None
    stands = {name: getattr(source, name) for name in SourceForm.base_fields}
    form = SourceForm(request.POST or None, initial=stands)
    if form.is_valid():
        try:
            edit_source(source=source, by=curator_of(request), **form.cleaned_data)
        except EvidenceError as wrong:
            _complain(form, wrong)
        else:
            messages.success(request, "The source is saved.")
            return redirect("sources", slug=source.collection.slug)
    page = SourceFormContext(source.collection, form, source, WITHHELD)
    return render_page(request, "casework/source_form.html", page)


def _complain(form: SourceForm, wrong: EvidenceError) -> None:
    """Put the complaint beside the field it is about."""
    field = "pseudonym" if "pseudonym" in str(wrong) else "name"
    form.add_error(field, str(wrong))


def _line(source: Source, claims: int) -> SourceLine:
    grade = Reliability(source.reliability)
    return SourceLine(
        public_id=source.public_id,
        name=source.name,
        kind=SourceKind(source.kind).label,
        told=spoken_name(source, inside=False),
        reliability=f"{grade.label} ({grade.value})",
        claims=claims,
    )
