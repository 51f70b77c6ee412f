"""The case of the seven unverified pictures, entered by the verbs that the forms use.

Everything in it is generated or told after the story as reported: who posted, who inferred what, what does
not help to decide, and two reviewers who disagree.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from archive import vault
from archive.catalogue.models import Collection, Photo
from archive.evidence.appearances import record_appearance
from archive.evidence.attachments import keep_attachment
from archive.evidence.claims import civil_time, except_photo, make_claim
from archive.evidence.geometry import relation
from archive.evidence.grounds import BearingOn, Region, record_evidence, record_falsifier
from archive.evidence.models import Appearance, Claim, Series, Source
from archive.evidence.series import open_series
from archive.evidence.sources import record_source
from archive.evidence.values import Text
from archive.evidence.verdicts import give_verdict
from archive.evidence.vocabulary import EvidenceKind, Judgement, Method, SourceKind, Stance
from archive.gazetteer import find
from archive.management.demo.border import EXPOSURES, POST
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from archive.values.shapes import Relating

COLLECTION = "border-flights"
SERIES = "Seven pictures of one post"
_BORDER = "border:KP-CN"
_WITHIN_M = 2000.0

_PAGE = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Archived page (generated)</title>
<h1>{POST}</h1>
<p>Seven pictures. Generated demo data: this page was written by a program and archives nothing.</p>
<p>Comment by the poster: Filmed in 2020, during the pandemic.</p>
<p>Comment by the poster: the city lies around two kilometres from the border.</p>
</html>
"""


@dataclass(frozen=True)
class _Voices:
    """Who speaks in the case."""

    poster: Source
    other_handle: Source
    news: Source
    commenters: Source


@dataclass(frozen=True)
class _Said:
    """The claims that evidence and verdicts bear on."""

    two_km: Claim
    sinuiju: Claim
    year: Claim
    one_name: Claim
    other_name: Claim
    early: Claim
    quiet: Claim
    pandemic: Claim


def enter_case() -> bool:
    """Enter the whole case once, when all seven pictures are there; False when there was nothing to do."""
    collection = Collection.objects.filter(slug=COLLECTION).first()
    if collection is None or collection.series.exists():
        return False
    photos = _pictures(collection)
    if len(photos) < len(EXPOSURES):
        return False
    curator, reviewer = (User.objects.get(username=name) for name in ("curator", "reviewer"))
    series = open_series(
        collection=collection,
        title=SERIES,
        note="Posted together by one anonymous account. What is said of the post holds for all seven.",
        photos=list(photos.values()),
        by=curator,
    )
    voices = _voices(collection, curator)
    post = _appearances(series, voices, curator)
    said = _claims(series, voices, post, curator)
    except_photo(
        claim=said.two_km,
        photo=photos["river-low-sun"],
        by=curator,
        reason="Shows the river front itself; the sentence is about the city.",
    )
    _evidence(series, photos, said, voices, curator)
    _falsifiers(series, curator)
    _verdicts(said, curator, reviewer)
    return True


def _pictures(collection: Collection) -> dict[str, Photo]:
    """Return the seven by the name of their scene, in the order of the post."""
    titles = {exposure.title: exposure.slug for exposure in EXPOSURES}
    found = {titles[photo.title]: photo for photo in collection.photos.filter(title__in=titles)}
    return {slug: found[slug] for slug in titles.values() if slug in found}


def _voices(collection: Collection, curator: User) -> _Voices:
    def source(kind: SourceKind, name: str, note: str) -> Source:
        return record_source(collection=collection, kind=kind, name=name, note=note, by=curator)

    return _Voices(
        poster=source(SourceKind.ACCOUNT, "XiaoHao", "Anonymous account that posted the seven pictures."),
        other_handle=source(
            SourceKind.ACCOUNT,
            "u/XiaoHao2",
            "Second spelling of the poster in the reprint; one account or two?",
        ),
        news=source(
            SourceKind.PUBLICATION, "the news site that reprinted the post", "Verified nothing itself."
        ),
        commenters=source(
            SourceKind.PERSON, "commenters under the post", "Several people, none of them named."
        ),
    )


