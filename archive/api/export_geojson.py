"""A Selection as GeoJSON (RFC 7946): one Feature for each photo, `geometry` null without a location.

A photo with several possible places is a MultiPoint whose points are alternatives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from archive.atlas.records import PhotoRecord
from archive.values.place import Place


def write(records: Iterator[PhotoRecord], absolute: Callable[[str], str]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    for number, record in enumerate(records):
        yield (",\n" if number else "") + json.dumps(_feature(record, absolute), ensure_ascii=False)
    yield "\n]}\n"


def _feature(record: PhotoRecord, absolute: Callable[[str], str]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": _geometry(record.places),
        "properties": {
            "url": absolute(reverse("photo", args=[record.id])),
            "collection": record.collection,
            "title": record.title,
            "caption": record.caption,
            "alt_text": record.alt_text,
            "creator": record.creator,
            "credit": record.credit,
            "rights_uri": record.rights_uri,
            "identifier": record.identifier,
            "language": record.language,
            "keywords": list(record.keywords),
            "people": list(record.people),
            "radius_m": [place.radius_m for place in record.places],
            "place_status": record.place_status,
            "place_facet": record.place_facet,
            "date": record.date_edtf,
            "date_words": record.date_words,
            "date_status": record.date_status,
            "earliest_local": record.earliest.isoformat() if record.earliest else None,
            "latest_local": record.latest.isoformat() if record.latest else None,
            "offset_minutes": record.offset_minutes,
        },
    }


def _geometry(places: tuple[Place, ...]) -> dict[str, Any] | None:
    points = [[place.longitude, place.latitude] for place in places]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
