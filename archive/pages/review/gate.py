"""Who may judge: for strangers nothing exists (404), readers are told why not (403)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from archive.access.rights import is_inside, may_judge, visible, visible_collections
from archive.evidence.judged import verdicts_of
from archive.evidence.records import claims_within
from archive.evidence.targets import collection_of, target_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.evidence.models import Claim, Verdict

_CLOSED = "Judging needs the role reviewer, curator or owner: ask an owner of the collection."


def claim_to_judge(request: HttpRequest, number: int) -> Claim:
    found = claims_within(visible(request.user), visible_collections(request.user))
    claim = get_object_or_404(found, pk=number)
    collection = collection_of(target_of(claim))
    if not is_inside(request.user, collection):
        raise Http404("numbers of claims are for members")
    if not may_judge(request.user, collection):
        raise PermissionDenied(_CLOSED)
    return claim


def verdict_to_take_back(request: HttpRequest, number: int) -> Verdict:
    """Return one's own verdict; that others gave one under this number is not told."""
    verdict = get_object_or_404(verdicts_of(request.user), pk=number)
    claim_to_judge(request, verdict.claim_id)
    return verdict
