"""Who may work on evidence: the same people as on claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from archive.access.rights import visible, visible_collections
from archive.evidence.records import evidence_within
from archive.evidence.targets import collection_of, target_of
from archive.pages.casework.gate import require_curator

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.evidence.models import Evidence


def evidence_to_work_on(request: HttpRequest, number: int) -> Evidence:
    """Return an entry that stands: 404 when invisible or replaced, 403 for who may not edit."""
    found = evidence_within(visible(request.user), visible_collections(request.user))
    evidence = get_object_or_404(found, pk=number)
    require_curator(request, collection_of(target_of(evidence)))
    return evidence
