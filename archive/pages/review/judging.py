"""The page on which a claim is judged, beside its rivals and what bears on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

from archive.access.reviewing import Wanted, waiting
from archive.evidence.errors import EvidenceError
from archive.evidence.judged import own_verdict
from archive.evidence.targets import target_of
from archive.evidence.verdicts import give_verdict, withdraw_verdict
from archive.evidence.vocabulary import Judgement
from archive.pages.casework.showing import head_of, url_of
from archive.pages.casework.words import claim_line
from archive.pages.context import render_page
from archive.pages.photo_page.verdicts import word
from archive.pages.review.build import TakeBackPage, judging_page
from archive.pages.review.gate import claim_to_judge, verdict_to_take_back
from archive.pages.review.lines import judging_url
from archive.pages.review.queue import address, wanted_in
from archive.pages.review.verdict_form import VerdictForm
from archive.pages.studio.gate import curator_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.evidence.models import Claim


@login_required
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Show the claim with its rivals; after a verdict go on to the next in the queue."""
    claim, user = claim_to_judge(request, number), curator_of(request)
    form = VerdictForm(request.POST or None, earlier=own_verdict(claim, user))
    if request.method == "POST" and form.is_valid():
        try:
            given = give_verdict(claim=claim, reviewer=user, **form.verdict())
        except EvidenceError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"Your verdict is saved: {word(Judgement(given.judgement))}.")
            return redirect(_onward(request, claim))
    page = judging_page(request, claim, form, skip=_after(request))
    return render_page(request, "review/judge.html", page)


@login_required
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then take one's own verdict back; it stays in the history."""
    verdict, user = verdict_to_take_back(request, number), curator_of(request)
    target = target_of(verdict.claim)
    if request.method == "POST":
        try:
            withdraw_verdict(verdict=verdict, by=user, reasons=request.POST.get("reasons", ""))
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, "Your verdict is taken back.")
        return redirect(url_of(target))
    page = TakeBackPage(
        head_of(target), claim_line(verdict.claim), word(Judgement(verdict.judgement)), verdict.reasons
    )
    return render_page(request, "review/take_back.html", page)


def _onward(request: HttpRequest, claim: Claim) -> str:
    """The next in the queue for who came from it, else the page of what was judged."""
    return _after(request) or url_of(target_of(claim))


def _after(request: HttpRequest) -> str:
    """Return the address of the next entry, "" for who did not come from the queue."""
    at = request.GET.get("at", "")
    if not at:
        return ""
    asked = wanted_in(request.GET)
    wanted = Wanted(asked.collection, asked.facet, asked.why, at)
    entry = next(iter(waiting(curator_of(request), wanted, limit=1)), None)
    return judging_url(entry, wanted) if entry else f"{reverse('review')}{address(wanted)}"
