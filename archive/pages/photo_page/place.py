"""The card that says where: three places, three questions, and every possible answer on one map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from archive.evidence.geometry import Part, parts_of
from archive.evidence.rules import agree
from archive.pages.photo_page import links
from archive.pages.photo_page.context import Question, Where
from archive.pages.photo_page.hypotheses import question_list
from archive.pages.photo_page.layout import PLACES
from archive.pages.photo_page.nearby import near_words
from archive.pages.photo_page.statements import troubles
from archive.pages.photo_page.values import said
from archive.pages.wording import places
from archive.pages.wording.answers import STATUS_WORDS
from archive.values.place import Place
from archive.values.settled import Facet, SettledPlace, Status
from archive.values.shapes import Corridor, Polygon, Relation
from archive.values.sight import FARTHEST_LATITUDE

if TYPE_CHECKING:
    from archive.evidence.case import Hypothesis
    from archive.pages.photo_page.case_context import QuestionList
    from archive.pages.photo_page.layout import Row
    from archive.pages.photo_page.lines import Teller
    from archive.values.direction import Direction

ASKED = {
    Facet.OPERATOR_PLACE: "photographer stood",
    Facet.CAMERA_PLACE: "camera was",
    Facet.SUBJECT_PLACE: "picture shows",
}
_SHOWS = {
    Facet.CAMERA_PLACE: "The map shows where the camera was.",
    Facet.SUBJECT_PLACE: "The map shows what the picture shows; where the camera was is not known.",
}
_NEARBY_M = 2000


def where(settled: SettledPlace, teller: Teller, reading: dict[str, Any]) -> Where:
    parts = [part.place for part in settled.parts]
    only = parts[0] if len(parts) == 1 else None
    pins = list(_pins(settled, teller))
    asked = [facet for facet in (*PLACES, Facet.DIRECTION) if facet in teller.case.questions]
    lists = tuple(question_list(teller.case.questions[facet], teller) for facet in asked)
    return Where(
        note=_note(settled, teller),
        questions=tuple(_question(facet, teller) for facet in ASKED),
        pins=json.dumps(pins) if pins else "",
        map_words=_map_words(parts, pins),
        shows=_shows(settled, pins, teller),
        decimal=places.decimal(only) if only else "",
        sexagesimal=places.sexagesimal(only) if only else "",
        accuracy=places.accuracy(only.radius_m).removeprefix("accuracy ") if only else "",
        near=near_words(only) if only else "",
        zone=zone_words(settled.zone),
        looking=places.looking(settled.direction) if settled.direction else "",
        height=_height(reading),
        nearby_url=_nearby(only) if only else "",
        looking_url=_looking_here(only) if only else "",
        troubles=troubles(reading, "place"),
        lists=lists,
        has_headings=teller.layout.is_lettered and len(lists) > 1,
        reasons=_reasons(settled, lists),
        nothing="" if lists else "nobody has said where this was taken",
        add=links.to_question(teller.photo, Facet.CAMERA_PLACE, teller.allowed),
    )


def zone_words(zone: str | None) -> str:
    if zone is None:
        return ""
    return "at sea, no civil time" if zone.startswith("Etc/") else zone.replace("_", " ")


def winners_on(facet: Facet, teller: Teller) -> list[Hypothesis]:
    question = teller.case.questions.get(facet)
    return [one for one in question.hypotheses if one.wins] if question else []


def _note(settled: SettledPlace, teller: Teller) -> str:
    if settled.status is Status.UNKNOWN:
        return "not known"
    count = possible_places(winners_on(settled.facet, teller)) if settled.facet else 0
    several = f"one of {count} places · " if count > 1 else ""
    return f"{several}{STATUS_WORDS[settled.status]}"


def _question(facet: Facet, teller: Teller) -> Question:
    question = teller.case.questions.get(facet)
    winners = winners_on(facet, teller)
    if question is None or not winners:
        told = (
            "cannot be determined" if question and question.status is Status.UNDETERMINABLE else "not known"
        )
        return Question(ASKED[facet], told, "")
    count = possible_places(winners)
    speakers = list(dict.fromkeys(claim.speaker for one in winners for claim in one.claims if claim.wins))
    note = f"says {speakers[0]}" if len(speakers) == 1 else ""
    if count > 1:
        return Question(ASKED[facet], f"one of {count} places", note)
    return Question(ASKED[facet], _answer(winners[0]), note or f"as {len(speakers)} sources say")


def _answer(hypothesis: Hypothesis) -> str:
    value = hypothesis.value
    return (near_words(value) if isinstance(value, Place) else "") or said(value)


def possible_places(winners: Sequence[Hypothesis]) -> int:
    """Count the places that may be the one; a town that is among somebody's candidates counts once."""
    relations = [one.value for one in winners if isinstance(one.value, Relation)]
    others = [one.value for one in winners if not isinstance(one.value, Relation)]
    apart = [one for one in others if not any(agree(one, relation) for relation in relations)]
    return sum(max(1, len(one.candidates)) for one in relations) + len(apart)


