"""What the answer would become if somebody judged a claim; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.evidence.rules import Answer, Rule, answers
from archive.evidence.saying import claims_on, said_elsewhere, said_of
from archive.evidence.values import Judged, Said
from archive.evidence.vocabulary import Judgement
from archive.values.settled import Facet

if TYPE_CHECKING:
    from archive.catalogue.models import Photo
    from archive.evidence.models import Claim

JUDGEMENTS = tuple(one for one in Judgement if one is not Judgement.WITHDRAWN)
_NOT_WRITTEN = 0


def answers_if_judged(photo: Photo, claim: Claim, reviewer: int) -> dict[Judgement, Answer]:
    """Return for each judgement how insiders' answer to the claim's question would stand for this photo.

    The verdict takes the place of the reviewer's own that stands now, if there is one.
    """
    claims = claims_on(photo)
    said = said_of(claims)
    said += said_elsewhere(photo, claims, said, readers=None)
    rule = Rule(two_reviewers=photo.collection.two_reviewers)
    facet = Facet(claim.facet)
    return {
        judgement: answers([_judged(one, claim.pk, reviewer, judgement) for one in said], rule)[facet]
        for judgement in JUDGEMENTS
    }


def _judged(said: Said, claim: int, reviewer: int, judgement: Judgement) -> Said:
    if said.claim != claim:
        return said
    others = tuple(one for one in said.verdicts if one.reviewer != reviewer)
    return replace(said, verdicts=(*others, Judged(_NOT_WRITTEN, reviewer, judgement)))
