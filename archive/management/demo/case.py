"""The case of the seven unverified pictures, entered by the verbs that the forms use.

Everything in it is generated or told after the story as reported: who posted, who inferred what, what does
not help to decide, and two reviewers who disagree.
"""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.models import User

from archive import vault
from archive.catalogue.models import Collection, Photo
from archive.evidence.appearances import record_appearance
from archive.evidence.attachments import keep_attachment
from archive.evidence.claims import civil_time, except_photo, make_claim
from archive.evidence.geometry import relation
from archive.evidence.models import Appearance, Claim, Series, Source
from archive.evidence.series import open_series
from archive.evidence.sources import record_source
from archive.evidence.values import Text
from archive.evidence.vocabulary import Method, SourceKind
from archive.ingest.tasks import queue_checks
from archive.management.demo.border import EXPOSURES, POST
from archive.management.demo.case_grounds import (
    Said,
    Voices,
    enter_evidence,
    enter_falsifiers,
    enter_verdicts,
    place_of_sinuiju,
)
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
    enter_evidence(series, photos, said, voices, curator)
    enter_falsifiers(series, curator)
    enter_verdicts(said, curator, reviewer)
    queue_checks(photo.pk for photo in photos.values())
    return True


def _pictures(collection: Collection) -> dict[str, Photo]:
    """Return the seven by the name of their scene, in the order of the post."""
    titles = {exposure.title: exposure.slug for exposure in EXPOSURES}
    found = {titles[photo.title]: photo for photo in collection.photos.filter(title__in=titles)}
    return {slug: found[slug] for slug in titles.values() if slug in found}


def _voices(collection: Collection, curator: User) -> Voices:
    def source(kind: SourceKind, name: str, note: str) -> Source:
        return record_source(collection=collection, kind=kind, name=name, note=note, by=curator)

    return Voices(
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


def _appearances(series: Series, voices: Voices, curator: User) -> Appearance:
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


def _claims(series: Series, voices: Voices, post: Appearance, curator: User) -> Said:
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
        place_of_sinuiju(),
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
    return Said(two_km, sinuiju, year, one, other, early, quiet, pandemic)
