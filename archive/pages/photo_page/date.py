"""The card that says when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from archive.evidence.values import CivilTime, Instant
from archive.pages import time_axis
from archive.pages.photo_page.context import When
from archive.pages.photo_page.place import zone_words
from archive.pages.photo_page.statements import troubles
from archive.pages.photo_page.voices import Hearing, Spoken, said
from archive.pages.wording import times
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.moment import Moment, civil_at, civil_in_utc
from archive.values.settled import Basis, Facet, SettledPlace, SettledTime, Status
from archive.values.wording import describe

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def when(
    settled: SettledTime,
    place: SettledPlace,
    hearing: Hearing,
    reading: dict[str, Any],
    received: datetime,
) -> When:
    return When(
        note=_note(settled),
        local=_local(settled),
        zone=_zone(settled, place),
        utc=_utc(settled),
        utc_basis=_basis(settled, reading),
        axis=_axis(hearing, place, received),
        received=times.day(received.astimezone(UTC)),
        troubles=troubles(reading, "date"),
        claims=hearing.lines(Facet.TIME),
        reasons=_reasons(settled, hearing, received),
    )


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


def _axis(hearing: Hearing, place: SettledPlace, received: datetime) -> time_axis.TimeAxis | None:
    spoken = []
    for one in hearing.on(Facet.TIME):
        moment = _moment(one, place.zone) if one.stands else None
        if moment is not None:
            spoken.append(time_axis.Spoken(_label(one), moment, said(one.value)))
    return time_axis.draw(spoken, civil_in_utc(received))


def _moment(one: Spoken, zone: str | None) -> Moment | None:
    if isinstance(one.value, CivilTime):
        return one.value.moment
    return civil_at(one.value.at, zone) if isinstance(one.value, Instant) else None


def _label(one: Spoken) -> str:
    if one.basis is Basis.PERSON:
        return "a person says"
    return "satellites" if isinstance(one.value, Instant) else "camera's clock"


def _reasons(settled: SettledTime, hearing: Hearing, received: datetime) -> tuple[str, ...]:
    arrived = f"It is not younger than its arrival here on {times.day(received.astimezone(UTC))}."
    if settled.moment is None:
        return ("No claim that stands says when it was taken, so there is no answer.", arrived)
    everyone = hearing.on(Facet.TIME)
    file_speaks = any(one.stands and one.basis is Basis.FILE for one in everyone)
    if settled.basis is Basis.PERSON:
        first = "A person says when." + (" That stands before what the file says." if file_speaks else "")
    else:
        first = "The file says when, and no person has said otherwise."
    reasons = [first]
    if settled.parts > 1:
        reasons.append("Different dates stand at the same level; the interval holds them all.")
    if any(one.replaced for one in everyone):
        reasons.append("Claims that were replaced or taken back no longer count; they stay in the list.")
    if settled.status is Status.UNREVIEWED:
        reasons.append("No reviewer has judged it, so it is shown as not reviewed: clocks are often wrong.")
    return (*reasons, arrived)
