"""Claims as settling hears them: the facts of each, its verdicts, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.evidence.models import Claim, ClaimBasis, Verdict
from archive.evidence.values import Judged, Said, from_json
from archive.evidence.vocabulary import Judgement, SourceKind
from archive.values.settled import Basis, Facet

if TYPE_CHECKING:
    from datetime import datetime

    from archive.catalogue.models import Photo
    from archive.values.readership import Readership


def claims_on(photo: Photo, *, until: datetime | None = None) -> list[Claim]:
    """Return every claim on the photo and on its series but where it is an exception, in order of making."""
    direct = Q(photo=photo)
    through = Q(series__in=photo.series.values("pk"))
    claims = Claim.objects.filter(direct | through)
    excepted = photo.claim_exceptions.all()
    if until is not None:
        claims = claims.filter(created_at__lte=until)
        excepted = excepted.filter(created_at__lte=until)
    left_out = set(excepted.values_list("claim_id", flat=True))
    found = claims.select_related("source__user", "source__file", "appearance", "series").order_by("pk")
    return [claim for claim in found if claim.pk not in left_out]


def said_of(claims: Sequence[Claim], *, until: datetime | None = None) -> list[Said]:
    """Return claims as facts, with the latest verdict of each reviewer and what each rests on."""
    verdicts = _verdicts([claim.pk for claim in claims], until)
    bases = _bases([claim.pk for claim in claims if claim.source.kind != SourceKind.FILE])
    return [
        Said(
            claim=claim.pk,
            facet=Facet(claim.facet),
            basis=Basis.FILE if claim.source.kind == SourceKind.FILE else Basis.PERSON,
            value=from_json(claim.value),
            supersedes=claim.supersedes_id,
            source=claim.source_id,
            independent=claim.source.kind != SourceKind.MEMBER,
            bases=tuple(sorted(bases.get(claim.pk, ()))),
            verdicts=tuple(verdicts.get(claim.pk, ())),
        )
        for claim in claims
    ]


def _bases(claims: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if claims:  # a file's claims rest on nothing
        for claim, basis in ClaimBasis.objects.filter(claim__in=claims).values_list("claim_id", "basis_id"):
            found.setdefault(claim, []).append(basis)
    return found


def _verdicts(claims: Sequence[int], until: datetime | None) -> dict[int, list[Judged]]:
    rows = Verdict.objects.filter(claim__in=claims).order_by("pk")
    if until is not None:
        rows = rows.filter(at__lte=until)
    every = list(rows)
    replaced = {row.supersedes_id for row in every}
    found: dict[int, list[Judged]] = {}
    for row in every:
        if row.pk not in replaced and row.judgement != Judgement.WITHDRAWN:
            # a reviewer whose account is gone keeps a voice of their own
            reviewer = row.reviewer_id or -row.pk
            found.setdefault(row.claim_id, []).append(Judged(row.pk, reviewer, Judgement(row.judgement)))
    return found


def said_elsewhere(
    photo: Photo,
    claims: Sequence[Claim],
    said: Iterable[Said],
    *,
    readers: Readership | None,
    until: datetime | None = None,
) -> list[Said]:
    """Return what does not speak of this photo and yet matters for what does.

    That is: claims on other photos on which one here rests, what corrected those, and corrections of a
    series' claim from which this photo is excepted. A claim that excepts this photo founds nothing here.
    """
    known = {claim.pk for claim in claims}
    wanted = {basis for one in said for basis in one.bases} - known
    corrected = {claim.pk for claim in claims if claim.series_id} | wanted
    found: list[Said] = []
    while wanted or corrected:
        rows = Claim.objects.filter(Q(pk__in=wanted) | Q(supersedes__in=corrected)).exclude(pk__in=known)
        if readers is not None:
            rows = rows.filter(readership=readers)
        if until is not None:
            rows = rows.filter(created_at__lte=until)
        fresh = list(rows.select_related("source"))
        if not fresh:
            break
        known |= {claim.pk for claim in fresh}
        excepted = set(photo.claim_exceptions.filter(claim__in=fresh).values_list("claim_id", flat=True))
        more = [
            replace(one, elsewhere=True, value=None if one.claim in excepted else one.value)
            for one in said_of(fresh, until=until)
        ]
        found += more
        wanted = {basis for one in more for basis in one.bases} - known
        corrected = {claim.pk for claim in fresh} | wanted
    return found
