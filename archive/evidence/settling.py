"""What the archive stands behind, from claims alone, by published rules (docs/decisions.md, Settling).

1. A claim that another supersedes, and a claim that was withdrawn, is out.
2. Of the rest, for each question: what a person says stands before what the file says.
3. Different values that stand at the same level stay side by side, as several parts.
4. The map shows the camera's place, else the subject's, and says which; the photographer's place never.
5. A date without a zone is narrowed by the zone of the settled place, never at sea.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from archive.catalogue.index import write_index
from archive.catalogue.photos import locked
from archive.evidence.models import Claim
from archive.evidence.values import CivilTime, Instant, Said, from_json
from archive.evidence.vocabulary import SourceKind
from archive.gazetteer import zone_at
from archive.values.direction import Direction
from archive.values.moment import Moment, civil_at, utc_interval
from archive.values.place import Place
from archive.values.settled import Basis, Facet, PlacePart, SettledPlace, SettledTime, Status

if TYPE_CHECKING:
    from archive.catalogue.models import Photo

ZoneAt = Callable[[float, float], str | None]

# The direction is that of the camera; of the three places the first with an answer is shown.
_SHOWN = (Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE)


def settle(claims: Iterable[Said], zone_of: ZoneAt) -> tuple[SettledPlace, SettledTime]:
    """Return the settled place and time; pure, and the order of the claims never matters.

    `zone_of(latitude, longitude)` names the time zone at a place.
    """
    standing = _standing(claims)
    place = _place(standing, zone_of)
    return place, _time(_strongest(standing, Facet.TIME), place.zone)


@transaction.atomic
def resettle(photo: Photo) -> Photo:
    """Settle anew and write it with the index rows: the only writer of `settled_*`. Returns the photo."""
    photo = locked(photo)
    place, time = settle(said_of(photo), zone_at)
    photo.settled_place, photo.settled_time = place.to_json(), time.to_json()
    photo.save(update_fields=["settled_place", "settled_time"])
    write_index(photo)
    return photo


def said_of(photo: Photo) -> list[Said]:
    """Return the photo's claims as facts, in the order they were made."""
    return [
        Said(
            claim=claim.pk,
            facet=Facet(claim.facet),
            basis=Basis.PERSON if claim.source.kind == SourceKind.MEMBER else Basis.FILE,
            value=from_json(claim.value),
            supersedes=claim.supersedes_id,
        )
        for claim in Claim.objects.filter(photo=photo).select_related("source")
    ]


def _standing(claims: Iterable[Said]) -> list[Said]:
    every = list(claims)
    replaced = {said.supersedes for said in every}
    kept = [said for said in every if said.claim not in replaced and said.value is not None]
    return sorted(kept, key=lambda said: said.claim)


def _strongest(standing: Sequence[Said], facet: Facet) -> list[Said]:
    """Return the claims of the best level that answer a question, equal values once."""
    answers = [said for said in standing if said.facet is facet]
    persons = [said for said in answers if said.basis is Basis.PERSON]
    first_of_value: dict[object, Said] = {}
    for said in persons or answers:
        first_of_value.setdefault(said.value, said)
    return list(first_of_value.values())


def _place(standing: Sequence[Said], zone_of: ZoneAt) -> SettledPlace:
    directions = [said.value for said in _strongest(standing, Facet.DIRECTION)]
    direction = directions[0] if len(directions) == 1 and isinstance(directions[0], Direction) else None
    for facet in _SHOWN:
        parts = tuple(
            PlacePart(said.value, said.claim, said.basis)
            for said in _strongest(standing, facet)
            if isinstance(said.value, Place)
        )
        if parts:
            zones = {zone_of(part.place.latitude, part.place.longitude) for part in parts}
            return SettledPlace(
                status=Status.UNREVIEWED,
                facet=facet,
                parts=parts,
                zone=zones.pop() if len(zones) == 1 else None,
                direction=direction if facet is Facet.CAMERA_PLACE else None,
            )
    return SettledPlace(direction=direction)


def _time(answers: Sequence[Said], zone: str | None) -> SettledTime:
    if not answers:
        return SettledTime()
    moments = [_local(said, zone) for said in answers]
    hull = Moment(
        min(moment.earliest for moment in moments),
        max(moment.latest for moment in moments),
        moments[0].offset_minutes if len({moment.offset_minutes for moment in moments}) == 1 else None,
    )
    civil_zone = zone if zone is not None and not zone.startswith("Etc/") else None
    bounds = utc_interval(hull, civil_zone)
    first = answers[0]
    text = first.value.text if isinstance(first.value, CivilTime) and len(answers) == 1 else ""
    return SettledTime(
        status=Status.UNREVIEWED,
        moment=hull,
        text=text,
        earliest_utc=bounds.earliest.isoformat(),
        latest_utc=bounds.latest.isoformat(),
        zone_assumed=civil_zone if hull.offset_minutes is None else None,
        claim=first.claim,
        basis=first.basis,
        parts=len(answers),
    )


def _local(said: Said, zone: str | None) -> Moment:
    if isinstance(said.value, CivilTime):
        return said.value.moment
    if isinstance(said.value, Instant):
        return civil_at(said.value.at, zone)
    raise TypeError(f"claim {said.claim} about time holds {said.value!r}")