def _appearances(series: Series, voices: _Voices, curator: User) -> Appearance:
    kept = vault.put(io.BytesIO(_PAGE.encode()))
    page = keep_attachment(
        collection=series.collection,
        sha256=kept.sha256,
        byte_count=kept.byte_count,
        name="post-as-archived.html",
        by=curator,
        readership=Readership.PUBLIC,
    )
    post = record_appearance(
        target=series,
        by=curator,
        title=POST,
        platform="picture forum",
        publisher=voices.poster,
        seen="2021-03-05",
        credit_line="XiaoHao",
        remark="The post shows no date of its own; this is when the page was first archived. Generated.",
        archived=page,
    )
    record_appearance(
        target=series,
        by=curator,
        title="Reprint with an article",
        platform="news site",
        publisher=voices.news,
        posted="2021-03-09",
        credit_line="XiaoHao / u/XiaoHao2",
        remark="Credits the poster once by each spelling, in the same article.",
    )
    return post


def _claims(series: Series, voices: _Voices, post: Appearance, curator: User) -> _Said:
    def say(facet: Facet, value: Any, source: Source, words: str, **more: Any) -> Claim:
        return make_claim(
            target=series,
            facet=facet,
            value=value,
            source=source,
            by=curator,
            words=words,
            language="en",
            appearance=post,
            **more,
        )

    say(Facet.OPERATOR_PLACE, Text("in China, near the border"), voices.poster, "I was in China")
    say(
        Facet.CAMERA_PLACE,
        Text("in the air, beyond the border"),
        voices.poster,
        "my drone flew across the border",
    )
    two_km = say(
        Facet.SUBJECT_PLACE,
        relation(Relating.WITHIN, _WITHIN_M, _BORDER, inside="KP"),
        voices.poster,
        "the city lies around two kilometres from the border",
        rationale="“Around” is taken as up to two kilometres from any part of a town.",
    )
    sinuiju = say(
        Facet.SUBJECT_PLACE,
        _sinuiju(),
        voices.commenters,
        "So that must be Sinuiju.",
        method=Method.INFERRED,
        bases=[two_km],
        rationale="The only reason given is the distance; other towns lie as near.",
    )
    year = say(Facet.TIME, civil_time("2020"), voices.poster, "Filmed in 2020, during the pandemic")
    one, other = (
        make_claim(
            target=series,
            facet=Facet.AUTHOR,
            value=Text(source.name),
            source=voices.news,
            by=curator,
            words=source.name,
            rationale="Credit line of the reprint; the same article prints the other spelling as well.",
        )
        for source in (voices.poster, voices.other_handle)
    )
    early, quiet, pandemic = (
        make_claim(
            target=series,
            facet=Facet.CONTENT,
            value=Text(f"The streets are empty because {why}"),
            source=voices.news,
            by=curator,
            rationale="One of three explanations the article offers side by side.",
        )
        for why in ("it was early in the morning", "it is a quiet area", "of the pandemic")
    )
    return _Said(two_km, sinuiju, year, one, other, early, quiet, pandemic)


def _sinuiju() -> Place:
    town = next(town for town in find("Sinuiju", 5) if town.country_code == "KP")
    return Place(town.latitude, town.longitude, 5000)


def _evidence(series: Series, photos: dict[str, Photo], said: _Said, voices: _Voices, curator: User) -> None:
    fits_all = [
        BearingOn(claim, Stance.NEITHER, 0, "Fits this explanation as well as the other two.")
        for claim in (said.early, said.quiet, said.pandemic)
    ]
    record_evidence(
        target=series,
        by=curator,
        kind=EvidenceKind.CONTEXT,
        text="Empty streets: no vehicles and hardly anybody on foot in any of the seven.",
        bearings=fits_all,
        source=voices.news,
    )
    record_evidence(
        target=series,
        by=curator,
        kind=EvidenceKind.CONTEXT,
        text="No drain covers and no traffic lights are seen. True of every town along this border.",
        bearings=[
            BearingOn(said.sinuiju, Stance.NEITHER, 0, "Says nothing for this town before the others."),
            BearingOn(said.two_km, Stance.NEITHER, 0, "Fits every candidate."),
        ],
        source=voices.commenters,
    )
    record_evidence(
        target=series,
        by=curator,
        kind=EvidenceKind.DOCUMENT,
        text="The reprint credits “XiaoHao” in one place and “u/XiaoHao2” in another. Neither is explained.",
        bearings=[
            BearingOn(said.one_name, Stance.AGAINST, 1, "The same article says otherwise."),
            BearingOn(said.other_name, Stance.AGAINST, 1, "The same article says otherwise."),
        ],
        source=voices.news,
    )
    record_evidence(
        target=photos["beyond-the-river"],
        by=curator,
        kind=EvidenceKind.VISUAL_MATCH,
        text="The bridge has no feature that a map would name; the river has several of this kind.",
        bearings=[BearingOn(said.sinuiju, Stance.NEITHER, 0, "Sinuiju has bridges, and so have others.")],
        region=Region(0.55, 0.38, 0.3, 0.2),
        region_label="the bridge",
    )
    _shadows(photos, said, curator)


