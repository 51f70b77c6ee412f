"""A Selection as KML 2.2 (OGC 07-147r2): one Placemark for each photo, without geometry if it has no place.

KML dates are calendar dates here, local to the picture: KML knows no civil time without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from django.urls import reverse

from archive.atlas.records import PhotoRecord
from archive.values.edtf import OPEN_END, OPEN_START
from archive.values.place import Place

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Characters


def write(records: Iterator[PhotoRecord], absolute: Callable[[str], str]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Photos</name>\n'
    )
    for record in records:
        yield _placemark(record, absolute)
    yield "</Document></kml>\n"


def _placemark(record: PhotoRecord, absolute: Callable[[str], str]) -> str:
    url = absolute(reverse("photo", args=[record.id]))
    lines = [record.caption, f"Date: {record.date_words}" if record.date_words else "", record.credit, url]
    description = "\n".join(line for line in lines if line)
    return (
        f'<Placemark id="{record.id}"><name>{_text(record.title or record.id)}</name>'
        f"<description>{_text(description)}</description>{_time(record)}{_geometry(record.places)}</Placemark>\n"
    )


def _time(record: PhotoRecord) -> str:
    if record.earliest is None or record.latest is None:
        return ""
    begin = "" if record.earliest == OPEN_START else f"<begin>{record.earliest.date().isoformat()}</begin>"
    end = "" if record.latest == OPEN_END else f"<end>{record.latest.date().isoformat()}</end>"
    return f"<TimeSpan>{begin}{end}</TimeSpan>"


def _geometry(places: tuple[Place, ...]) -> str:
    points = [
        f"<Point><coordinates>{place.longitude!r},{place.latitude!r}</coordinates></Point>"
        for place in places
    ]
    return f"<MultiGeometry>{''.join(points)}</MultiGeometry>" if len(points) > 1 else "".join(points)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
