"""Counts over the findings of many photos."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count

from archive.checks.models import Finding, Outcome
from archive.checks.register import REGISTER

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.catalogue.models import Photo


def outcomes(photos: QuerySet[Photo]) -> dict[str, dict[Outcome, int]]:
    """Return, for each check in the register's order, how many findings of the photos have which outcome."""
    rows = (
        Finding.objects.filter(replaced_at__isnull=True, photo__in=photos)
        .order_by()
        .values_list("check_code", "outcome")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[Outcome, int]] = defaultdict(dict)
    for code, outcome, count in rows:
        found[code][Outcome(outcome)] = count
    return {check.code: dict(found[check.code]) for check in REGISTER}
