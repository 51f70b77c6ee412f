"""What bears on the claims of the case, what would change the answer, and what the reviewers concluded."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from archive.catalogue.models import Photo
from archive.evidence.grounds import BearingOn, Region, record_evidence, record_falsifier
from archive.evidence.models import Claim, Series, Source
from archive.evidence.verdicts import give_verdict
from archive.evidence.vocabulary import EvidenceKind, Judgement, Stance
from archive.gazetteer import find
from archive.values.place import Place
from archive.values.settled import Facet


@dataclass(frozen=True)
class Voices:
    """Who speaks in the case."""

    poster: Source
    other_handle: Source
    news: Source
    commenters: Source


@dataclass(frozen=True)
class Said:
    """The claims that evidence and verdicts bear on."""

    two_km: Claim
    sinuiju: Claim
    year: Claim
    one_name: Claim
    other_name: Claim
    early: Claim
    quiet: Claim
    pandemic: Claim


def place_of_sinuiju() -> Place:
    town = next(town for town in find("Sinuiju", 5) if town.country_code == "KP")
    return Place(town.latitude, town.longitude, 5000)


def enter_evidence(
    series: Series, photos: dict[str, Photo], said: Said, voices: Voices, curator: User
) -> None:
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
        region=Region(0.42, 0.55, 0.13, 0.4),
        region_label="the bridge",
    )
    _shadows(photos, said, curator)


def _shadows(photos: dict[str, Photo], said: Said, curator: User) -> None:
    """A shadow measured on an oblique picture, and one on the straight-down picture that cannot tell."""
    place = place_of_sinuiju()
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


def enter_falsifiers(series: Series, curator: User) -> None:
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


def enter_verdicts(said: Said, curator: User, reviewer: User) -> None:
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
