"""A small case for page tests: a stated distance, a town inferred from it, two reviewers who differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from archive.access.members import grant
from archive.access.models import MemberRole
from archive.catalogue.models import Collection, Photo
from archive.evidence.appearances import record_appearance
from archive.evidence.claims import civil_time, make_claim
from archive.evidence.grounds import BearingOn, record_evidence, record_falsifier
from archive.evidence.models import Claim, Series, Source
from archive.evidence.series import open_series
from archive.evidence.sources import record_source
from archive.evidence.values import Text
from archive.evidence.verdicts import give_verdict
from archive.evidence.vocabulary import EvidenceKind, Judgement, Method, SourceKind, Stance
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Candidate, Relating, Relation
from tests.db.making import a_photo, a_user

TOWNS = tuple(
    Candidate(f"Town {letter}", Place(40.0 + number, 124.0, 3000.0), 500.0 + 100 * number)
    for number, letter in enumerate("PQRSTUVW")
)
TWO_KM = Relation(Relating.WITHIN, 2000.0, "border:XX-YY", "the border", TOWNS, "made for a test")


@dataclass(frozen=True)
class Story:
    photo: Photo
    series: Series
    owner: User
    reviewer: User
    poster: Source
    two_km: Claim
    town: Claim


def a_source(collection: Collection, by: User, name: str = "Poster", **more: str) -> Source:
    return record_source(collection=collection, kind=SourceKind.ACCOUNT, name=name, by=by, **more)


def a_claim(target, source: Source, by: User, value, facet: Facet = Facet.SUBJECT_PLACE, **more) -> Claim:
    return make_claim(target=target, facet=facet, value=value, source=source, by=by, **more)


def a_reviewer(collection: Collection, name: str = "") -> User:
    reviewer = a_user(name)
    grant(user=reviewer, collection=collection, role=MemberRole.REVIEWER)
    return reviewer


def a_story(collection: Collection, owner: User, *present: Photo) -> Story:
    """Eight towns fit "two km"; one was inferred from it; the date is bounded by the first appearance."""
    photo, *others = present or [a_photo(collection) for _ in range(3)]
    series = open_series(collection=collection, title="One post", photos=[photo, *others], by=owner)
    poster = a_source(collection, owner)
    reader = a_source(collection, owner, "commenters")
    record_appearance(
        target=series,
        by=owner,
        title="The post",
        platform="a forum",
        seen="2021-03-05",
        credit_line="P. Oster",
    )
    two_km = a_claim(series, poster, owner, TWO_KM, words="around two kilometres", language="de")
    town = a_claim(series, reader, owner, Place(40.0, 124.0, 3000.0), method=Method.INFERRED, bases=[two_km])
    a_claim(series, poster, owner, civil_time("2020"), Facet.TIME, words="Filmed in 2020")
    a_claim(photo, poster, owner, Text("Poster"), Facet.AUTHOR)
    reviewer = a_reviewer(collection, "finch")
    give_verdict(claim=town, reviewer=reviewer, judgement=Judgement.PROBABLE, reasons="It looks alike.")
    give_verdict(claim=town, reviewer=owner, judgement=Judgement.DOUBTFUL, reasons="Seven more fit.")
    record_evidence(
        target=photo,
        by=owner,
        kind=EvidenceKind.CONTEXT,
        text="Empty streets",
        bearings=[BearingOn(claim, Stance.NEITHER, 0, "Fits each.") for claim in (two_km, town)],
    )
    record_evidence(
        target=photo,
        by=owner,
        kind=EvidenceKind.VISUAL_MATCH,
        text="A bridge like none there",
        bearings=[BearingOn(town, Stance.AGAINST, 2, "It has no bridge.")],
    )
    record_falsifier(target=series, facet=Facet.TIME, text="A copy from before 2020", by=owner)
    return Story(photo, series, owner, reviewer, poster, two_km, town)