def _shadows(photos: dict[str, Photo], said: _Said, curator: User) -> None:
    """A shadow measured on an oblique picture, and one on the straight-down picture that cannot tell."""
    place = _sinuiju()
    shared = {
        "tool": "shadow",
        "level_ground": True,
        "place": {"latitude": place.latitude, "longitude": place.longitude, "radius_m": place.radius_m},
        "aspect": 1600 / 1067,
    }
    record_evidence(
        target=photos["apartment-blocks"],
        by=curator,
        kind=EvidenceKind.SHADOW,
        text="Corner of a block and the tip of its shadow. Assumes Sinuiju, level ground, and a picture that "
        "looks north-east; none of the three is known.",
        bearings=[BearingOn(said.year, Stance.NEITHER, 0, "The windows recur in every year.")],
        measurement={
            **shared,
            "base": list(OBLIQUE.base),
            "top": list(OBLIQUE.top),
            "shadow_base": list(OBLIQUE.base),
            "shadow_tip": list(OBLIQUE.tip),
            "view": "oblique",
            "north_deg": OBLIQUE_NORTH_DEG,
            "pitch_deg": 38.0,
            "fov_deg": OBLIQUE_FOV_DEG,
        },
    )
    record_evidence(
        target=photos["courtyard"],
        by=curator,
        kind=EvidenceKind.SHADOW,
        text="Shadow of a block from straight above: its length can be measured, the block's height not.",
        bearings=[BearingOn(said.year, Stance.NEITHER, 0, "Tells no date without a height.")],
        measurement={
            **shared,
            "base": [0.50, 0.50],
            "top": [0.50, 0.50],
            "shadow_base": [0.50, 0.50],
            "shadow_tip": [0.44, 0.55],
            "view": "straight_down",
            "north_deg": 343.0,
            "pitch_deg": 90.0,
            "fov_deg": None,
        },
    )


@dataclass(frozen=True)
class _Clicks:
    """Where the corner of a block stands, where its top is seen, and where its shadow ends."""

    base: tuple[float, float]
    top: tuple[float, float]
    tip: tuple[float, float]


# The left corner of the tall block in the middle; the camera is turned to 40 degrees.
OBLIQUE = _Clicks(base=(0.5537, 0.4511), top=(0.5573, 0.3630), tip=(0.3288, 0.4931))
OBLIQUE_NORTH_DEG = 320.0
OBLIQUE_FOV_DEG = 53.1


def _falsifiers(series: Series, curator: User) -> None:
    for facet, text in (
        (Facet.TIME, "A copy of any of the seven that is dated before 2020."),
        (
            Facet.TIME,
            "A clock in view, or in a file, that runs at UTC+8:30: in use there from 2015 to 2018 only.",
        ),
        (
            Facet.SUBJECT_PLACE,
            "A skyline that matches another town than Sinuiju, or that cannot be Sinuiju's.",
        ),
    ):
        record_falsifier(target=series, facet=facet, text=text, by=curator)


def _verdicts(said: _Said, curator: User, reviewer: User) -> None:
    give_verdict(
        claim=said.sinuiju,
        reviewer=reviewer,
        judgement=Judgement.PROBABLE,
        credibility=3,
        reasons="The largest town of those that fit, with a bridge and tall blocks like the ones shown.",
    )
    give_verdict(
        claim=said.sinuiju,
        reviewer=curator,
        judgement=Judgement.DOUBTFUL,
        credibility=5,
        reasons="Rests on the poster's two kilometres alone, which fit at least seven towns.",
    )
    give_verdict(
        claim=said.two_km,
        reviewer=reviewer,
        judgement=Judgement.POSSIBLE,
        credibility=6,
        reasons="Nothing contradicts it and nobody else says it.",
    )