def _pins(settled: SettledPlace, teller: Teller) -> Iterator[dict[str, Any]]:
    """Yield every part of every possible answer; `fit` tells which the map is laid out for at first."""
    rows = [(facet, row) for facet in PLACES for row in teller.layout.rows.get(facet, ())]
    drawn = [(facet, row) for facet, row in rows if _is_ground(row)]
    fitted = settled.facet or (drawn[0][0] if drawn else None)
    for facet, row in drawn:
        direction = settled.direction if facet is settled.facet and len(settled.parts) == 1 else None
        yield from _parts(facet, row, teller, fit=facet is fitted, direction=direction)


def _parts(
    facet: Facet, row: Row, teller: Teller, *, fit: bool, direction: Direction | None
) -> Iterator[dict[str, Any]]:
    """Yield the parts of an answer; of claims that agree with it the areas, without a mark of their own."""
    value = row.hypothesis.value
    if not isinstance(value, Place | Polygon | Corridor | Relation):
        return
    found = parts_of(value)
    certain = len(found) == 1 and _is_alone(facet, row, teller)
    look = direction if certain else None
    single = len(found) == 1 and not isinstance(value, Relation)
    for number, part in enumerate(found):
        yield _pin(
            row.key if single else f"{row.key}-{number}", row.letter, part, look, certain=certain, fit=fit
        )
    others = dict.fromkeys(claim.value for claim in row.hypothesis.claims if claim.value != value)
    for number, other in enumerate(others):
        if isinstance(other, Place | Polygon | Corridor):
            (part,) = parts_of(other)
            yield _pin(f"{row.key}-also-{number}", row.letter, part, None, certain=certain, fit=fit) | {
                "marked": False
            }


def _pin(
    key: str, letter: str, part: Part, direction: Direction | None, *, certain: bool, fit: bool
) -> dict[str, Any]:
    return {
        "part": key,
        "letter": letter,
        "name": part.name,
        "latitude": part.place.latitude,
        "longitude": part.place.longitude,
        "radius_m": part.place.radius_m,
        "degrees": direction.degrees if direction else None,
        "width_deg": direction.width_deg if direction else None,
        "outline": [list(point) for point in part.outline],
        "certain": certain,
        "fit": fit,
        "marked": True,
    }


def _is_ground(row: Row) -> bool:
    return isinstance(row.hypothesis.value, Place | Polygon | Corridor | Relation)


def _is_alone(facet: Facet, row: Row, teller: Teller) -> bool:
    """Whether nothing stands beside it and no reviewers disagree on it."""
    winners = [one for one in teller.layout.rows[facet] if one.hypothesis.wins]
    return winners == [row] and not any(claim.disputed for claim in row.hypothesis.claims)


def _map_words(parts: list[Place], pins: list[dict[str, Any]]) -> str:
    marked = sum(1 for pin in pins if pin["marked"])
    if marked > 1:
        return f"Map of {marked} possible places"
    return f"Map of {places.decimal(parts[0])}, {places.accuracy(parts[0].radius_m)}" if parts else "Map"


def _shows(settled: SettledPlace, pins: list[dict[str, Any]], teller: Teller) -> str:
    shows = _SHOWS.get(settled.facet, "") if settled.facet else ""
    if settled.facet is Facet.SUBJECT_PLACE and winners_on(Facet.CAMERA_PLACE, teller):
        shows = "The map shows what the picture shows; where the camera was is told in words only."
    if sum(1 for pin in pins if pin["marked"]) < 2:
        return shows
    if any(pin["certain"] for pin in pins):
        return f"{shows} Solid is the current answer, hatched what else is said.".strip()
    return f"{shows} Each of these is possible, so none has a pin.".strip()


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


def _looking_here(place: Place) -> str:
    """Photos that look at this place; near the poles no address can ask for them."""
    if abs(place.latitude) > FARTHEST_LATITUDE:
        return ""
    sees = f"{place.latitude:.5f},{place.longitude:.5f}"
    return f"{reverse('explore')}?{urlencode({'sees': sees}, safe=',')}"


def _reasons(
    settled: SettledPlace, lists: tuple[QuestionList, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Reasons by question, the question named where there are several."""
    asked = [one for one in lists if one.key != "direction" or len(one.hypotheses) > 1 or one.gone]
    told = [(one.heading if len(asked) > 1 else "", one.reasons) for one in asked]
    closing = []
    if settled.facet is None:
        closing.append("No claim draws where the camera was or what the picture shows, so there is no place.")
    if settled.facet is Facet.SUBJECT_PLACE:
        closing.append("Without the camera's place the map shows the place of what the picture shows.")
    closing.append("“Near” names the closest town of the gazetteer: our arithmetic, nobody's claim.")
    return (*told, ("", tuple(closing)))
