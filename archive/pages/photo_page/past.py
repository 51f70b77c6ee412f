"""The page as it stood on a day: claims, verdicts, evidence, findings and texts until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from archive.pages.photo_page.case_context import AsItStood
from archive.pages.wording import times

if TYPE_CHECKING:
    from archive.catalogue.models import Photo

_NOTES = (
    "Titles, captions and notes, claims, verdicts, evidence and checks are those of that day.",
    "The picture, its series, what the file says and the collection's own texts are as they are today.",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The day asked for; `at` is its end (aware), None for now. `problem` says why a day cannot be shown."""

    day: str = ""
    at: datetime | None = None
    problem: str = ""


def moment_of(text: str, *, today: date) -> Moment:
    """Read `on=` of an address. Today and what is still to come are shown as now."""
    if not text:
        return Moment()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problem = f"“{text[:40]}” is no day: write year, month and day, such as {today.isoformat()}."
        return Moment(problem=problem)
    if day > today:
        return Moment(problem=f"{times.day(_end(day))} is still to come: this is how it stands now.")
    return Moment(day.isoformat(), _end(day) if day < today else None)


def stood(moment: Moment, photo: Photo, *, today: date) -> AsItStood:
    """Return the banner and the form's day."""
    if moment.at is None:
        return AsItStood(moment.day, "", (), moment.problem, today.isoformat())
    notes = list(_NOTES)
    if photo.added_at > moment.at:
        notes.insert(0, f"It was not here yet: it came on {times.day(photo.added_at.astimezone(UTC))}.")
    return AsItStood(moment.day, times.day(moment.at), tuple(notes), "", today.isoformat())


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=UTC)


def cited(permalink: str, moment: Moment) -> str:
    """The address to cite: with the day, where a day was asked for."""
    return f"{permalink}?on={moment.day}" if moment.day else permalink
