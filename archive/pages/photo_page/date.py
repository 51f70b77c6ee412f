"""The card that says when: every possible date on one axis, and what bounds them all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.evidence.values import CivilTime, Instant
from archive.evidence.vocabulary import SourceKind
from archive.pages import time_axis
from archive.pages.photo_page import links
from archive.pages.photo_page.appearances import place_of
from archive.pages.photo_page.context import Bound, When
from archive.pages.photo_page.hypotheses import question_list
from archive.pages.photo_page.lines import in_words
from archive.pages.photo_page.place import zone_words
from archive.pages.photo_page.statements import troubles
from archive.pages.photo_page.values import said
from archive.pages.wording import times
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import Moment, civil_at, civil_in_utc, utc_interval
from archive.values.settled import Basis, Facet, SettledPlace, SettledTime, Status
from archive.values.wording import describe

if TYPE_CHECKING:
    from archive.evidence.case import Case, Heard, Hypothesis, Shown
    from archive.pages.photo_page.lines import Teller

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class First(NamedTuple):
    """The appearance that bounds the date: "seen" or "posted", and when in words."""

    shown: Shown
    how: str
    words: str
    at: datetime


def when(
    settled: SettledTime,
    place: SettledPlace,
    teller: Teller,
    reading: dict[str, Any],
    received: datetime,
) -> When:
    question = teller.case.questions.get(Facet.TIME)
    answers = question_list(question, teller) if question else None
    first = first_seen(teller.case)
    arrived = f"It is not younger than its arrival here on {times.day(received.astimezone(UTC))}."
    nothing = ("No claim that stands says when it was taken, so there is no answer.",)
    return When(
        note=_note(settled),
        local=_local(settled),
        zone=_zone(settled, place),
        utc=_utc(settled),
        utc_basis=_basis(settled, reading),
        axis=_axis(teller, place, first.at if first else received),
        limit_label="first published" if first else "received here",
        received=first.words if first else times.day(received.astimezone(UTC)),
        bounds=_bounds(settled, teller, first),
        troubles=troubles(reading, "date"),
        answers=answers,
        reasons=(
            *(answers.reasons if answers and settled.moment else nothing),
            *_cut(settled, first),
            arrived,
        ),
        add=links.to_question(teller.photo, Facet.TIME, teller.allowed),
    )


def first_seen(case: Case) -> First | None:
    """Return the appearance after which the picture cannot have been taken, None where none is known."""
    shown = next((one for one in case.appearances if one.bounds_date), None)
    if shown is None or shown.bound is None:
        return None
    for how, text in (("posted", shown.posted_text), ("seen", shown.seen_text)):
        if text and _latest(text) == shown.bound:
            return First(shown, how, in_words(text), shown.bound)
    return First(shown, "seen", times.day(shown.bound.astimezone(UTC)), shown.bound)


def _latest(edtf: str) -> datetime | None:
    try:
        return utc_interval(parse_edtf(edtf).moment()).latest
    except EdtfError:
        return None


def _note(settled: SettledTime) -> str:
    if settled.status is Status.UNKNOWN:
        return "not known"
    several = f"{settled.parts} different dates · " if settled.parts > 1 else ""
    return f"{several}{STATUS_WORDS[settled.status]}"


def _local(settled: SettledTime) -> str:
    if settled.moment is None:
        return ""
    words = describe(settled.moment, settled.text)
    first, last = settled.moment.earliest, settled.moment.latest
    return f"{_DAYS[first.weekday()]}, {words}" if first.date() == last.date() else words


def _zone(settled: SettledTime, place: SettledPlace) -> str:
    if settled.moment is None:
        return ""
    if settled.moment.offset_minutes is not None:
        named = zone_words(place.zone)
        return times.offset(settled.moment.offset_minutes) + (f" · {named}" if named else "")
    return zone_words(settled.zone_assumed) or "not stated"


def _utc(settled: SettledTime) -> str:
    if settled.earliest_utc is None or settled.latest_utc is None or settled.moment is None:
        return ""
    first, last = datetime.fromisoformat(settled.earliest_utc), datetime.fromisoformat(settled.latest_utc)
    if first == last:
        return times.instant(first)
    if first.year <= 1 or last.year >= 9999:
        return "open on one side"
    return f"between {times.instant(first)} and {times.instant(last)}: {times.duration(last - first)}"


def _basis(settled: SettledTime, reading: dict[str, Any]) -> str:
    moment = settled.moment
    if moment is None:
        return ""
    if moment.offset_minutes is not None:
        if settled.basis is Basis.FILE and reading.get("offset_basis") == "gps":
            return "The clock's offset from UTC follows from the satellite time in the same file."
        return "The offset from UTC is stated together with the time."
    if settled.zone_assumed:
        return f"Assumes the clock was on local time at the place ({zone_words(settled.zone_assumed)})."
    return (
        "Neither an offset nor a civil zone is known, so every offset in use is allowed, from UTC−12 to "
        "UTC+14: 26 hours wider than the local time."
    )


def _axis(teller: Teller, place: SettledPlace, limit: datetime) -> time_axis.TimeAxis | None:
    spoken = []
    for row in teller.layout.rows.get(Facet.TIME, ()):
        moment = _moment(row.hypothesis, place.zone)
        if moment is not None:
            label = _label(row.hypothesis.claims[0])
            certain = row.hypothesis.wins and not any(claim.disputed for claim in row.hypothesis.claims)
            spoken.append(
                time_axis.Spoken(
                    f"{row.letter} · {label}" if row.letter else label,
                    moment,
                    said(row.hypothesis.value),
                    part=row.key if row.letter else "",
                    hatched=not certain,
                )
            )
    return time_axis.draw(spoken, civil_in_utc(limit))


def _moment(hypothesis: Hypothesis, zone: str | None) -> Moment | None:
    value = hypothesis.value
    if isinstance(value, CivilTime):
        return value.moment
    return civil_at(value.at, zone) if isinstance(value, Instant) else None


def _label(claim: Heard) -> str:
    if claim.source_kind == SourceKind.FILE:
        return "satellites" if isinstance(claim.value, Instant) else "camera's clock"
    return "a person says" if claim.source_kind == SourceKind.MEMBER else claim.speaker


def _bounds(settled: SettledTime, teller: Teller, first: First | None) -> tuple[Bound, ...]:
    """What bounds the date on either side and why; nothing where one exact clock says it all."""
    if first is None:
        return ()
    rows = teller.layout.rows.get(Facet.TIME, ())
    told = []
    moment = settled.moment
    if moment is not None and moment.earliest.year > 1:
        who = [row.letter for row in rows if row.hypothesis.wins and row.letter]
        basis = f"as {' and '.join(who)} has it" if len(who) == 1 else "the earliest that any answer allows"
        told.append(Bound("Not before", times.day(moment.earliest), basis))
    else:
        told.append(Bound("Not before", "not known", "nobody whose word stands says since when"))
    where = f" at “{place_of(first.shown)}”" if place_of(first.shown) else ""
    told.append(Bound("Not after", first.words, f"first {first.how}{where}, whatever anybody says"))
    return tuple(told)


def _cut(settled: SettledTime, first: First | None) -> tuple[str, ...]:
    if first is None:
        return ()
    cut = " What lies later is cut from the answer." if settled.cut else ""
    return (f"It is not younger than its first appearance, {first.how} {first.words}.{cut}",)
