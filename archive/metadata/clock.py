"""When: the wall clock of DateTimeOriginal, its offset, and GPS time. Unset clocks are problems, not dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.metadata.numbers import exact
from archive.values.moment import EASTMOST_MINUTES, SECOND, WESTMOST_MINUTES, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.metadata.notes import Notes
    from archive.metadata.witnesses import Witnesses

FIRST_YEAR, LAST_YEAR = 1800, 2100  # before photography, or a clock that runs wild
GPS_BEGAN = datetime(1980, 1, 6, tzinfo=UTC)
WEEKS_BEFORE_ROLLOVER = 1024  # GPS interface specification IS-GPS-200: a ten-bit week number
QUARTER_MINUTES = 15
CLOCK_TOLERANCE_S = 60.0  # a camera clock within a minute of GPS tells its offset surely
_CLOCK = re.compile(
    r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?\s*\Z"
)
_PARTIAL = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\s*\Z")
_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d\d):?(\d\d))\s*\Z")
_DATE = re.compile(r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)")
_IPTC_DATE = re.compile(r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)\Z")
_IPTC_TIME = re.compile(r"(\d\d):?(\d\d):?(\d\d)([+-]\d\d:?\d\d)?\Z")
_UNSET = re.compile(r"[\s0:./TZ+-]*\Z")


@dataclass(frozen=True, slots=True)
class Clock:
    """`offset_text` and `subsec` as written; `offset_basis` says who gave the moment its offset."""

    taken: Moment | None = None
    subsec: str | None = None
    offset_text: str | None = None
    offset_basis: str | None = None
    gps_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    tag: str
    moment: Moment
    subsec: str | None = None
    offset: str | None = None


def clock(witnesses: Witnesses) -> Clock:
    """Read DateTimeOriginal of EXIF, else of XMP, else IPTC's date of creation, and GPS time."""
    _note_others(witnesses)
    written = next(iter(list(_originals(witnesses))), None)
    gps_time = _gps_time(witnesses, written.moment if written else None)
    if written is None:
        return Clock(gps_time=gps_time)
    moment, basis = written.moment, None
    minutes = _offset_minutes(written, witnesses.notes)
    if minutes is not None:
        basis = "stated"
    elif gps_time is not None:
        minutes = implied_offset(moment, gps_time)
        basis = None if minutes is None else "gps"
    return Clock(
        taken=Moment(moment.earliest, moment.latest, minutes),
        subsec=written.subsec,
        offset_text=written.offset if basis == "stated" else None,
        offset_basis=basis,
        gps_time=gps_time,
    )


def implied_offset(moment: Moment, gps_time: datetime) -> int | None:
    """Return minutes east of UTC when clock and GPS differ by a whole quarter hour, give or take a minute.

    No difference at all, to the second, implies nothing: software that writes GPS tags afterwards copies the
    clock there. A fix of long before, or a clock that is off, leaves a remainder and implies nothing either.
    """
    if moment.earliest != moment.latest:
        return None
    seconds = (moment.earliest.replace(tzinfo=UTC) - gps_time.replace(microsecond=0)).total_seconds()
    if seconds == 0:
        return None
    minutes = round(seconds / 60 / QUARTER_MINUTES) * QUARTER_MINUTES
    if abs(seconds - 60 * minutes) > CLOCK_TOLERANCE_S or not WESTMOST_MINUTES <= minutes <= EASTMOST_MINUTES:
        return None
    return minutes


def parse_clock(text: str) -> tuple[datetime, str | None, str | None] | None:
    """Read "2020:06:01 11:04:05.123+08:00" or its ISO spelling: clock, sub-seconds, offset. None if it is none."""
    match = _CLOCK.match(text)
    if match is None:
        return None
    try:
        return datetime(*(int(match[n] or 0) for n in range(1, 7))), match[7], match[8]  # noqa: DTZ001 - civil
    except ValueError:
        return None


