"""The card that says where."""

from __future__ import annotations

import functools
import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from archive.gazetteer import places_near
from archive.pages.photo_page.context import Question, Where
from archive.pages.photo_page.statements import troubles
from archive.pages.photo_page.voices import Hearing
from archive.pages.wording import places
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.place import Place
from archive.values.settled import Basis, Facet, SettledPlace, Status

ASKED = {
    Facet.OPERATOR_PLACE: "photographer stood",
    Facet.CAMERA_PLACE: "camera was",
    Facet.SUBJECT_PLACE: "picture shows",
}
_SHOWS = {
    Facet.CAMERA_PLACE: "The map shows where the camera was.",
    Facet.SUBJECT_PLACE: "The map shows what the picture shows; where the camera was is not known.",
}
_NEAR_KM = 250
_NEARBY_M = 2000


def where(settled: SettledPlace, hearing: Hearing, reading: dict[str, Any]) -> Where:
    parts = [part.place for part in settled.parts]
    only = parts[0] if len(parts) == 1 else None
    direction = settled.direction
    pins = [
        {
            "latitude": part.latitude,
            "longitude": part.longitude,
            "radius_m": part.radius_m,
            "degrees": direction.degrees if direction and only else None,
            "width_deg": direction.width_deg if direction and only else None,
        }
        for part in parts
    ]
    return Where(
        note=_note(settled),
        questions=tuple(_question(facet, hearing) for facet in ASKED),
        pins=json.dumps(pins) if pins else "",
        map_words=_map_words(parts),
        shows=_SHOWS.get(settled.facet, "") if settled.facet else "",
        decimal=places.decimal(only) if only else "",
        sexagesimal=places.sexagesimal(only) if only else "",
        accuracy=places.accuracy(only.radius_m).removeprefix("accuracy ") if only else "",
        near=near_words(only) if only else "",
        zone=zone_words(settled.zone),
        looking=places.looking(direction) if direction else "",
        height=_height(reading),
        nearby_url=_nearby(only) if only else "",
        troubles=troubles(reading, "place"),
        claims=hearing.lines(*ASKED, Facet.DIRECTION),
        reasons=_reasons(settled, hearing),
    )


@functools.lru_cache(maxsize=1024)
def near_words(place: Place) -> str:
    """Name the nearest town the gazetteer knows, "" in the middle of nowhere."""
    found = places_near(place.latitude, place.longitude, _NEAR_KM, 1)
    if not found:
        return ""
    town = found[0]
    return places.near(place, town.name, town.country, Place(town.latitude, town.longitude))


def zone_words(zone: str | None) -> str:
    if zone is None:
        return ""
    return "at sea, no civil time" if zone.startswith("Etc/") else zone.replace("_", " ")


def _note(settled: SettledPlace) -> str:
    if settled.status is Status.UNKNOWN:
        return "not known"
    several = f"one of {len(settled.parts)} places · " if len(settled.parts) > 1 else ""
    return f"{several}{STATUS_WORDS[settled.status]}"


def _question(facet: Facet, hearing: Hearing) -> Question:
    standing = [(one, one.value) for one in hearing.standing(facet) if isinstance(one.value, Place)]
    if not standing:
        return Question(ASKED[facet], "not known", "")
    different = {value for _, value in standing}
    if len(different) > 1:
        return Question(ASKED[facet], f"one of {len(different)} places", "")
    one, value = standing[0]
    answer = near_words(value) or places.decimal(value)
    return Question(ASKED[facet], answer, f"says {hearing.speaker(one)}")


def _map_words(parts: list[Place]) -> str:
    if len(parts) > 1:
        return f"Map of {len(parts)} possible places"
    return f"Map of {places.decimal(parts[0])}, {places.accuracy(parts[0].radius_m)}" if parts else ""


def _height(reading: dict[str, Any]) -> str:
    """Altitude as the file states it, and over the start for drones."""
    words = []
    altitude = reading.get("altitude_m")
    if isinstance(altitude, int | float):
        words.append(f"{altitude:,.0f} m above sea level, as the file says")
    relative = (reading.get("drone") or {}).get("relative_altitude_m")
    if isinstance(relative, int | float):
        words.append(f"{relative:,.1f} m above the point of take-off")
    return " · ".join(words)


def _nearby(place: Place) -> str:
    radius = max(_NEARBY_M, round(place.radius_m or 0))
    near = f"{place.latitude:.5f},{place.longitude:.5f},{radius}"
    return f"{reverse('explore')}?{urlencode({'near': near}, safe=',')}"


def _reasons(settled: SettledPlace, hearing: Hearing) -> tuple[str, ...]:
    if settled.facet is None:
        return ("No claim says where the camera was or what the picture shows, so there is no answer.",)
    everyone = hearing.on(settled.facet)
    file_speaks = any(one.stands and one.basis is Basis.FILE for one in everyone)
    by_person = settled.parts[0].basis is Basis.PERSON
    asked = ASKED[settled.facet]
    if by_person:
        first = (
            f"A person says where the {asked}."
            if settled.facet is not Facet.SUBJECT_PLACE
            else ("A person says what the picture shows.")
        )
        first += " That stands before what the file says." if file_speaks else ""
    else:
        first = "The file says where the camera was, and no person has said otherwise."
    reasons = [first]
    if len(settled.parts) > 1:
        reasons.append(
            "Different places stand at the same level, so all of them are shown, each as possible."
        )
    gone = sum(1 for one in everyone if one.replaced)
    if gone:
        reasons.append("Claims that were replaced or taken back no longer count; they stay in the list.")
    if settled.status is Status.UNREVIEWED:
        reasons.append("No reviewer has judged it, so it is shown as not reviewed, however exact it looks.")
    if settled.facet is Facet.SUBJECT_PLACE:
        reasons.append("Without the camera's place the map shows the place of what the picture shows.")
    reasons.append("“Near” names the closest town of the gazetteer: our arithmetic, nobody's claim.")
    return tuple(reasons)
