"""The dates a file gives beside that of the capture, as intervals of UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archive.checks.results import Input
from archive.metadata.clock_text import parse_clock, parse_offset, parse_partial
from archive.values.moment import Interval, Moment, utc_interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.checks.facts import Facts
    from archive.metadata import Statement

_WHEN: Final = re.compile(r"\bwhen=([0-9T:+.Z-]+)")
_OFFSETS: Final = {"EXIF DateTimeDigitized": "EXIF OffsetTimeDigitized", "Image DateTime": "EXIF OffsetTime"}
_NO_DATES: Final = ("Offset", "SubSec", "CreationTime")
STAGES: Final = {"digitised": "digitised", "modified": "modified", "metadata_modified": "modified"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A stage in the life of a picture, when it was by UTC at the earliest and latest, and who says so."""

    stage: str
    when: Interval
    said: Input


def stages(facts: Facts) -> Iterator[Dated]:
    """Yield what the file says of digitising, modifying and its history; unreadable dates are passed over.

    A date without an offset is 26 hours wide.
    """
    statements = facts.reading.statements
    offsets = {s.tag: s.raw for s in statements if s.tag in _OFFSETS.values()}
    for statement in statements:
        stage = STAGES.get(statement.fact)
        if stage is not None and not any(part in statement.tag for part in _NO_DATES):
            yield from _dated(stage, statement.raw, offsets.get(_OFFSETS.get(statement.tag, "")), statement)
        elif statement.fact == "history" and (match := _WHEN.search(statement.raw)) is not None:
            yield from _dated("history", match[1], None, statement)


def interval_of(text: str, offset: str | None = None) -> Interval | None:
    """Return the UTC interval of a date as EXIF or XMP spell it; None for what is none, or unset."""
    parsed = parse_clock(text)
    if parsed is not None:
        clock, _subsec, own = parsed
        minutes = parse_offset(own or offset or "")
        return utc_interval(Moment.at(clock, minutes)) if clock.year > 1970 else None
    partial = parse_partial(text)
    return None if partial is None or partial.earliest.year <= 1970 else utc_interval(partial)


def _dated(stage: str, text: str, offset: str | None, statement: Statement) -> Iterator[Dated]:
    when = interval_of(text, offset)
    if when is not None:
        yield Dated(stage, when, Input(stage, statement.tag, statement.raw))
