"""Counts over the findings of many photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from archive.checks.models import Finding, Outcome
from archive.checks.register import REGISTER

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.catalogue.models import Photo


@dataclass(frozen=True, slots=True)
class Row:
    """How many current findings of one check have which outcome, and on how many photos there is any."""

    outcomes: Mapping[Outcome, int]
    photos: int


def outcomes(photos: QuerySet[Photo]) -> dict[str, Row]:
    """Return a row for each check, in the register's order."""
    current = Finding.objects.filter(replaced_at__isnull=True, photo__in=photos.order_by()).order_by()
    counts = current.values_list("check_code", "outcome").annotate(count=Count("pk"))
    found: dict[str, dict[Outcome, int]] = {}
    for code, outcome, count in counts:
        found.setdefault(code, {})[Outcome(outcome)] = count
    concerned = current.values_list("check_code").annotate(count=Count("photo", distinct=True))
    on = dict(concerned)
    return {check.code: Row(found.get(check.code, {}), on.get(check.code, 0)) for check in REGISTER}
