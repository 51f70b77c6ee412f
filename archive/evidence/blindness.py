"""Where a collection asks for blind first verdicts: what a reviewer may not be shown yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.evidence.models import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Photo
    from archive.evidence.models import Claim


def blinded_for(viewer: User | None, photo: Photo, claims: Sequence[Claim]) -> frozenset[int]:
    """Return the claims on which the viewer is to give a verdict before seeing the others'.

    A verdict that was given and taken back counts: its giver has seen the others' since.
    """
    if viewer is None or not photo.collection.blind_first_verdict:
        return frozenset()
    numbers = frozenset(claim.pk for claim in claims)
    judged = Verdict.objects.filter(claim__in=numbers, reviewer=viewer)
    return numbers - frozenset(judged.values_list("claim_id", flat=True))
