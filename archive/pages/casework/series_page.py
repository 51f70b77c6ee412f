"""The page of a series: what is said of all its photos at once, by whom, and where it appeared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.access.rights import is_inside, may_edit, readerships, visible
from archive.evidence.records import current_appearances, current_falsifiers, standing_claims
from archive.evidence.sources import is_withheld, spoken_name
from archive.evidence.values import from_json
from archive.evidence.vocabulary import FalsifierState, Method, SourceKind
from archive.pages.casework.gate import series_to_see
from archive.pages.casework.picker import Pick, pick_of
from archive.pages.casework.words import QUESTIONS, value_words
from archive.pages.context import render_page
from archive.pages.grounds.of_series import GroundLine, series_grounds
from archive.pages.wording.times import minute
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.settled import Facet
from archive.values.wording import describe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Photo
    from archive.evidence.models import Appearance, Claim, Falsifier, Series

METHODS = {
    Method.STATED: "",
    Method.INFERRED: "concluded, not stated",
    Method.MEASURED: "measured in the picture",
    Method.DERIVED: "derived from what others say",
    Method.GPX: "matched with a recorded track",
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One claim on the series. `letter` names it on the page; `rests_on` are letters, "" outside the page."""

    number: int
    letter: str
    speaker: str
    value: str
    words: str
    language: str
    when: str
    where: str
    how: str
    why: str
    rests_on: tuple[str, ...]
    excepted: list[Pick]
    readership: str


@dataclass(frozen=True, slots=True)
class QuestionLines:
    facet: str
    question: str
    lines: list[SaidLine]


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    number: int
    title: str
    url: str
    platform: str
    publisher: str
    posted: str
    seen: str
    credit: str
    remark: str
    archive_url: str
    document: str
    document_url: str
    bound: str
    readership: str


@dataclass(frozen=True, slots=True)
class FalsifierLine:
    number: int
    question: str
    text: str
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class SeriesContext:
    series: Series
    pictures: list[Pick]
    questions: list[QuestionLines]
    appearances: list[AppearanceLine]
    grounds: list[GroundLine]
    falsifiers: list[FalsifierLine]
    may_edit: bool
    claims: int


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the viewer may read of it."""
    series = series_to_see(request, public_id)
    may_read = readerships(request.user, series.collection)
    inside = is_inside(request.user, series.collection)
    seen = visible(request.user).filter(series=series).order_by("memberships__position")
    claims = standing_claims(series, may_read)
    letters = {claim.pk: letter_of(n) for n, claim in enumerate(claims)}
    shown = SeriesContext(
        series=series,
        pictures=[pick_of(photo) for photo in seen],
        questions=_questions(claims, letters, {photo.pk: photo for photo in seen}, inside=inside),
        appearances=[
            _appearance(one, may_read, inside=inside) for one in current_appearances(series, may_read)
        ],
        grounds=series_grounds(series, may_read, letters, inside=inside),
        falsifiers=[_falsifier(one) for one in current_falsifiers(series, may_read)],
        may_edit=may_edit(request.user, series.collection),
        claims=len(claims),
    )
    return render_page(request, "casework/series.html", shown)


def _questions(
    claims: list[Claim], letters: dict[int, str], photos: dict[int, Photo], *, inside: bool
) -> list[QuestionLines]:
    return [
        QuestionLines(
            facet.value,
            question,
            [_said(claim, letters, photos, inside=inside) for claim in claims if claim.facet == facet.value],
        )
        for facet, question in QUESTIONS.items()
        if any(claim.facet == facet.value for claim in claims)
    ]


def letter_of(position: int) -> str:
    """A, B, ... Z, AA, AB, ... for positions from 0."""
    letters = ""
    while position >= 0:
        letters = chr(ord("A") + position % 26) + letters
        position = position // 26 - 1
    return letters


def _said(claim: Claim, letters: dict[int, str], photos: dict[int, Photo], *, inside: bool) -> SaidLine:
    value = from_json(claim.value)
    told = not is_withheld(claim.source, inside=inside)
    appearance = claim.appearance if told else None
    return SaidLine(
        number=claim.pk,
        letter=letters[claim.pk],
        speaker=spoken_name(claim.source, inside=inside),
        value=value_words(value) if value is not None else "",
        words=claim.words if told and (inside or claim.source.kind != SourceKind.MEMBER) else "",
        language=claim.language,
        when=date_words(claim.said_at),
        where=(appearance.title or appearance.platform or appearance.url) if appearance else "",
        how=METHODS.get(Method(claim.method), ""),
        why=claim.rationale if told else "",
        rests_on=tuple(letters[basis.pk] for basis in claim.bases.all() if basis.pk in letters),
        excepted=[pick_of(photos[one.photo_id]) for one in claim.exceptions.all() if one.photo_id in photos],
        readership="" if claim.readership == "public" else claim.get_readership_display(),
    )


def _appearance(appearance: Appearance, may_read: frozenset[str], *, inside: bool) -> AppearanceLine:
    told = not is_withheld(appearance.publisher, inside=inside)
    document = appearance.archived if told else None
    if document is not None and document.readership not in may_read:
        document = None
    known = [at for at in (appearance.posted_latest, appearance.seen_latest) if at is not None]
    return AppearanceLine(
        number=appearance.pk,
        title=(appearance.title or appearance.url if told else "") or appearance.platform or "a publication",
        url=appearance.url if told else "",
        platform=appearance.platform,
        publisher=spoken_name(appearance.publisher, inside=inside) if appearance.publisher else "",
        posted=date_words(appearance.posted_text),
        seen=date_words(appearance.seen_text),
        credit=appearance.credit_line if told else "",
        remark=appearance.note if told else "",
        archive_url=appearance.archive_url if told else "",
        document=document.name if document else "",
        document_url=reverse("attachment", args=[document.public_id]) if document else "",
        bound=minute(min(known)) if known else "",
        readership="" if appearance.readership == "public" else appearance.get_readership_display(),
    )


def _falsifier(falsifier: Falsifier) -> FalsifierLine:
    return FalsifierLine(
        number=falsifier.pk,
        question=QUESTIONS[Facet(falsifier.facet)],
        text=falsifier.text,
        state=FalsifierState(falsifier.state).label,
        remark=falsifier.note,
    )


def date_words(text: str) -> str:
    """Say a stored date; one that is read no more is shown as it was written."""
    if not text:
        return ""
    try:
        return describe(parse_edtf(text))
    except EdtfError:
        return text
