"""Saying what somebody says, and correcting it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from archive.evidence.claims import make_claim
from archive.evidence.errors import EvidenceError
from archive.evidence.making import source_of
from archive.evidence.models import Series
from archive.evidence.records import resting_on, sources_of
from archive.evidence.sources import record_source
from archive.evidence.targets import collection_of, target_of
from archive.evidence.vocabulary import SourceKind
from archive.pages.casework.claim_form import NEW, OWN, ClaimForm, Desk
from archive.pages.casework.gate import claim_to_work_on, series_to_work_on
from archive.pages.casework.relating import Fits, NamesakesError, asked, fits, place_of
from archive.pages.casework.showing import Ground, Head, candidates, ground, head_of, url_of
from archive.pages.casework.sources import WITHHELD_EXAMPLE
from archive.pages.casework.typed import UnreadError
from archive.pages.casework.words import ClaimLine, claim_line
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of, photo_to_edit
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse, QueryDict

    from archive.evidence.models import Claim, Source
    from archive.evidence.targets import Target


@dataclass(frozen=True, slots=True)
class Preview:
    """Which towns fit, or why that cannot be said; `pins` is JSON for the map."""

    sentence: str
    label: str
    towns: list[Any]
    attribution: str
    error: str
    pins: str


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """`corrected` is the line that stands, None for a new one; `resting` counts lines based on it."""

    head: Head
    form: ClaimForm
    corrected: ClaimLine | None
    resting: int
    preview: Preview | None
    ground: Ground
    withheld: str
    asks: str
    new_appearance: str


@login_required
def about_photo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _say(request, photo_to_edit(request, public_id))


@login_required
def about_series(request: HttpRequest, public_id: str) -> HttpResponse:
    return _say(request, series_to_work_on(request, public_id))


@login_required
def correct(request: HttpRequest, number: int) -> HttpResponse:
    claim = claim_to_work_on(request, number)
    if claim.source.kind == SourceKind.FILE or claim.value is None or claim.superseded_by.exists():
        messages.error(request, "That cannot be corrected: it is a file's word, or something newer stands.")
        return redirect(url_of(target_of(claim)))
    return _say(request, target_of(claim), claim)


def _say(request: HttpRequest, target: Target, claim: Claim | None = None) -> HttpResponse:
    user, desk = curator_of(request), Desk.of(target, without=claim)
    preview = None
    form = ClaimForm(desk=desk, own=user.get_username(), claim=claim, facet=request.GET.get("facet", ""))
    if request.method == "POST" and request.POST.get("act") == "preview":
        form.initial = _typed(form, request.POST)
        preview = _preview(form, request.POST)
    elif request.method == "POST":
        form = ClaimForm(request.POST, desk=desk, own=user.get_username(), claim=claim)
        made = _recorded(form, user, claim) if form.is_valid() else None
        if made is not None:
            _tell(request, made, corrected=claim is not None)
            return redirect(url_of(target))
    kind = "series" if isinstance(target, Series) else "photo"
    page = ClaimContext(
        head=head_of(target),
        form=form,
        corrected=claim_line(claim) if claim else None,
        resting=resting_on(claim) if claim else 0,
        preview=preview,
        ground=ground(target),
        withheld=WITHHELD_EXAMPLE,
        asks=f"{reverse('casework-ask-bounds')}?{kind}={target.public_id}",
        new_appearance=reverse(f"{kind}-appearance-new", args=[target.public_id]),
    )
    return render_page(request, "casework/claim.html", page)


def _recorded(form: ClaimForm, user: User, claim: Claim | None) -> Claim | None:
    """Write it, with a source that is new; None, and a complaint in the form, when it is refused."""
    said = form.cleaned_data
    try:
        with transaction.atomic():
            return make_claim(
                target=target_of(claim) if claim else form.spoken_of(),
                facet=Facet(said["facet"]),
                value=said["value"],
                source=_source(form, user),
                by=user,
                method=said["method"] or "stated",
                words=said["words"],
                language=said["language"],
                said_at=said["said_at"],
                appearance=form.said_in(),
                rationale=said["rationale"],
                bases=form.based_on(),
                exceptions=form.excepted(),
                readership=Readership(said["readership"] or Readership.PUBLIC),
                supersedes=claim,
            )
    except EvidenceError as wrong:
        form.add_error(None, str(wrong))
        return None


def _source(form: ClaimForm, user: User) -> Source:
    """Return who speaks. Raises `EvidenceError` for a source that this collection does not know."""
    said, collection = form.cleaned_data, collection_of(form.desk.target)
    if said["who"] == OWN:
        return source_of(user)
    if said["who"] == NEW:
        return record_source(
            collection=collection,
            kind=said["new_kind"],
            name=said["new_name"],
            display=said["new_display"],
            pseudonym=said["new_pseudonym"],
            by=user,
        )
    known = sources_of(collection).filter(public_id=said["who"]).first()
    if known is None:
        raise EvidenceError("This source is not one of the collection's any more: choose who says it.")
    return known


def _tell(request: HttpRequest, claim: Claim, *, corrected: bool) -> None:
    line = claim_line(claim)
    messages.success(
        request,
        format_html(
            '{}: {} says {}. <a href="{}">Undo</a>',
            "Corrected" if corrected else "Recorded",
            line.speaker,
            line.value,
            reverse("claim-undo", args=[claim.pk]),
        ),
    )


def _typed(form: ClaimForm, data: QueryDict) -> dict[str, Any]:
    """Return everything as typed, so that looking at towns complains about nothing else."""
    many = {"exceptions", "bases"}
    kept = {name: data.getlist(name) if name in many else data.get(name, "") for name in form.fields}
    return kept | {name: form.initial.get(name, "") for name in form.fields if form.fields[name].disabled}


def _preview(form: ClaimForm, data: QueryDict) -> Preview:
    try:
        return preview_of(fits(asked({name: data.get(name, "") for name in form.fields})))
    except NamesakesError as many:
        form.namesakes = [(place_of(town), f"{town.name}, {town.country}") for town in many.towns]
        return Preview("", "", [], "", str(many), "[]")
    except UnreadError as wrong:
        return Preview("", "", [], "", str(wrong), "[]")


def preview_of(found: Fits) -> Preview:
    towns = candidates(found.relation)
    return Preview(
        sentence=found.sentence,
        label=found.relation.label,
        towns=towns,
        attribution=found.attribution,
        error="",
        pins=json.dumps([asdict(town) for town in towns]),
    )
