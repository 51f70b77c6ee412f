"""The plain headline of a photo page, and what stands behind an answer."""

from __future__ import annotations

from enum import StrEnum

from archive.values.settled import Status


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
_OPEN = frozenset({Status.UNKNOWN, Status.UNREVIEWED})


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