def _originals(witnesses: Witnesses) -> Iterator[_Written]:
    exif, notes = witnesses.exif, witnesses.notes
    for tag in ("EXIF DateTimeOriginal", "Image DateTimeOriginal"):
        if tag in exif:
            notes.say("taken_local", tag, exif.raw(tag))
            moment = _moment(exif.text(tag) or "", tag, notes)
            if moment is not None:
                yield _Written(
                    tag, moment[0], _subsec(witnesses) or moment[1], _exif_offset(witnesses) or moment[2]
                )
    for packet in witnesses.xmp:
        text = packet.first("exif:DateTimeOriginal")
        if text is not None:
            tag = packet.tag("exif:DateTimeOriginal")
            notes.say("taken_local", tag, text)
            moment = _moment(text, tag, notes)
            if moment is not None:
                yield _Written(tag, *moment)
    dated = witnesses.iptc.get("DateCreated", [""])[0]
    if dated:
        timed = witnesses.iptc.get("TimeCreated", [""])[0]
        notes.say("taken_local", "IPTC DateCreated", f"{dated} {timed}".strip())
        found = _iptc_moment(dated.strip("\x00 "), timed.strip("\x00 "), notes)
        if found is not None:
            yield found


def _moment(text: str, tag: str, notes: Notes) -> tuple[Moment, str | None, str | None] | None:
    parsed = parse_clock(text)
    if parsed is not None:
        clock_time, subsec, offset = parsed
        return (Moment.at(clock_time), subsec, offset) if _is_set(clock_time, text, tag, notes) else None
    partial = _partial(text)
    if partial is not None:
        return (partial, None, None) if _is_set(partial.earliest, text, tag, notes) else None
    if _UNSET.match(text):
        notes.doubt("date_unset", tag, f"{text!r} is an unset clock, not a date.", "taken")
    else:
        notes.doubt("date_unreadable", tag, f"{text!r} is no date and time.", "taken")
    return None


def _partial(text: str) -> Moment | None:
    """Read an XMP date without a time (ISO 16684-1, 8.2.1.1): the moment is as wide as what it leaves open."""
    match = _PARTIAL.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime(year or 0, month or 1, day or 1)  # noqa: DTZ001 - civil
    except ValueError:
        return None
    if day:
        after = first + timedelta(days=1)
    elif month:
        after = (first + timedelta(days=31)).replace(day=1)
    else:
        after = (first + timedelta(days=366)).replace(month=1, day=1)
    return Moment(first, after - SECOND)


def _is_set(when: datetime, text: str, tag: str, notes: Notes) -> bool:
    """Tell dates from the ones cameras begin counting at (they count on from 1980; 1970 is no camera's)."""
    if when == datetime(1970, 1, 1) or when.date() == datetime(1980, 1, 1).date():  # noqa: DTZ001 - civil
        notes.doubt("date_unset", tag, f"{text!r} is where unset clocks begin, not a date.", "taken")
        return False
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        notes.doubt("date_out_of_range", tag, f"No photograph is of the year {when.year}.", "taken")
        return False
    return True


def _iptc_moment(dated: str, timed: str, notes: Notes) -> _Written | None:
    tag = "IPTC DateCreated"
    date, time = _IPTC_DATE.match(dated), _IPTC_TIME.match(timed)
    if date is None:
        notes.doubt("date_unreadable", tag, f"{dated!r} is no date.", "taken")
        return None
    day = "-".join(date.groups())
    moment = _moment(f"{day}T{time[1]}:{time[2]}:{time[3]}{time[4] or ''}" if time else day, tag, notes)
    return None if moment is None else _Written(tag, *moment)


def _subsec(witnesses: Witnesses) -> str | None:
    tag = "EXIF SubSecTimeOriginal"
    text = witnesses.exif.text(tag)
    if text is None:
        return None
    witnesses.notes.say("taken_subsec", tag, witnesses.exif.raw(tag))
    if text.isascii() and text.isdigit():
        return text
    witnesses.notes.doubt("subsec_unreadable", tag, f"{text!r} is no fraction of a second.", "taken_subsec")
    return None


def _exif_offset(witnesses: Witnesses) -> str | None:
    tag = "EXIF OffsetTimeOriginal"
    text = witnesses.exif.text(tag)
    if text is not None:
        witnesses.notes.say("taken_offset", tag, witnesses.exif.raw(tag))
    return text


def _offset_minutes(written: _Written, notes: Notes) -> int | None:
    if written.offset is None:
        return None
    match = _OFFSET.match(written.offset)
    if match is not None:
        minutes = 0 if match[1] else int(match[2] + "1") * (60 * int(match[3]) + int(match[4]))
        if WESTMOST_MINUTES <= minutes <= EASTMOST_MINUTES and (match[1] or int(match[4]) < 60):
            return minutes
    if not _UNSET.match(written.offset.replace(":", "")) or match:
        notes.doubt(
            "offset_unreadable",
            written.tag,
            f"{written.offset!r} is no offset from UTC in use.",
            "taken_offset",
        )
    return None


