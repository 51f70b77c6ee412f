"""What "within 2 km of the border of X" asks for, which towns fit, and how much that narrows down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.evidence.errors import EvidenceError
from archive.evidence.geometry import relation
from archive.gazetteer import find
from archive.gazetteer.border_areas import areas, name_of
from archive.gazetteer.borders import ATTRIBUTION
from archive.pages.casework.typed import FARTHEST_M, UNITS, UnreadError
from archive.values.shapes import Relating, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.gazetteer import Named

HOW = [
    (Relating.WITHIN.value, "within"),
    (Relating.BEYOND.value, "more than"),
    (Relating.ON.value, "on, or at most this far from"),
]
PEOPLE = [
    ("1000", "of any size"),
    *[(str(least), f"of {least:,} people or more") for least in (5_000, 15_000, 50_000, 100_000)],
]
OF = [
    ("border", "the border of a country, all of it"),
    ("pair", "the border between two countries"),
    ("town", "a town"),
]
MOST_NAMESAKES = 8
_OF = re.compile(r"(?P<kind>border|town):(?P<rest>.+)")
_LOOKED_AT = re.compile(
    r"\d+ of (?P<of>\d+) towns(?: of (?P<inside>[A-Z]{2}))?(?: with (?P<people>\d+) people or more)? fit$"
)
"""How `evidence.geometry.relation` ends its `dataset`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for; `inside` is a country's code or "", `people` the least a town has."""

    how: Relating
    distance_m: float
    of: str
    inside: str
    people: int


@dataclass(frozen=True, slots=True)
class Fits:
    """The answer, for saving and for showing; `sentence` says how much it narrows down."""

    relation: Relation
    sentence: str
    attribution: str


class NamesakesError(UnreadError):
    """Several towns have the name: `towns` are those to choose from."""

    def __init__(self, towns: list[Named]) -> None:
        super().__init__("town", "Several towns are called so: choose one of them.")
        self.towns = towns


@cache
def countries() -> list[tuple[str, str]]:
    """Return the countries whose borders are known, by name."""
    return sorted(((code, name_of(code)) for code in areas().of), key=lambda one: one[1])


def asked(fields: Mapping[str, str]) -> Asked:
    """Read the form's fields how, distance, unit, of, country, other, town, town_at, inside, people."""
    how = Relating(fields["how"]) if fields["how"] in dict(HOW) else Relating.WITHIN
    return Asked(how, _distance(fields, how), _of(fields), fields["inside"], _people(fields["people"]))


def fits(question: Asked) -> Fits:
    """Ask the gazetteer. Raises `UnreadError`, also when more towns fit than can be kept apart."""
    try:
        found = relation(
            question.how,
            question.distance_m,
            question.of,
            inside=question.inside or None,
            least_population=question.people,
        )
    except (EvidenceError, ValueError) as wrong:
        raise UnreadError("distance", str(wrong)) from wrong
    if not found.candidates:
        raise UnreadError(
            "distance", "No town fits: widen the distance, or look at what it is measured from."
        )
    return Fits(found, sentence(found), ATTRIBUTION)


def sentence(found: Relation) -> str:
    """Say how much it narrows down: "7 of 213 towns of North Korea fit"."""
    looked_at = _LOOKED_AT.search(found.dataset)
    count = len(found.candidates)
    verb = "fits" if count == 1 else "fit"
    if looked_at is None:
        return f"{count} town{'' if count == 1 else 's'} {verb}."
    where = f" of {name_of(looked_at['inside'])}" if looked_at["inside"] else " on earth"
    least = _people(looked_at["people"])
    return f"{count} of {int(looked_at['of']):,} towns{where} {verb} (towns of {least:,} people or more)."


def side(found: Relation) -> str:
    """Say to which country it keeps: ", in North Korea", or ""."""
    looked_at = _LOOKED_AT.search(found.dataset)
    return f", in {name_of(looked_at['inside'])}" if looked_at and looked_at["inside"] else ""


def as_fields(stored: Relation) -> dict[str, str]:
    """Write a relation as the form's fields, for correcting it."""
    found = _OF.fullmatch(stored.of)
    kind, rest = (found["kind"], found["rest"]) if found else ("border", "")
    first, _, second = rest.partition("-" if kind == "border" else "@")
    looked_at = _LOOKED_AT.search(stored.dataset)
    in_km = stored.distance_m >= 1000
    return {
        "how": stored.how.value,
        "distance": f"{stored.distance_m / (1000 if in_km else 1):g}",
        "unit": "km" if in_km else "m",
        "of": "town" if kind == "town" else "pair" if second else "border",
        "country": first if kind == "border" else "",
        "other": second if kind == "border" else "",
        "town": first if kind == "town" else "",
        "town_at": second if kind == "town" else "",
        "inside": (looked_at["inside"] or "") if looked_at else "",
        "people": str(_people(looked_at["people"])) if looked_at else "",
    }


def _people(text: str | None) -> int:
    return int(text) if text and text in dict(PEOPLE) else 1_000


def _distance(fields: Mapping[str, str], how: Relating) -> float:
    typed = fields["distance"].strip().replace(",", ".")
    if not typed and how is Relating.ON:
        return 0.0
    try:
        length = float(typed) * UNITS[fields["unit"]]
    except (ValueError, KeyError):
        raise UnreadError("distance", "Write how far, as a number, and choose its unit.") from None
    if not (0 <= length <= FARTHEST_M):
        raise UnreadError("distance", "Write a distance on this earth.")
    return length


def _of(fields: Mapping[str, str]) -> str:
    match fields["of"]:
        case "town":
            return _town(fields["town"], fields["town_at"])
        case "pair":
            if not (fields["country"] and fields["other"]) or fields["country"] == fields["other"]:
                raise UnreadError("country", "Choose the two countries between which the border lies.")
            return f"border:{fields['country']}-{fields['other']}"
        case _:
            if not fields["country"]:
                raise UnreadError("country", "Choose the country whose border is meant.")
            return f"border:{fields['country']}"


def _town(words: str, at: str) -> str:
    name = words.split(",", maxsplit=1)[0].strip()
    if not name:
        raise UnreadError("town", "Write the name of the town.")
    if at:
        return f"town:{name}@{at}"
    towns = find(name, MOST_NAMESAKES)
    if not towns:
        raise UnreadError("town", f"No town of 1,000 people or more is called “{name}”: check the spelling.")
    if len(towns) > 1:
        raise NamesakesError(towns)
    return f"town:{towns[0].name}@{place_of(towns[0])}"


def place_of(town: Named) -> str:
    """Where a town is, as the field `town_at` holds it."""
    return f"{town.latitude:.4f},{town.longitude:.4f}"
