"""Settled place and time, by the rules of `rules`; the one writer of `settled_*`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from archive.catalogue.index import write_index
from archive.catalogue.photos import locked
from archive.evidence.geometry import parts_of, same_place
from archive.evidence.models import Appearance, Claim, StatusChange, Verdict
from archive.evidence.rules import Answer, Rule, answers
from archive.evidence.saying import claims_on, said_elsewhere, said_of
from archive.evidence.values import CivilTime, Instant, Said
from archive.gazetteer import zone_at
from archive.values.direction import Direction
from archive.values.moment import EASTMOST_MINUTES, Moment, civil_at, civil_in_utc, utc_interval
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet, PlacePart, SettledPlace, SettledTime, Status
from archive.values.shapes import Corridor, Polygon, Relation

if TYPE_CHECKING:
    from archive.catalogue.models import Photo

__all__ = ["Settled", "as_it_stood", "bound_of", "claims_on", "first_appearance", "resettle", "settle"]

ZoneAt = Callable[[float, float], str | None]

# The direction is that of the camera; of the three places the first with an answer is shown.
_SHOWN = (Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE)
_WRITTEN = ["settled_place", "settled_time", "settled_facets", "settled_public"]


class Settled(NamedTuple):
    place: SettledPlace
    time: SettledTime
    answers: dict[Facet, Answer]


def settle(
    claims: Iterable[Said],
    zone_of: ZoneAt,
    *,
    rule: Rule | None = None,
    not_after: datetime | None = None,
) -> Settled:
    """Return what stands; pure, and the order of the claims never matters.

    `zone_of(latitude, longitude)` names the time zone at a place. `not_after` is the instant (aware) of the
    first known appearance: a picture is not younger than that.

    A date without a zone is narrowed by the zone of the settled place, never at sea. The map shows the
    camera's place, else the subject's; the photographer's never.
    """
    found = answers(claims, rule or Rule())
    place = _place(found, zone_of)
    return Settled(place, _time(found[Facet.TIME], place.zone, not_after), found)


@transaction.atomic(savepoint=False)
def resettle(photo: Photo, *, because: Claim | Verdict | None = None) -> Photo:
    """Settle anew and write it with the index rows. Returns the photo."""
    return settle_from(locked(photo), claims_on(photo), because=because)


def settle_from(photo: Photo, claims: Sequence[Claim], *, because: Claim | Verdict | None = None) -> Photo:
    """Settle from claims at hand; the caller holds the photo's lock and knows that there are no others."""
    rule = Rule(two_reviewers=photo.collection.two_reviewers)
    first = not photo.settled_place  # settled never: it was made in this transaction
    shown = _appearances(photo, None)
    inside = _settled(photo, claims, rule, shown, readers=None)
    readerships = {claim.readership for claim in claims} | {row.readership for row in shown}
    shared = readerships <= {Readership.PUBLIC.value}
    outside = inside if shared else _settled(photo, claims, rule, shown, readers=Readership.PUBLIC)
    was = [getattr(photo, field) for field in _WRITTEN]
    before = dict(photo.settled_facets)
    photo.settled_place, photo.settled_time = inside.place.to_json(), inside.time.to_json()
    photo.settled_facets = _facets(inside)
    photo.settled_public = None if _public(outside) == _public(inside) else _public(outside)
    if because is not None and was == [getattr(photo, field) for field in _WRITTEN]:
        return photo  # most verdicts move no place and no date, and a series has hundreds of photos
    photo.save(update_fields=_WRITTEN)
    _note_changes(photo, before, because)
    write_index(photo, first=first)
    return photo


def as_it_stood(photo: Photo, at: datetime, *, inside: bool) -> Settled:
    """Return what stood at an instant (aware), from the claims and verdicts made until then."""
    rule = Rule(two_reviewers=photo.collection.two_reviewers)
    readers = None if inside else Readership.PUBLIC
    shown = _appearances(photo, at)
    return _settled(photo, claims_on(photo, until=at), rule, shown, readers=readers, until=at)


def settle_seen(
    photo: Photo,
    claims: Sequence[Claim],
    *,
    inside: bool,
    until: datetime | None,
    unheard: frozenset[int] = frozenset(),
) -> Settled:
    """Settle claims at hand for a reader; like `as_it_stood` without asking for them again.

    The verdicts on the claims numbered in `unheard` are left out.
    """
    rule = Rule(two_reviewers=photo.collection.two_reviewers)
    readers = None if inside else Readership.PUBLIC
    shown = _appearances(photo, until)
    return _settled(photo, claims, rule, shown, readers=readers, until=until, unheard=unheard)


def first_appearance(
    photo: Photo, *, readers: Readership | None, until: datetime | None = None
) -> Appearance | None:
    """Return the appearance with the earliest sure upper bound; `readers` None means insiders."""
    return _earliest(_appearances(photo, until), readers)


def _appearances(photo: Photo, until: datetime | None) -> list[Appearance]:
    if not photo.settled_place:
        return []  # a photo that is just being deposited was published nowhere that we know of
    rows = Appearance.objects.filter(Q(photo=photo) | Q(series__in=photo.series.values("pk")))
    return list(rows if until is None else rows.filter(created_at__lte=until))


def _earliest(rows: Iterable[Appearance], readers: Readership | None) -> Appearance | None:
    every = [row for row in rows if readers is None or row.readership == readers]
    replaced = {row.supersedes_id for row in every}
    dated = [
        (bound, row.pk, row)
        for row in every
        if row.pk not in replaced and not row.withdrawn and (bound := bound_of(row)) is not None
    ]
    return min(dated)[2] if dated else None


