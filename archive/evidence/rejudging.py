"""What to settle anew when a collection changes how many reviewers it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from archive.catalogue.models import Photo
from archive.evidence.models import Claim
from archive.evidence.settling import resettle

if TYPE_CHECKING:
    from archive.catalogue.models import Collection

BATCH = 50


def settle_judged(collection: Collection, *, after: int = 0) -> list[int]:
    """Settle the next photos on which verdicts were given, `BATCH` at most; return their rows in order.

    Ask again after the last one until fewer than `BATCH` come back.
    """
    judged = Claim.objects.filter(verdicts__isnull=False)
    direct = Q(pk__in=judged.filter(photo__collection=collection).values("photo"))
    through = Q(series__in=judged.filter(series__collection=collection).values("series"))
    found = Photo.objects.filter(direct | through, pk__gt=after).distinct().order_by("pk")
    return [resettle(photo).pk for photo in found[:BATCH]]
