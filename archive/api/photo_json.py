"""One photo as JSON: its texts, what is settled, and its files as far as the viewer may know them.

Strangers get no file names, serial numbers, owners or raw statements: a source may be found by them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from archive.catalogue.fields import FIELDS
from archive.catalogue.files import copy_version, numbered
from archive.catalogue.index import settled
from archive.catalogue.models import File, Photo, Role
from archive.values.settled import SettledPlace, SettledTime
from archive.values.wording import describe

COPIES = (256, 1600)
_OPEN_FACTS = (
    "orientation",
    "make",
    "model",
    "lens",
    "focal_length_mm",
    "focal_length_35mm",
    "exposure_s",
    "aperture",
    "iso",
    "flash_fired",
    "altitude_m",
    "gps_time_utc",
    "taken_subsec",
    "taken_offset",
)
_INSIDE_FACTS = ("serial", "software", "problems", "statements")

Absolute = Callable[[str], str]


def photo_json(photo: Photo, *, inside: bool, absolute: Absolute) -> dict[str, Any]:
    """`photo` comes with its collection and files; `absolute` makes an address whole."""
    texts = {name: getattr(photo, name) for name in FIELDS}
    texts["rights_uri"] = photo.rights_uri or photo.collection.rights_uri
    place, time = settled(photo, inside=inside)
    return {
        "id": photo.public_id,
        "url": absolute(reverse("photo", args=[photo.public_id])),
        "collection": {"slug": photo.collection.slug, "title": photo.collection.title},
        **texts,
        "added_at": photo.added_at.isoformat(),
        "place": _place(place),
        "time": _time(time),
        "files": [
            _file(photo, file, number, inside=inside, absolute=absolute)
            for number, file in enumerate(numbered(photo), 1)
            if inside or file.role != Role.SIDECAR
        ],
    }


def _place(place: SettledPlace) -> dict[str, Any]:
    stored = place.to_json()
    stored["parts"] = [
        {key: part[key] for key in ("latitude", "longitude", "radius_m", "basis")} for part in stored["parts"]
    ]
    return stored


def _time(time: SettledTime) -> dict[str, Any]:
    stored = time.to_json()
    del stored["claim"]
    stored["words"] = describe(time.moment, time.text) if time.moment else None
    return stored


def _file(photo: Photo, file: File, number: int, *, inside: bool, absolute: Absolute) -> dict[str, Any]:
    which = f"&file={number}" if number > 1 else ""
    told: dict[str, Any] = {
        "number": number,
        "role": file.role,
        "format": file.format,
        "bytes": file.byte_count,
        "sha256": file.sha256,
        "width": file.width,
        "height": file.height,
        "received_at": file.received_at.isoformat(),
        "copies": {
            str(size): absolute(
                f"{reverse('file-size', args=[photo.public_id, size])}?v={copy_version(file)}{which}"
            )
            for size in COPIES
            if file.role != Role.SIDECAR
        },
        "facts": _facts(file.reading, inside=inside),
    }
    if inside:
        address = reverse("file-original", args=[photo.public_id])
        told |= {"name": file.name, "original": absolute(f"{address}?file={number}" if which else address)}
    return told


def _facts(reading: dict[str, Any], *, inside: bool) -> dict[str, Any]:
    if inside:
        return {name: reading.get(name) for name in (*_OPEN_FACTS, *_INSIDE_FACTS)}
    serial = str(reading.get("serial") or "")
    facts = {name: reading.get(name) for name in _OPEN_FACTS}
    return {
        name: None if serial and isinstance(value, str) and serial in value else value
        for name, value in facts.items()
    }
