"""The verbs that make claims. Nothing is overwritten: a correction is a new claim that supersedes."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from archive.catalogue.photos import locked
from archive.custody.chain import Kind, actor_of, record, sealed
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import Claim, Source
from archive.evidence.settling import resettle
from archive.evidence.values import FAR_AHEAD, FOREVER_AGO, CivilTime, Instant, Value, from_json, to_json
from archive.evidence.vocabulary import Method, SourceKind
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import Moment
from archive.values.settled import Facet

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from archive.catalogue.models import File, Photo
    from archive.metadata import Reading
    from archive.values.place import Place

PLACE_FACETS = frozenset({Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE, Facet.OPERATOR_PLACE})
LONGEST_WORDS = 5000

# The facts of a Reading that a claim rests on, so that its tag and raw text can be shown beside it.
_FACTS = {
    Facet.CAMERA_PLACE: ("latitude", "longitude", "accuracy_m"),
    Facet.DIRECTION: ("direction_deg", "direction_ref"),
    Facet.TIME: ("taken_local", "taken_offset"),
}
_INSTANT_FACTS = ("gps_time_utc",)


@transaction.atomic
def propose(*, photo: Photo, file: File, reading: Reading, by: int | None = None) -> list[Claim]:
    """Record what the primary file says about place, direction and time, and settle.

    Said again after a new reading, only what differs becomes a claim that supersedes the file's earlier one.
    """
    photo = locked(photo)
    source, _ = Source.objects.get_or_create(kind=SourceKind.FILE, file=file, defaults={"name": file.name})
    made = []
    for facet in (Facet.CAMERA_PLACE, Facet.DIRECTION, Facet.TIME):
        value = _value_in(reading, facet)
        before = source.claims.filter(facet=facet).order_by("-pk").first()
        if (before.value if before else None) == to_json(value):
            continue
        facts = _INSTANT_FACTS if isinstance(value, Instant) else _FACTS[facet]
        said = [s for s in reading.statements if s.fact in facts]
        made.append(
            _make(
                photo=photo,
                facet=facet,
                value=value,
                method=_method(" ".join(s.tag for s in said)) if value is not None else Method.WITHDRAWN,
                source=source,
                tag=", ".join(dict.fromkeys(s.tag for s in said))[:200],
                raw=", ".join(s.raw for s in said)[:LONGEST_WORDS],
                supersedes=before,
                by=by,
            )
        )
    resettle(photo)
    return made


@transaction.atomic
def claim_place(
    *,
    photo: Photo,
    by: User,
    place: Place,
    facet: Facet = Facet.CAMERA_PLACE,
    words: str = "",
    seen: int | None = None,
) -> Claim:
    """Record where a person says the camera, the subject or the photographer was, and settle.

    `seen` is the newest claim on the question that the person saw, 0 for none; when another has come since,
    `StaleClaimError` is raised and nothing is written. None does not ask.
    """
    if facet not in PLACE_FACETS:
        raise EvidenceError(
            "Say which place it is: where the camera was, what the picture shows, or who stood where."
        )
    return _state(photo=photo, by=by, facet=facet, value=place, words=words, seen=seen)


@transaction.atomic
def claim_time(*, photo: Photo, by: User, text: str, words: str = "", seen: int | None = None) -> Claim:
    """Record when a person says the picture was taken, as EDTF or a plain date, and settle."""
    return _state(photo=photo, by=by, facet=Facet.TIME, value=civil_time(text), words=words, seen=seen)


@transaction.atomic
def withdraw(*, photo: Photo, facet: Facet, by: User, seen: int | None = None) -> Claim | None:
    """Take back what people said on a question, so that the file's word stands; None when nobody had said."""
    photo = locked(photo)
    _refuse_stale(photo, facet, seen)
    standing = _standing_of_people(photo, facet)
    if standing is None:
        return None
    claim = _make(
        photo=photo,
        facet=facet,
        value=None,
        method=Method.WITHDRAWN,
        source=_source_of(by),
        supersedes=standing,
        by=by.pk,
    )
    resettle(photo)
    return claim


