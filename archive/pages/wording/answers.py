"""The plain headline of a photo page, and what stands behind an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.values.settled import Facet, Status


class Voice(StrEnum):
    """Who the current answer rests on, as far as one sentence can tell."""

    NOBODY = ""
    GPS = "the camera’s GPS"
    CLOCK = "its clock"
    SATELLITES = "satellite time"
    XMP = "data added to the file"
    FILE = "the file"
    PERSON = "a person’s word"


STATUS_WORDS = {
    Status.UNKNOWN: "not known",
    Status.UNREVIEWED: "nobody has reviewed it",
    Status.IN_REVIEW: "being reviewed",
    Status.CORROBORATED: "two sources agree",
    Status.CONFIRMED: "confirmed",
    Status.DISPUTED: "disputed",
    Status.UNDETERMINABLE: "cannot be determined",
}
_HEADLINE_WORDS = {
    **STATUS_WORDS,
    Status.UNREVIEWED: "not reviewed",
    Status.CORROBORATED: "agreed by two sources",
}
_NOUNS = {Facet.AUTHOR: "Author", Facet.CONTENT: "Content", Facet.AUTHENTICITY: "Authenticity"}
_OPEN = frozenset({Status.UNKNOWN, Status.UNREVIEWED})


@dataclass(frozen=True, slots=True)
class Known:
    """How far one question is settled, who the answer rests on, and the answer in a few words.

    `exactly` follows without a colon, as "±30 m" does.
    """

    status: Status
    voice: Voice = Voice.NOBODY
    words: str = ""
    exactly: str = ""

    def said_as(self, noun: str) -> str:
        told = f"{noun} {_HEADLINE_WORDS[self.status]}{self.exactly}"
        return f"{told}: {self.words}" if self.words else told


def headlines(
    place: Known, date: Known, others: Mapping[Facet, Known], *, is_simple: bool
) -> tuple[str, ...]:
    """Say one answer for each question, in one sentence where nobody differs and nobody has judged."""
    if is_simple and not others and place.status in _OPEN and date.status in _OPEN:
        return (headline(place.status, place.voice, date.status, date.voice),)
    told = [place.said_as("Place"), date.said_as("Date")]
    return (*told, *(known.said_as(_NOUNS[facet]) for facet, known in others.items()))


def headline(place: Status, place_by: Voice, date: Status, date_by: Voice) -> str:
    """Say in one or two sentences what is known of where and when, and how well."""
    if place not in _OPEN or date not in _OPEN:
        return f"Place: {STATUS_WORDS[place]}. Date: {STATUS_WORDS[date]}."
    if not place_by and not date_by:
        return "Nobody has said where or when."
    if not date_by:
        return f"Place by {place_by}, not reviewed. Nobody has said when."
    if not place_by:
        return f"Date by {_alone(date_by)}, not reviewed. Nobody has said where."
    if place_by is date_by:
        return f"Place and date by {place_by}; nobody has reviewed either."
    return f"Place by {place_by}, date by {_beside(place_by, date_by)}; nobody has reviewed either."


def _alone(voice: Voice) -> str:
    return "the camera’s clock" if voice is Voice.CLOCK else voice.value


def _beside(place_by: Voice, date_by: Voice) -> str:
    """Avoid "its clock" where no camera was named before."""
    return date_by.value if place_by is Voice.GPS else _alone(date_by)
