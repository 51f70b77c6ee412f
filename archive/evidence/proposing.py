"""What a file says about place, direction and time, recorded as claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from archive.catalogue.photos import locked
from archive.evidence.making import make
from archive.evidence.models import Claim, Source
from archive.evidence.settling import resettle, settle_from
from archive.evidence.values import CivilTime, Instant, Value, to_json
from archive.evidence.vocabulary import Method, SourceKind
from archive.values.settled import Facet

if TYPE_CHECKING:
    from datetime import datetime

    from archive.catalogue.models import File, Photo
    from archive.custody.models import CustodyEvent
    from archive.metadata import Reading
    from archive.values.moment import Moment

LONGEST_RAW = 5000

_ASKED = (Facet.CAMERA_PLACE, Facet.DIRECTION, Facet.TIME)
# The facts of a Reading that a claim rests on, so that its tag and raw text can be shown beside it.
_FACTS = {
    Facet.CAMERA_PLACE: ("latitude", "longitude", "accuracy_m"),
    Facet.DIRECTION: ("direction_deg", "direction_ref"),
    Facet.TIME: ("taken_local", "taken_offset"),
}
_INSTANT_FACTS = ("gps_time_utc",)


@transaction.atomic
def propose(
    *,
    photo: Photo,
    file: File,
    reading: Reading,
    by: int | None = None,
    received: CustodyEvent | None = None,
) -> list[Claim]:
    """Record what the primary file says, and settle.

    Said again after a new reading, only what differs becomes a claim that supersedes the file's earlier one.
    `received` is the first link of a photo made in this very transaction: nothing was said of it before, and
    nobody else can know of it.
    """
    if received is not None:
        source = Source.objects.create(kind=SourceKind.FILE, file=file, name=file.name[:200])
        made = _say(photo, source, reading, by, before={}, last=received)
        settle_from(photo, made)
        return made
    photo = locked(photo)
    source, _ = Source.objects.get_or_create(
        kind=SourceKind.FILE, file=file, defaults={"name": file.name[:200]}
    )
    latest = {claim.facet: claim for claim in source.claims.order_by("pk")}
    made = _say(photo, source, reading, by, before=latest, last=None)
    resettle(photo)
    return made


def _say(
    photo: Photo,
    source: Source,
    reading: Reading,
    by: int | None,
    *,
    before: dict[str, Claim],
    last: CustodyEvent | None,
) -> list[Claim]:
    made = []
    for facet in _ASKED:
        value = _value_in(reading, facet)
        earlier = before.get(facet.value)
        if (earlier.value if earlier else None) == to_json(value):
            continue
        facts = _INSTANT_FACTS if isinstance(value, Instant) else _FACTS[facet]
        said = [s for s in reading.statements if s.fact in facts]
        claim, last = make(
            target=photo,
            facet=facet,
            value=value,
            method=_method(" ".join(s.tag for s in said)) if value is not None else Method.WITHDRAWN,
            source=source,
            tag=", ".join(dict.fromkeys(s.tag for s in said))[:200],
            raw=", ".join(s.raw for s in said)[:LONGEST_RAW],
            supersedes=earlier,
            by=by,
            after=last,
        )
        made.append(claim)
    return made


def _value_in(reading: Reading, facet: Facet) -> Value | None:
    if facet is Facet.CAMERA_PLACE:
        return reading.place
    if facet is Facet.DIRECTION:
        return reading.direction
    if reading.taken is not None:
        return CivilTime(reading.taken, _edtf(reading.taken.earliest, reading.taken))
    return Instant(reading.gps_time_utc) if reading.gps_time_utc else None


def _edtf(clock: datetime, moment: Moment) -> str:
    if moment.earliest != moment.latest:
        return f"{moment.earliest.isoformat()}/{moment.latest.isoformat()}"
    minutes = moment.offset_minutes
    if minutes is None:
        return clock.isoformat()
    sign = "-" if minutes < 0 else "+"
    return f"{clock.isoformat()}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _method(tags: str) -> Method:
    return Method.XMP if re.search(r"\bxmp|:", tags, re.IGNORECASE) else Method.EXIF