@transaction.atomic
def undo_claim(*, claim: Claim, by: User) -> Claim:
    """Restore what stood before a person's claim or withdrawal, as one more claim.

    Raises `StaleClaimError` when the question was answered again since, `EvidenceError` for a file's claim.
    """
    photo = locked(claim.photo)
    if claim.source.kind != SourceKind.MEMBER:
        raise EvidenceError("What a file says cannot be undone; say what you know over it.")
    if claim.superseded_by.exists():
        raise StaleClaimError("This was changed again since; undo the newer change first.")
    before = claim.supersedes if claim.supersedes and claim.supersedes.value is not None else None
    restored = _make(
        photo=photo,
        facet=Facet(claim.facet),
        value=from_json(before.value) if before else None,
        method=Method.STATED if before else Method.WITHDRAWN,
        source=_source_of(by),
        words=before.words if before else "",
        supersedes=claim,
        by=by.pk,
    )
    resettle(photo)
    return restored


def newest_claim(photo: Photo, facet: Facet) -> int:
    """Return the number of the latest claim on a question, 0 when nobody spoke."""
    return (
        Claim.objects.filter(photo=photo, facet=facet.value)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    ) or 0


def civil_time(text: str) -> CivilTime:
    """Read a date as a person writes it. Raises `EvidenceError` that says how to write it."""
    try:
        span = parse_edtf(text)
    except EdtfError as unread:
        raise EvidenceError(str(unread)) from unread
    moment = Moment(span.earliest or FOREVER_AGO, span.latest or FAR_AHEAD, span.offset_minutes)
    return CivilTime(moment, span.text)


def history(photo: Photo) -> list[Claim]:
    """Return every claim on the photo, newest first, with who made it."""
    claims = Claim.objects.filter(photo=photo).select_related("source__user", "supersedes")
    return list(claims.order_by("-pk"))


def _state(*, photo: Photo, by: User, facet: Facet, value: Value, words: str, seen: int | None) -> Claim:
    if len(words) > LONGEST_WORDS:
        raise EvidenceError(f"What makes you say so: shorten it to {LONGEST_WORDS} characters or fewer.")
    photo = locked(photo)
    _refuse_stale(photo, facet, seen)
    claim = _make(
        photo=photo,
        facet=facet,
        value=value,
        method=Method.STATED,
        source=_source_of(by),
        words=words.strip(),
        supersedes=_standing_of_people(photo, facet),
        by=by.pk,
    )
    resettle(photo)
    return claim


def _make(
    *,
    photo: Photo,
    facet: Facet,
    value: Value | None,
    method: Method,
    source: Source,
    supersedes: Claim | None,
    by: int | None,
    words: str = "",
    tag: str = "",
    raw: str = "",
) -> Claim:
    claim = Claim.objects.create(
        photo=photo,
        facet=facet.value,
        value=to_json(value),
        method=method,
        source=source,
        words=words,
        tag=tag,
        raw=raw.replace("\x00", ""),
        supersedes=supersedes,
        salt=secrets.token_hex(16),
    )
    record(
        chain=photo.public_id,
        kind=Kind.CLAIM_MADE,
        actor=actor_of(by),
        detail={
            "claim": claim.pk,
            "facet": facet.value,
            "method": method.value,
            "supersedes": supersedes.pk if supersedes else None,
            "value": sealed([claim.value, words], claim.salt),
        },
    )
    return claim


def _refuse_stale(photo: Photo, facet: Facet, seen: int | None) -> None:
    if seen is not None and newest_claim(photo, facet) != seen:
        raise StaleClaimError("Somebody else changed this since you opened the page.")


def _standing_of_people(photo: Photo, facet: Facet) -> Claim | None:
    return (
        Claim.objects.filter(photo=photo, facet=facet.value, source__kind=SourceKind.MEMBER)
        .filter(superseded_by=None)
        .exclude(value=None)
        .order_by("-pk")
        .first()
    )


def _source_of(user: User) -> Source:
    return Source.objects.get_or_create(
        kind=SourceKind.MEMBER, user=user, defaults={"name": user.get_username()}
    )[0]


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
