"""Everything said about one photo, as a reader may know it: for the photo page and for reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.catalogue.models import Photo
from archive.evidence.blindness import blinded_for
from archive.evidence.case import (
    Bears,
    Case,
    Falsifying,
    Given,
    Ground,
    Heard,
    Hypothesis,
    QuestionHeard,
    Shown,
    Turn,
    grouped,
)
from archive.evidence.models import (
    Appearance,
    Bearing,
    Claim,
    Evidence,
    Falsifier,
    StatusChange,
    Verdict,
)
from archive.evidence.rules import Answer, Standing
from archive.evidence.settling import Settled, bound_of, claims_on, settle_seen
from archive.evidence.sources import is_withheld, spoken_name
from archive.evidence.values import from_json
from archive.evidence.vocabulary import Judgement, SourceKind
from archive.values.readership import Readership
from archive.values.settled import Facet, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet


__all__ = [
    "Bears",
    "Case",
    "Falsifying",
    "Given",
    "Ground",
    "Heard",
    "Hypothesis",
    "QuestionHeard",
    "Shown",
    "Turn",
    "case_of",
]


def case_of(
    photo: Photo,
    *,
    readerships: frozenset[Readership],
    viewer: User | None = None,
    at: datetime | None = None,
    known: QuerySet[Photo] | None = None,
    blindly: bool = False,
) -> Case:
    """Return the case as this reader may know it, in a bounded number of queries.

    Who may read members' texts is an insider. `viewer` matters where the collection asks for blind first
    verdicts: a reviewer sees others' on a claim only after giving one. `at` (aware): as it stood then.
    `known` are the photos the reader may know of: evidence names no other as its second picture. Without it
    only those of the same collection are named. `blindly` settles without the verdicts that the viewer may
    not see yet, so that no status tells of them.
    """
    inside = Readership.MEMBERS in readerships
    every = claims_on(photo, until=at)
    seen = [claim for claim in every if claim.readership in readerships]
    blinded = blinded_for(viewer if Readership.REVIEWERS in readerships else None, photo, seen)
    unheard = blinded if blindly else frozenset[int]()
    settled = settle_seen(photo, every if inside else seen, inside=inside, until=at, unheard=unheard)
    heard = _heard(seen, settled.answers, inside=inside)
    verdicts = _verdicts(seen, readerships, blinded, at, inside=inside)
    grounds = _grounds(photo, readerships, at, set(heard), known, inside=inside)
    falsifiers = _falsifiers(photo, readerships, at)
    facets = {one.facet for one in heard.values()} | {one.facet for one in falsifiers}
    questions = {
        facet: _question(settled.answers[facet], heard, verdicts, grounds, falsifiers)
        for facet in Facet
        if facet in facets
    }
    return Case(
        settled=settled,
        questions=questions,
        grounds=grounds,
        appearances=_appearances(photo, readerships, at, settled, inside=inside),
        # what a hidden claim did to an answer would tell of it
        turns=_turns(photo, at, heard) if inside or len(seen) == len(every) else (),
        claims=heard,
    )


def _heard(claims: Sequence[Claim], answers: dict[Facet, Answer], *, inside: bool) -> dict[int, Heard]:
    stand = {one.said.claim: one for answer in answers.values() for one in answer.standings}
    known = {claim.pk for claim in claims}
    return {
        claim.pk: _one(claim, stand[claim.pk], known, inside=inside) for claim in claims if claim.pk in stand
    }


def _one(claim: Claim, standing: Standing, known: set[int], *, inside: bool) -> Heard:
    source = claim.source
    # a handle or a phrase finds a person: what a hidden source said is told in the archive's own words only
    told = not is_withheld(source, inside=inside)
    is_file = source.kind == SourceKind.FILE
    return Heard(
        claim=claim.pk,
        facet=Facet(claim.facet),
        value=from_json(claim.value),
        speaker=spoken_name(source, inside=inside),
        source_kind=source.kind,
        reliability=source.reliability if inside and source.collection_id else "",
        method=claim.method,
        words=claim.words if told and (inside or source.kind != SourceKind.MEMBER) else "",
        language=claim.language,
        said_at=claim.said_at,
        rationale=claim.rationale,
        tag=claim.tag if told else "",
        raw=claim.raw if told or is_file else "",
        series=claim.series.public_id if claim.series else "",
        series_title=claim.series.title if claim.series else "",
        appearance=claim.appearance_id,
        rests_on=tuple(basis for basis in standing.said.bases if basis in known),
        roots=standing.roots,
        out=standing.out,
        level=standing.level,
        disputed=standing.disputed,
        wins=standing.wins,
        made_at=claim.created_at,
        made_by="",
        readership=Readership(claim.readership),
    )


def _question(
    answer: Answer,
    heard: dict[int, Heard],
    verdicts: Sequence[Given],
    grounds: Sequence[Ground],
    falsifiers: Sequence[Falsifying],
) -> QuestionHeard:
    known = [heard[one.said.claim] for one in answer.standings if one.said.claim in heard]
    numbers = {one.claim for one in known}
    return QuestionHeard(
        facet=answer.facet,
        status=answer.status,
        hypotheses=grouped([one for one in known if one.out is None]),
        out=tuple(one for one in known if one.out is not None),
        verdicts=tuple(one for one in verdicts if one.claim in numbers),
        grounds=tuple(one for one in grounds if any(bears.claim in numbers for bears in one.bears)),
        falsifiers=tuple(one for one in falsifiers if one.facet is answer.facet),
    )


def _verdicts(
    claims: Sequence[Claim],
    readerships: frozenset[Readership],
    blinded: frozenset[int],
    at: datetime | None,
    *,
    inside: bool,
) -> tuple[Given, ...]:
    rows = Verdict.objects.filter(
        claim__in=[claim.pk for claim in claims], readership__in=list(readerships)
    ).select_related("reviewer")
    if at is not None:
        rows = rows.filter(at__lte=at)
    every = list(rows.order_by("pk"))
    replaced = {row.supersedes_id for row in every}
    return tuple(
        Given(
            verdict=row.pk,
            claim=row.claim_id,
            reviewer=row.reviewer.get_username() if inside and row.reviewer else "a reviewer",
            judgement=Judgement(row.judgement),
            credibility=row.credibility,
            reasons=row.reasons,
            blind=row.blind,
            latest=row.pk not in replaced and row.judgement != Judgement.WITHDRAWN,
            at=row.at,
        )
        for row in every
        if row.claim_id not in blinded
    )


def _grounds(
    photo: Photo,
    readerships: frozenset[Readership],
    at: datetime | None,
    claims: set[int],
    known: QuerySet[Photo] | None,
    *,
    inside: bool,
) -> tuple[Ground, ...]:
    rows = Evidence.objects.filter(_of(photo), readership__in=list(readerships)).select_related(
        "source", "attachment", "created_by"
    )
    if at is not None:
        rows = rows.filter(created_at__lte=at)
    every = list(rows)
    replaced = {row.supersedes_id for row in every}
    current = [row for row in every if row.pk not in replaced and not row.withdrawn]
    bears: dict[int, list[Bears]] = {}
    for row in Bearing.objects.filter(evidence__in=[one.pk for one in current]).order_by("claim_id"):
        if row.claim_id in claims:
            bears.setdefault(row.evidence_id, []).append(
                Bears(row.claim_id, row.stance, row.diagnosticity, row.reason)
            )
    others = _others(photo, current, known)
    return tuple(
        Ground(
            evidence=row.pk,
            kind=row.kind,
            text=row.text,
            region=row.region,
            region_label=row.region_label,
            other_photo=others.get(row.other_photo_id or 0, ""),
            other_region=row.other_region if row.other_photo_id in others else None,
            is_matched=row.other_photo_id is not None,
            measurement=row.measurement,
            source=spoken_name(row.source, inside=inside) if row.source else "",
            attachment=row.attachment_id
            if row.attachment and row.attachment.readership in readerships
            else None,
            attachment_name=row.attachment.name
            if row.attachment and row.attachment.readership in readerships
            else "",
            bears=tuple(bears.get(row.pk, ())),
            made_at=row.created_at,
            made_by=row.created_by.get_username() if inside and row.created_by else "",
            readership=Readership(row.readership),
        )
        for row in current
    )


def _others(photo: Photo, rows: Sequence[Evidence], known: QuerySet[Photo] | None) -> dict[int, str]:
    """Return, by row, the public ids of second pictures that the reader may know of."""
    wanted = {row.other_photo_id for row in rows if row.other_photo_id is not None}
    if not wanted:
        return {}
    photos = Photo.objects.filter(collection=photo.collection_id) if known is None else known
    return dict(photos.filter(pk__in=wanted).values_list("pk", "public_id"))


def _falsifiers(
    photo: Photo, readerships: frozenset[Readership], at: datetime | None
) -> tuple[Falsifying, ...]:
    rows = Falsifier.objects.filter(_of(photo), readership__in=list(readerships))
    if at is not None:
        rows = rows.filter(created_at__lte=at)
    every = list(rows)
    replaced = {row.supersedes_id for row in every}
    return tuple(
        Falsifying(
            falsifier=row.pk,
            facet=Facet(row.facet),
            text=row.text,
            state=row.state,
            remark=row.note,
            at=row.created_at,
            readership=Readership(row.readership),
        )
        for row in every
        if row.pk not in replaced and not row.withdrawn
    )


def _appearances(
    photo: Photo,
    readerships: frozenset[Readership],
    at: datetime | None,
    settled: Settled,
    *,
    inside: bool,
) -> tuple[Shown, ...]:
    rows = Appearance.objects.filter(_of(photo), readership__in=list(readerships)).select_related(
        "publisher", "archived"
    )
    if at is not None:
        rows = rows.filter(created_at__lte=at)
    every = list(rows)
    replaced = {row.supersedes_id for row in every}
    current = [row for row in every if row.pk not in replaced and not row.withdrawn]
    bound = datetime.fromisoformat(settled.time.not_after) if settled.time.not_after else None
    first = next((row.pk for row in current if bound is not None and bound_of(row) == bound), None)
    shown = [_appearance(row, readerships, bounds=row.pk == first, inside=inside) for row in current]
    return tuple(sorted(shown, key=lambda one: (one.bound is None, one.bound, one.appearance)))


def _appearance(row: Appearance, readerships: frozenset[Readership], *, bounds: bool, inside: bool) -> Shown:
    # the address, the credit line and the page itself name a publisher as surely as the name does
    told = not is_withheld(row.publisher, inside=inside)
    kept = row.archived if told else None
    return Shown(
        appearance=row.pk,
        title=row.title if told else "",
        url=row.url if told else "",
        platform=row.platform,
        publisher=spoken_name(row.publisher, inside=inside) if row.publisher else "",
        posted_text=row.posted_text,
        seen_text=row.seen_text,
        bound=bound_of(row),
        credit_line=row.credit_line if told else "",
        remark=row.note if told else "",
        archive_url=row.archive_url if told else "",
        attachment=kept.pk if kept and kept.readership in readerships else None,
        attachment_sha256=kept.sha256 if kept else "",
        bounds_date=bounds,
        readership=Readership(row.readership),
    )


def _turns(photo: Photo, at: datetime | None, heard: dict[int, Heard]) -> tuple[Turn, ...]:
    rows = StatusChange.objects.filter(photo=photo).select_related("verdict")
    if at is not None:
        rows = rows.filter(at__lte=at)
    return tuple(
        Turn(
            facet=Facet(row.facet),
            before=Status(row.before),
            after=Status(row.after),
            claim=row.claim_id if row.claim_id in heard else None,
            verdict=row.verdict_id,
            at=row.at,
        )
        for row in rows
    )


def _of(photo: Photo) -> Q:
    return Q(photo=photo) | Q(series__in=photo.series.values("pk"))
