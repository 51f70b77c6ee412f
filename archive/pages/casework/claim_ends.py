"""Taking back, undoing, making an exception: each asks once, and says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from archive.evidence.claims import except_photo, retract_claim
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Series
from archive.evidence.records import resting_on
from archive.evidence.targets import LONGEST_TEXT, target_of
from archive.evidence.undoing import undo_saying
from archive.pages.casework.gate import claim_to_work_on
from archive.pages.casework.picker import Pick, pick_of
from archive.pages.casework.showing import Head, head_of, url_of
from archive.pages.casework.words import ClaimLine, claim_line
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.evidence.models import Claim


@dataclass(frozen=True, slots=True)
class RetractContext:
    """`resting` counts the claims that rest on it."""

    head: Head
    line: ClaimLine
    resting: int
    reason: str
    longest: int


@dataclass(frozen=True, slots=True)
class UndoContext:
    head: Head
    line: ClaimLine
    before: ClaimLine | None


@dataclass(frozen=True, slots=True)
class ExceptContext:
    head: Head
    line: ClaimLine
    picks: list[Pick]
    reason: str
    error: str
    longest: int


@login_required
def retract(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, with the reason; then take it back."""
    claim = claim_to_work_on(request, number)
    target, reason = target_of(claim), request.POST.get("reason", "")
    if request.method == "POST":
        try:
            gone = retract_claim(claim=claim, by=curator_of(request), rationale=reason)
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
        else:
            _tell_undo(request, "Taken back.", gone)
            return redirect(url_of(target))
    page = RetractContext(head_of(target), claim_line(claim), resting_on(claim), reason, LONGEST_TEXT)
    return render_page(request, "casework/retract.html", page)


@login_required
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Go back to what stood before a claim, a correction or a taking back."""
    claim = claim_to_work_on(request, number)
    target = target_of(claim)
    if request.method == "POST":
        try:
            undo_saying(claim=claim, by=curator_of(request))
        except EvidenceError as wrong:
            messages.error(request, f"Not undone. {wrong}")
        else:
            messages.success(request, "Undone: what stood before stands again.")
        return redirect(url_of(target))
    before = claim.supersedes if claim.supersedes and claim.supersedes.value is not None else None
    page = UndoContext(head_of(target), claim_line(claim), claim_line(before) if before else None)
    return render_page(request, "casework/undo.html", page)


@login_required
def make_exception(request: HttpRequest, number: int) -> HttpResponse:
    """Say for which photo of the series it does not hold, and why."""
    claim = claim_to_work_on(request, number)
    series = target_of(claim)
    if not isinstance(series, Series):
        raise Http404("Exceptions are made from what is said of a series.")
    chosen = request.POST.get("photo", request.GET.get("photo", ""))
    error = ""
    if request.method == "POST":
        photo = series.photos.filter(public_id=chosen).first()
        if photo is None:
            error = "Choose the photo for which it does not hold."
        else:
            reason = request.POST.get("reason", "")
            try:
                except_photo(claim=claim, photo=photo, by=curator_of(request), reason=reason)
            except EvidenceError as wrong:
                error = str(wrong)
            else:
                messages.success(request, f"It no longer holds for “{pick_of(photo, inside=True).title}”.")
                return redirect(url_of(photo) if request.GET.get("photo") else url_of(series))
    page = ExceptContext(
        head=head_of(series),
        line=claim_line(claim),
        picks=_still_held(claim, series, chosen),
        reason=request.POST.get("reason", ""),
        error=error,
        longest=LONGEST_TEXT,
    )
    return render_page(request, "casework/except.html", page)


def _still_held(claim: Claim, series: Series, chosen: str) -> list[Pick]:
    """Return the photos for which it holds."""
    excepted = set(claim.exceptions.values_list("photo_id", flat=True))
    members = series.members.select_related("photo").prefetch_related("photo__files")
    return [
        pick_of(one.photo, ticked=one.photo.public_id == chosen, inside=True)
        for one in members
        if one.photo_id not in excepted
    ]


def _tell_undo(request: HttpRequest, words: str, claim: Claim) -> None:
    undo_at = reverse("claim-undo", args=[claim.pk])
    messages.success(request, format_html('{} <a href="{}">Undo</a>', words, undo_at))
