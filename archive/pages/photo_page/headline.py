"""The plain headline: one answer for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.evidence.values import Text
from archive.pages.photo_page.date import first_seen
from archive.pages.photo_page.layout import PLACES, TEXTS
from archive.pages.photo_page.place import possible_places, winners_on
from archive.pages.photo_page.values import voice
from archive.pages.wording import places
from archive.pages.wording.answers import Known, Voice, headlines
from archive.values.settled import Facet, SettledPlace, SettledTime
from archive.values.shapes import Relation
from archive.values.wording import describe

if TYPE_CHECKING:
    from archive.evidence.case import Heard, Hypothesis
    from archive.pages.photo_page.lines import Teller

_LONGEST_ANSWER = 60


def headline_of(place: SettledPlace, time: SettledTime, teller: Teller) -> tuple[str, ...]:
    """Return one sentence, or one part for each question where there is more to say."""
    others = {facet: _text(facet, teller) for facet in TEXTS if facet in teller.case.questions}
    several = len(place.parts) > 1 or time.parts > 1 or time.not_after is not None
    drawn = winners_on(place.facet or Facet.CAMERA_PLACE, teller)
    in_words = not place.parts and any(winners_on(facet, teller) for facet in PLACES)
    is_simple = not (several or in_words or any(isinstance(one.value, Relation) for one in drawn))
    return headlines(_place(place, teller), _date(time, teller), others, is_simple=is_simple)


def _claims(facet: Facet, teller: Teller) -> list[Heard]:
    return [claim for one in winners_on(facet, teller) for claim in one.claims if claim.wins]


def _place(place: SettledPlace, teller: Teller) -> Known:
    if place.facet is None:
        return _unplaced(place, teller)
    by = voice(_claims(place.facet, teller)) or Voice.PERSON
    count = possible_places(winners_on(place.facet, teller))
    if count > 1:
        return Known(place.status, by, f"{count} possible places")
    part = place.parts[0]
    if part.name:
        return Known(place.status, by, part.name)
    exactly = (
        f" {places.accuracy(part.place.radius_m)}" if part.place.radius_m and len(place.parts) == 1 else ""
    )
    return Known(place.status, by, exactly=exactly)


def _unplaced(place: SettledPlace, teller: Teller) -> Known:
    """No place is drawn, but somebody may have told it in words."""
    for facet in (Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE):
        told = winners_on(facet, teller)
        if told:
            status = teller.case.questions[facet].status
            return Known(status, voice(_claims(facet, teller)), _texts(told))
    return Known(place.status)


def _date(time: SettledTime, teller: Teller) -> Known:
    first = first_seen(teller.case)
    bound = f"not after {first.words}" if first else ""
    by = voice(_claims(Facet.TIME, teller))
    if time.moment is None:
        return Known(time.status, by, exactly=f", {bound}" if bound else "")
    words = f"{time.parts} possible dates" if time.parts > 1 else describe(time.moment, time.text)
    return Known(time.status, by, words)


def _text(facet: Facet, teller: Teller) -> Known:
    told = winners_on(facet, teller)
    return Known(teller.case.questions[facet].status, voice(_claims(facet, teller)), _texts(told))


def _texts(told: list[Hypothesis]) -> str:
    if len(told) > 1:
        return f"{len(told)} possible answers"
    value = told[0].value if told else None
    return value.text if isinstance(value, Text) and len(value.text) <= _LONGEST_ANSWER else ""
