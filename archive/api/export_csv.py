"""A Selection as CSV (RFC 4180, UTF-8): one line for each photo.

Text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets themselves write
it. Photos with several possible places show the first; `places` says how many there are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from django.urls import reverse

from archive.atlas.records import PhotoRecord

COLUMNS = (
    "id",
    "url",
    "collection",
    "title",
    "caption",
    "alt_text",
    "creator",
    "credit",
    "rights_uri",
    "identifier",
    "language",
    "keywords",
    "people",
    "provenance_notes",
    "latitude",
    "longitude",
    "radius_m",
    "places",
    "place_status",
    "place_facet",
    "date",
    "date_words",
    "date_status",
    "earliest_local",
    "latest_local",
    "offset_minutes",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Line:
    """A file of one line: the csv module writes, we hand on."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text = text


def write(records: Iterator[PhotoRecord], absolute: Callable[[str], str]) -> Iterator[str]:
    line = Line()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    yield line.text
    for record in records:
        writer.writerow(_cells(record, absolute))
        yield line.text


def safe(text: str) -> str:
    """Return the text so that no spreadsheet computes it."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _cells(record: PhotoRecord, absolute: Callable[[str], str]) -> list[str]:
    place = record.places[0] if record.places else None
    return [
        record.id,
        absolute(reverse("photo", args=[record.id])),
        *(
            safe(text)
            for text in (
                record.collection,
                record.title,
                record.caption,
                record.alt_text,
                record.creator,
                record.credit,
                record.rights_uri,
                record.identifier,
                record.language,
                "; ".join(record.keywords),
                "; ".join(record.people),
                record.provenance_notes,
            )
        ),
        "" if place is None else repr(place.latitude),
        "" if place is None else repr(place.longitude),
        "" if place is None or place.radius_m is None else repr(place.radius_m),
        str(len(record.places)),
        record.place_status,
        record.place_facet,
        safe(record.date_edtf),
        record.date_words,
        record.date_status,
        record.earliest.isoformat() if record.earliest else "",
        record.latest.isoformat() if record.latest else "",
        "" if record.offset_minutes is None else str(record.offset_minutes),
    ]
