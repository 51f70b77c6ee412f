"""Collects the facts of one photo in a fixed number of queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from archive import vault
from archive.catalogue.models import File, Photo, Role
from archive.checks import devices, shadow_measurement
from archive.checks.copies import copies_of
from archive.checks.facts import (
    Facts,
    FirstSeen,
    Frame,
    MeasuredShadow,
    StatedDistance,
    StatedPoint,
    camera_place,
    taken_utc,
)
from archive.evidence.models import Appearance, Claim, Evidence, SeriesPhoto
from archive.evidence.values import from_json
from archive.metadata import Reading
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet, SettledPlace, SettledTime
from archive.values.shapes import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_APPEARANCES: Final = 200
MOST_CLAIMS: Final = 40
MOST_SHADOWS: Final = 20
_OF_PLACE: Final = (Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE, Facet.OPERATOR_PLACE)


def gather(photo_id: int) -> Facts:
    """Return the facts as they stand in the database now. Raises Photo.DoesNotExist, File.DoesNotExist."""
    photo = Photo.objects.get(pk=photo_id)
    files = list(photo.files.filter(role__in=[Role.PRIMARY, Role.SIDECAR]))
    primary = next((file for file in files if file.role == Role.PRIMARY), None)
    if primary is None:
        raise File.DoesNotExist(f"photo {photo.public_id} has no picture file")
    about = _about(photo_id)
    appearances = _appearances(about)
    device, alone = devices.device_of(primary.reading)
    before, after = _frames(photo_id)
    distances, points = _stated(about, photo_id)
    return Facts(
        photo=photo_id,
        public_id=photo.public_id,
        collection=photo.collection_id,
        reading=_reading(primary),
        file_name=primary.name,
        received_at=primary.received_at,
        place=SettledPlace.from_json(photo.settled_place),
        time=SettledTime.from_json(photo.settled_time),
        original=vault.path(primary.sha256),
        outsiders_are_told_other=photo.settled_public is not None,
        has_sidecar=len(files) > 1,
        first_seen=_first_seen(appearances),
        platforms=tuple(sorted({a.platform for a in appearances if a.platform})),
        distances=distances,
        points=points,
        shadows=_shadows(photo_id),
        copies=copies_of(photo_id, collection=photo.collection_id, sha256=primary.sha256),
        device=device,
        device_is_one=alone,
        before=before,
        after=after,
    )


def _reading(file: File) -> Reading:
    return Reading.from_json(json.dumps(file.reading))


def _about(photo_id: int) -> Q:
    """Say how to find what is said of a photo or its series.

    It goes by the keys of the series: a join would have the database read every row of every photo.
    """
    series = list(SeriesPhoto.objects.filter(photo_id=photo_id).values_list("series_id", flat=True))
    own = Q(photo_id=photo_id)
    return own | Q(series_id__in=series) if series else own


def _appearances(about: Q) -> list[Appearance]:
    standing = Appearance.objects.filter(about, withdrawn=False, superseded_by__isnull=True)
    return list(standing.order_by("pk")[:MOST_APPEARANCES])


def _first_seen(appearances: Iterable[Appearance]) -> FirstSeen | None:
    """Posted or seen, whichever shows that it existed earlier: the latest instant of an interval is sure."""
    found = [
        FirstSeen(by, text, one.title or one.platform or one.url, Readership(one.readership))
        for one in appearances
        for by, text in ((one.posted_latest, one.posted_text), (one.seen_latest, one.seen_text))
        if by is not None
    ]
    return min(found, key=lambda seen: seen.by, default=None)


def _stated(about: Q, photo_id: int) -> tuple[tuple[StatedDistance, ...], tuple[StatedPoint, ...]]:
    """Return standing claims of distance and of points, of the photo and its series."""
    claims = (
        Claim.objects.filter(
            about,
            facet__in=[facet.value for facet in _OF_PLACE],
            superseded_by__isnull=True,
        )
        .exclude(exceptions__photo_id=photo_id)
        .order_by("pk")[:MOST_CLAIMS]
    )
    distances, points = [], []
    for claim in claims:
        value = from_json(claim.value)
        facet, readership = Facet(claim.facet), Readership(claim.readership)
        if isinstance(value, Relation):
            distances.append(StatedDistance(claim.pk, facet, value, claim.words, readership))
        elif isinstance(value, Place):
            points.append(StatedPoint(claim.pk, facet, value, readership))
    return tuple(distances), tuple(points)


def _shadows(photo_id: int) -> tuple[MeasuredShadow, ...]:
    measured = Evidence.objects.filter(
        photo_id=photo_id,
        measurement__tool=shadow_measurement.TOOL,
        withdrawn=False,
        superseded_by__isnull=True,
    ).order_by("pk")[:MOST_SHADOWS]
    return tuple(
        MeasuredShadow(each.pk, each.measurement, each.text, Readership(each.readership)) for each in measured
    )


def _frames(photo_id: int) -> tuple[Frame | None, Frame | None]:
    pair = devices.neighbours(photo_id)
    wanted = [key for key in pair if key is not None]
    if not wanted:
        return None, None
    files = File.objects.filter(photo_id__in=wanted, role=Role.PRIMARY).select_related("photo")
    frames = {file.photo_id: _frame(file) for file in files}
    before, after = (frames.get(key) if key is not None else None for key in pair)
    return before, after


def _frame(file: File) -> Frame | None:
    photo = file.photo
    place = camera_place(SettledPlace.from_json(photo.settled_place))
    interval = taken_utc(SettledTime.from_json(photo.settled_time))
    if place is None or interval is None:
        return None
    return Frame(
        photo=photo.pk,
        public_id=photo.public_id,
        place=place,
        taken=interval,
        reading=_reading(file),
        readership=Readership.PUBLIC if photo.settled_public is None else Readership.MEMBERS,
    )