def bound_of(appearance: Appearance) -> datetime | None:
    """The picture existed by then: last instant of its posting or of our seeing it, whichever is earlier."""
    known = [at for at in (appearance.posted_latest, appearance.seen_latest) if at is not None]
    return min(known, default=None)


def _settled(
    photo: Photo,
    claims: Sequence[Claim],
    rule: Rule,
    shown: Iterable[Appearance],
    *,
    readers: Readership | None,
    until: datetime | None = None,
    unheard: frozenset[int] = frozenset(),
) -> Settled:
    heard = [claim for claim in claims if readers is None or claim.readership == readers]
    said = said_of(heard, until=until)
    said += said_elsewhere(photo, heard, said, readers=readers, until=until)
    if unheard:
        said = [replace(one, verdicts=()) if one.claim in unheard else one for one in said]
    first = _earliest(shown, readers)
    return settle(said, zone_at, rule=rule, not_after=bound_of(first) if first else None)


def _facets(settled: Settled) -> dict[str, str]:
    return {facet.value: answer.status.value for facet, answer in settled.answers.items() if answer.standings}


def _public(settled: Settled) -> dict[str, Any]:
    return {
        "place": settled.place.to_json(),
        "time": settled.time.to_json(),
        "facets": _facets(settled),
    }


def _note_changes(photo: Photo, before: dict[str, str], because: Claim | Verdict | None) -> None:
    changed = [
        StatusChange(
            photo=photo,
            facet=facet,
            before=before.get(facet, Status.UNKNOWN.value),
            after=photo.settled_facets.get(facet, Status.UNKNOWN.value),
            claim=because if isinstance(because, Claim) else None,
            verdict=because if isinstance(because, Verdict) else None,
        )
        for facet in sorted({*before, *photo.settled_facets})
        if before.get(facet, Status.UNKNOWN.value) != photo.settled_facets.get(facet, Status.UNKNOWN.value)
    ]
    if before or because is not None:  # a file's first word is no change of anything
        StatusChange.objects.bulk_create(changed)


def _place(found: dict[Facet, Answer], zone_of: ZoneAt) -> SettledPlace:
    looks = {said.value for said in found[Facet.DIRECTION].winners if isinstance(said.value, Direction)}
    direction = looks.pop() if len(looks) == 1 else None
    for facet in _SHOWN:
        parts = _parts(found[facet])
        if parts:
            zones = {zone_of(part.place.latitude, part.place.longitude) for part in parts}
            return SettledPlace(
                status=found[facet].status,
                facet=facet,
                parts=parts,
                zone=zones.pop() if len(zones) == 1 else None,
                direction=direction if facet is Facet.CAMERA_PLACE else None,
            )
    return SettledPlace(direction=direction, status=found[Facet.CAMERA_PLACE].status)


def _parts(answer: Answer) -> tuple[PlacePart, ...]:
    """Return the places of the winning claims, each once; a town that is a candidate is no second place."""
    first: dict[tuple[object, ...], PlacePart] = {}
    relations = [said.value for said in answer.winners if isinstance(said.value, Relation)]
    candidates = [one.place for relation in relations for one in relation.candidates]
    for said in answer.winners:
        value = said.value
        if not isinstance(value, Place | Polygon | Corridor | Relation):
            continue
        if isinstance(value, Place) and any(same_place(value, one) for one in candidates):
            continue
        for part in parts_of(value):
            key = (part.place, part.outline)
            first.setdefault(key, PlacePart(part.place, said.claim, said.basis, part.name, part.outline))
    return tuple(first.values())


def _time(answer: Answer, zone: str | None, not_after: datetime | None) -> SettledTime:
    bound = not_after.astimezone(UTC).isoformat() if not_after else None
    values = {said.value: said for said in reversed(answer.winners)}
    winners = sorted(values.values(), key=lambda said: said.claim)
    if not winners:
        return SettledTime(status=answer.status, not_after=bound)
    moments = [_local(said, zone) for said in winners]
    hull = Moment(
        min(moment.earliest for moment in moments),
        max(moment.latest for moment in moments),
        moments[0].offset_minutes if len({moment.offset_minutes for moment in moments}) == 1 else None,
    )
    whole = hull
    hull = _cut(hull, not_after)
    civil_zone = zone if zone is not None and not zone.startswith("Etc/") else None
    bounds = utc_interval(hull, civil_zone)
    first = winners[0]
    text = first.value.text if isinstance(first.value, CivilTime) and len(winners) == 1 else ""
    return SettledTime(
        status=answer.status,
        moment=hull,
        text=text if hull == whole else "",
        earliest_utc=bounds.earliest.isoformat(),
        latest_utc=bounds.latest.isoformat(),
        zone_assumed=civil_zone if hull.offset_minutes is None else None,
        claim=first.claim,
        basis=first.basis,
        parts=len(winners),
        not_after=bound,
        cut=hull != whole,
    )


def _cut(moment: Moment, not_after: datetime | None) -> Moment:
    """Take away what lies after the first appearance, by the latest calendar then in use.

    A claim that lies wholly after it is a contradiction, which the date check reports: it is left as said.
    """
    if not_after is None:
        return moment
    shift = EASTMOST_MINUTES if moment.offset_minutes is None else moment.offset_minutes
    latest = civil_in_utc(not_after) + timedelta(minutes=shift)
    if moment.earliest <= latest < moment.latest:
        return Moment(moment.earliest, latest, moment.offset_minutes)
    return moment


def _local(said: Said, zone: str | None) -> Moment:
    if isinstance(said.value, CivilTime):
        return said.value.moment
    if isinstance(said.value, Instant):
        return civil_at(said.value.at, zone)
    raise TypeError(f"claim {said.claim} about time holds {said.value!r}")