def _gps_time(witnesses: Witnesses, moment: Moment | None) -> datetime | None:
    found = _exif_gps_time(witnesses)
    for packet in witnesses.xmp:
        text = packet.first("exif:GPSTimeStamp")
        if text is not None:
            tag = packet.tag("exif:GPSTimeStamp")
            witnesses.notes.say("gps_time_utc", tag, text)
            parsed = parse_clock(text)
            if parsed is not None and found is None:
                found = _checked(parsed[0].replace(tzinfo=UTC), text, tag, witnesses.notes)
    if found is not None and moment is not None:
        _look_for_rollover(found, moment, witnesses.notes)
    return found


def _exif_gps_time(witnesses: Witnesses) -> datetime | None:
    exif, notes = witnesses.exif, witnesses.notes
    date_tag, time_tag = "GPS GPSDate", "GPS GPSTimeStamp"
    for tag in (date_tag, time_tag):
        if tag in exif:
            notes.say("gps_time_utc", tag, exif.raw(tag))
    if date_tag not in exif or time_tag not in exif:
        return None
    text, values = exif.text(date_tag) or "", exif.values(time_tag)
    match = _DATE.match(text)
    parts = [exact(value) for value in values]
    if match is None or len(parts) != 3 or None in parts:
        unset = bool(_UNSET.match(text)) and match is None
        notes.doubt(
            "gps_time_unset" if unset else "gps_time_unreadable",
            date_tag,
            f"{text!r} with {exif.raw(time_tag)} is no GPS date and time.",
            "gps_time_utc",
        )
        return None
    seconds = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=True) if part is not None)
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except ValueError:
        day = None
    if day is None or not 0 <= seconds < 86_401:
        unset = bool(_UNSET.match(match[0]))
        notes.doubt(
            "gps_time_unset" if unset else "gps_time_unreadable",
            date_tag,
            f"{text!r} with {exif.raw(time_tag)} is no GPS date and time.",
            "gps_time_utc",
        )
        return None
    return _checked(day + timedelta(seconds=float(seconds)), text, date_tag, notes)


def _checked(when: datetime, text: str, tag: str, notes: Notes) -> datetime | None:
    if when < GPS_BEGAN or when.year > LAST_YEAR:
        notes.doubt(
            "gps_time_unset",
            tag,
            f"{text!r}: there was no GPS then; the receiver had no time.",
            "gps_time_utc",
        )
        return None
    return when


def _look_for_rollover(gps_time: datetime, moment: Moment, notes: Notes) -> None:
    days = (moment.earliest.replace(tzinfo=UTC) - gps_time).total_seconds() / 86400
    period = 7 * WEEKS_BEFORE_ROLLOVER
    turns = round(days / period)
    if turns >= 1 and abs(days - turns * period) <= 1:
        notes.doubt(
            "gps_week_rollover",
            "GPS GPSDate",
            f"GPS time is {turns * period} days before the clock: the receiver's week counter has rolled over.",
        )


def _note_others(witnesses: Witnesses) -> None:
    """Dates that are not the capture's, kept for the chain of dates."""
    exif, notes = witnesses.exif, witnesses.notes
    for fact, tags in (
        ("digitised", ("EXIF DateTimeDigitized", "EXIF OffsetTimeDigitized", "EXIF SubSecTimeDigitized")),
        ("modified", ("Image DateTime", "EXIF OffsetTime", "EXIF SubSecTime")),
    ):
        for tag in tags:
            if exif.text(tag) is not None:
                notes.say(fact, tag, exif.raw(tag))
    for packet in witnesses.xmp:
        for fact, path in (
            ("created", "photoshop:DateCreated"),
            ("created", "xmp:CreateDate"),
            ("digitised", "exif:DateTimeDigitized"),
            ("modified", "xmp:ModifyDate"),
            ("metadata_modified", "xmp:MetadataDate"),
        ):
            text = packet.first(path)
            if text is not None:
                notes.say(fact, packet.tag(path), text)
    for name in ("DigitalCreationDate", "DigitalCreationTime"):
        for text in witnesses.iptc.get(name, [])[:1]:
            notes.say("digitised", f"IPTC {name}", text)
