"""What a person is told of a finding: ready words, and all that is needed to follow them up."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.catalogue.models import Photo
from archive.checks.models import Finding, Outcome
from archive.checks.register import BY_CODE, REGISTER
from archive.checks.results import Input
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from archive.checks.check import Check

log = logging.getLogger(__name__)

_OLD = "This was looked at by an earlier version of the check, and is to be looked at again."
_RANK = {check.code: rank for rank, check in enumerate(REGISTER)}


@dataclass(frozen=True, slots=True)
class Told:
    """One current finding.

    `innocent` are readings that need no ill will; `other` is the public id of the photo it was compared with;
    `rule` says what was compared, `help` why.
    """

    code: str
    version: int
    title: str
    outcome: Outcome
    outcome_words: str
    sentence: str
    inputs: tuple[Input, ...]
    magnitude: float | None
    unit: str
    tolerance: str
    innocent: tuple[str, ...]
    rule: str
    help: str
    reliability: str
    made_at: datetime
    readership: Readership
    other: str | None


def current_findings(
    photo: Photo,
    readerships: Iterable[Readership],
    *,
    at: datetime | None = None,
    seen: QuerySet[Photo] | None = None,
) -> tuple[Told, ...]:
    """Return what the photo's checks found, as far as these readers may know, in the register's order.

    `at` (aware): what stood then. Findings that compare it with another photo are told only where the reader
    may see that one too: where it is among `seen`, or without that in the same collection.
    """
    others = Photo.objects.filter(collection_id=photo.collection_id) if seen is None else seen
    standing = Q(replaced_at__isnull=True)
    if at is not None:
        standing = Q(made_at__lte=at) & (standing | Q(replaced_at__gt=at))
    rows = (
        Finding.objects.filter(standing, photo_id=photo.pk, check_code__in=BY_CODE)
        .filter(Q(other=None) | Q(other__in=others))
        .filter(readership__in=[reader.value for reader in readerships])
        .select_related("other")
    )
    return tuple(tell(row) for row in sorted(rows, key=lambda row: (_RANK[row.check_code], row.pk)))


def nothing_to_look_at(photo: Photo) -> tuple[Check, ...]:
    """Return the checks that ran and had nothing to look at; none while the photo was never checked."""
    found = set(
        Finding.objects.filter(photo_id=photo.pk, replaced_at__isnull=True).values_list(
            "check_code", flat=True
        )
    )
    return tuple(check for check in REGISTER if check.code not in found) if found else ()


def tell(finding: Finding) -> Told:
    """Put one finding of a registered check into words. Raises KeyError for a check that is gone."""
    check = BY_CODE[finding.check_code]
    outcome = Outcome(finding.outcome)
    tolerance = "" if finding.tolerance is None else f"{finding.tolerance:g} {finding.unit}".strip()
    return Told(
        code=check.code,
        version=finding.version,
        title=check.title,
        outcome=outcome,
        outcome_words=str(outcome.label),
        sentence=_sentence(check, finding, outcome),
        inputs=tuple(Input(**entry) for entry in finding.inputs),
        magnitude=finding.magnitude,
        unit=finding.unit,
        tolerance=tolerance,
        innocent=check.innocent,
        rule=check.rule,
        help=check.help,
        reliability=check.reliability.value,
        made_at=finding.made_at,
        readership=Readership(finding.readership),
        other=finding.other.public_id if finding.other else None,
    )


def _sentence(check: Check, finding: Finding, outcome: Outcome) -> str:
    if "error" in finding.facts:
        return (
            f"This check stopped with an error ({finding.facts['error']}) and says nothing about the photo. "
            "The server's log has the details."
        )
    if finding.version != check.version:
        return _OLD
    facts = finding.facts
    if check.also is not None:
        facts = {**facts, **check.also(finding.photo_id)}
    try:
        return check.words(outcome, facts)
    except (KeyError, TypeError):  # one row nobody can put into words must not take the page with it
        log.exception("finding %s of %s version %s", finding.pk, check.code, finding.version)
        return _OLD
