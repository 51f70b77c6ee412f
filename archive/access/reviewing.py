"""What waits for a reviewer: open questions, the pressing ones first, page by page.

Every question asked here is bounded: a page asks for as many rows as it shows, a count stops at `COUNTED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.access.rights import judged_collections
from archive.catalogue.models import Photo
from archive.checks.models import Finding, Outcome
from archive.evidence.models import Claim, Source, Verdict
from archive.evidence.vocabulary import Judgement, SourceKind
from archive.values.settled import Facet, Status

if TYPE_CHECKING:
    from archive.access.rights import Viewer

COUNTED = 1000
PAGE = 20


class Why(StrEnum):
    """Why a question waits, in the order in which they are shown."""

    DOES_NOT_FIT = "does-not-fit"
    DISPUTED = "disputed"
    SECOND = "second"
    UNJUDGED = "unjudged"
    FILE = "file"


PRESSING = (Why.DOES_NOT_FIT, Why.DISPUTED, Why.SECOND, Why.UNJUDGED)
"""What the menu counts: questions that only a file has answered are thousands and can wait."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is asked for; empty means all. `after` is where the page before ended."""

    collection: str = ""
    facet: str = ""
    why: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry: a claim to judge; `check` is the code of what does not fit. `at` is its place in line."""

    why: Why
    at: str
    photo: Photo | None
    claim: Claim | None
    check: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """A judge and the collections, by row, that are judged; `asking` are those that ask for two."""

    viewer: int | None
    every: list[int]
    asking: list[int]


def bench_of(viewer: Viewer, wanted: Wanted | None = None) -> Bench:
    collections = judged_collections(viewer)
    if wanted and wanted.collection:
        collections = collections.filter(slug=wanted.collection)
    found = list(collections.values_list("pk", "two_reviewers"))
    return Bench(viewer.pk, [pk for pk, _ in found], [pk for pk, asks in found if asks])


# The question that a check puts: the camera's place unless it is about the date.
_OF_DATE = frozenset({"clock_gps", "date_chain", "filename", "sun", "shadow"})


def waiting(viewer: Viewer, wanted: Wanted, *, limit: int = PAGE) -> list[Waiting]:
    """Return up to `limit` entries in order; ask with the last one's `at` for those after it."""
    after_why, _, after = wanted.after.partition(".")
    found: list[Waiting] = []
    bench = bench_of(viewer, wanted)
    begun = not after_why
    for why in Why:
        start = int(after) if why == after_why and after.isdigit() else 0
        begun = begun or why == after_why
        if begun and len(found) < limit and wanted.why in ("", why):
            found += _entries(bench, wanted, why, start, limit - len(found))
    return found


def counts(viewer: Viewer, wanted: Wanted) -> dict[Why, int]:
    """Return how many wait for each reason; a number above `COUNTED` means that there are more."""
    bench = bench_of(viewer, wanted)
    return {why: _count(bench, wanted, why, COUNTED + 1) for why in Why}


def pressing(viewer: Viewer, *, most: int) -> int | None:
    """Return how many pressing questions wait, at most `most`; None for who judges nowhere."""
    total = 0
    bench = bench_of(viewer)
    for why in PRESSING if bench.every else ():
        total += _count(bench, Wanted(), why, most - total)
        if total >= most:
            break
    return total if bench.every else None


def _count(bench: Bench, wanted: Wanted, why: Why, most: int) -> int:
    if why is Why.DOES_NOT_FIT:
        return _findings(bench, wanted).order_by()[:most].count()
    return _claims(bench, wanted, why).order_by()[:most].count()


def _entries(bench: Bench, wanted: Wanted, why: Why, start: int, limit: int) -> Iterator[Waiting]:
    if why is Why.DOES_NOT_FIT:
        rows = _findings(bench, wanted).filter(pk__gt=start).order_by("pk")
        findings = list(rows.select_related("photo__collection")[:limit])
        answering = _answering([(one.photo, question_of(one.check_code)) for one in findings])
        for one in findings:
            claim = answering.get((one.photo_id, question_of(one.check_code)))
            yield Waiting(why, f"{why}.{one.pk}", one.photo, claim, one.check_code)
        return
    claims = _claims(bench, wanted, why).filter(pk__gt=start).order_by("pk")
    for claim in claims.select_related("photo__collection", "series__collection", "source__user")[:limit]:
        yield Waiting(why, f"{why}.{claim.pk}", claim.photo, claim)


def question_of(check: str) -> Facet:
    return Facet.TIME if check in _OF_DATE else Facet.CAMERA_PLACE


