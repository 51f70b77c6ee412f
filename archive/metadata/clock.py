"""When: the wall clock of DateTimeOriginal and its offset. Unset clocks are problems, not dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archive.metadata.clock_text import FIRST_YEAR, LAST_YEAR, UNSET, parse_clock, parse_offset, parse_partial
from archive.metadata.gps_time import gps_time, implied_offset
from archive.values.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.metadata.notes import Notes
    from archive.metadata.witnesses import Witnesses

_IPTC_DATE = re.compile(r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)\Z")
_IPTC_TIME = re.compile(r"(\d\d):?(\d\d):?(\d\d)([+-]\d\d:?\d\d)?\Z")


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
    instant = gps_time(witnesses, written.moment if written else None)
    if written is None:
        return Clock(gps_time=instant)
    moment, basis = written.moment, None
    minutes = _offset_minutes(written, witnesses.notes)
    if minutes is not None:
        basis = "stated"
    elif instant is not None:
        minutes = implied_offset(moment, instant)
        basis = None if minutes is None else "gps"
    return Clock(
        taken=Moment(moment.earliest, moment.latest, minutes),
        subsec=written.subsec,
        offset_text=written.offset if basis == "stated" else None,
        offset_basis=basis,
        gps_time=instant,
    )


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
    partial = parse_partial(text)
    if partial is not None:
        return (partial, None, None) if _is_set(partial.earliest, text, tag, notes) else None
    if UNSET.match(text):
        notes.doubt("date_unset", tag, f"{text!r} is an unset clock, not a date.", "taken")
    else:
        notes.doubt("date_unreadable", tag, f"{text!r} is no date and time.", "taken")
    return None


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
    if written.offset is None or not written.offset.strip(" :"):  # blanks are how cameras write none
        return None
    minutes = parse_offset(written.offset)
    if minutes is None:
        notes.doubt(
            "offset_unreadable",
            written.tag,
            f"{written.offset!r} is no offset from UTC in use.",
            "taken_offset",
        )
    return minutes


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
