"""Taking back what was just said, whoever was quoted: one more claim, never a deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.evidence.claims import make_claim, retract_claim
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.targets import hold, target_of
from archive.evidence.values import from_json
from archive.evidence.vocabulary import Method, SourceKind
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Claim


@transaction.atomic
def undo_saying(*, claim: Claim, by: User) -> Claim:
    """Restore what stood before a claim, a correction or a taking back.

    Raises `StaleClaimError` when something came after it, `EvidenceError` for what a file says.
    """
    target = hold(target_of(claim))
    if claim.source.kind == SourceKind.FILE:
        raise EvidenceError("What a file says cannot be undone; say what you know over it.")
    if claim.superseded_by.exists():
        raise StaleClaimError("This was changed again since; undo the newer change first.")
    before = claim.supersedes
    value = from_json(before.value) if before else None
    if before is None or value is None:
        return retract_claim(claim=claim, by=by)
    return make_claim(
        target=target,
        facet=Facet(before.facet),
        value=value,
        source=before.source,
        by=by,
        method=Method(before.method),
        words=before.words,
        language=before.language,
        said_at=before.said_at,
        appearance=before.appearance,
        rationale=before.rationale,
        bases=list(before.bases.all()),
        exceptions=[one.photo for one in before.exceptions.select_related("photo")],
        readership=Readership(before.readership),
        supersedes=claim,
    )