def _answering(asked: list[tuple[Photo, Facet]]) -> dict[tuple[int, Facet], Claim]:
    """Return for each question the claim that the photo's answer rests on now."""
    numbers: dict[int, tuple[int, Facet]] = {}
    for photo, facet in asked:
        parts = photo.settled_place.get("parts") or [{}]
        number = photo.settled_time.get("claim") if facet is Facet.TIME else parts[0].get("claim")
        if number:
            numbers[number] = (photo.pk, facet)
    rows = Claim.objects.filter(pk__in=numbers).select_related(
        "photo__collection", "series__collection", "source__user"
    )
    return {numbers[claim.pk]: claim for claim in rows}


def _claims(bench: Bench, wanted: Wanted, why: Why) -> QuerySet[Claim]:
    judged = bench.asking if why is Why.SECOND else bench.every
    claims = Claim.objects.filter(_current(), value__isnull=False)
    if wanted.facet:
        claims = claims.filter(facet=wanted.facet)
    match why:
        case Why.DISPUTED:
            return _of(_given(claims), judged).filter(_disputed(), _judged(), ~_judged_before())
        case Why.SECOND:
            mine = _standing().filter(reviewer_id=bench.viewer)
            alone = ~Q(Exists(_second())) & ~Q(Exists(mine))
            return _of(_given(claims), judged).filter(_judged(), alone, ~_disputed())
        case Why.UNJUDGED:
            people = Source.objects.filter(Q(collection__in=judged) | Q(file=None))
            spoken = claims.filter(source__in=people.exclude(kind=SourceKind.FILE))
            return _of(spoken, judged).filter(~_judged(), ~_disputed())
        case _:
            by_people = Claim.objects.filter(
                photo=OuterRef("photo"), facet=OuterRef("facet"), source__file=None
            )
            # as conditions on the claim alone: joined, they would be sorted by the hundred thousand
            here = Photo.objects.filter(pk=OuterRef("photo"), collection__in=judged)
            file = Source.objects.filter(pk=OuterRef("source"), kind=SourceKind.FILE)
            files = claims.filter(Exists(here), Exists(file))
            return files.filter(~_judged(), ~Q(Exists(by_people)))


def _given(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Start from the verdicts, which are few beside claims."""
    return claims.filter(pk__in=Verdict.objects.values("claim"))


def _of(claims: QuerySet[Claim], collections: list[int]) -> QuerySet[Claim]:
    return claims.filter(Q(photo__collection__in=collections) | Q(series__collection__in=collections))


def _findings(bench: Bench, wanted: Wanted) -> QuerySet[Finding]:
    """Return current findings that do not fit, on whose question no verdict was given since."""
    found = Finding.objects.filter(
        outcome=Outcome.DOES_NOT_FIT,
        replaced_at__isnull=True,
        photo__collection__in=bench.every,
    )
    of_date = Q(check_code__in=_OF_DATE)
    if wanted.facet:
        both = {Facet.TIME.value: of_date, Facet.CAMERA_PLACE.value: ~of_date}
        of_this = both.get(wanted.facet, Q(pk=None))
        found = found.filter(of_this)
    later = Verdict.objects.filter(at__gte=OuterRef("made_at"))
    about = Q(claim__photo=OuterRef("photo")) | Q(claim__series__photos=OuterRef("photo"))
    date_seen = Exists(later.filter(about, claim__facet=Facet.TIME.value))
    place_seen = Exists(later.filter(about).exclude(claim__facet=Facet.TIME.value))
    return found.exclude(of_date & date_seen).exclude(~of_date & place_seen)


def _standing() -> QuerySet[Verdict]:
    given = Verdict.objects.filter(claim=OuterRef("pk"), superseded_by=None)
    return given.exclude(judgement=Judgement.WITHDRAWN)


def _judged() -> Q:
    return Q(Exists(_standing()))


def _second() -> QuerySet[Verdict]:
    """A standing verdict beside which another stands."""
    other = Verdict.objects.filter(claim=OuterRef("claim"), superseded_by=None, pk__lt=OuterRef("pk"))
    return _standing().filter(Exists(other.exclude(judgement=Judgement.WITHDRAWN)))


def _judged_before() -> Q:
    """Another judged claim on the same question comes before: a question stands in the queue once."""
    given = Verdict.objects.filter(
        claim__facet=OuterRef("facet"), claim__lt=OuterRef("pk"), superseded_by=None
    ).exclude(judgement=Judgement.WITHDRAWN)
    return Q(Exists(given.filter(claim__photo=OuterRef("photo")))) | Q(
        Exists(given.filter(claim__series=OuterRef("series")))
    )


def _current() -> Q:
    return ~Q(Exists(Claim.objects.filter(supersedes=OuterRef("pk"))))


def _disputed() -> Q:
    """The claim's question is disputed, on its photo or on some photo of its series."""
    found = Q()
    for facet in Facet:
        told = {f"settled_facets__{facet.value}": Status.DISPUTED.value}
        photo = Photo.objects.filter(pk=OuterRef("photo"), **told)
        members = Photo.objects.filter(series=OuterRef("series"), **told)
        found |= Q(facet=facet.value) & (Q(Exists(photo)) | Q(Exists(members)))
    return found
