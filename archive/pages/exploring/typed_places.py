"""Places as people type them into Explore: a town or coordinates and a distance, corners one a line.

What was typed becomes the canonical filters `near`, `within` and `sees`, by one door for the plain form and
for the tools on the map.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.gazetteer import GazetteerError, find
from archive.gazetteer.folding import fold
from archive.pages.casework.typed import UnreadError, metres, points, points_text
from archive.pages.exploring.context import Link, PlaceForm, TypedField
from archive.pages.exploring.place_words import USUAL_REACH_M, metres_text, place_of, town_label
from archive.values.coordinates import CoordinatesError, decimal_text, parse_coordinates
from archive.values.place import Place
from archive.values.selection import SelectionError, parse_selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.gazetteer import Named
    from archive.values.selection import Selection

FIELDS = {"near": ("near_at", "near_m"), "within": ("within_at",), "sees": ("sees_at", "sees_m")}
LONGEST = 4000
MOST_TOWNS = 8
_USUAL_M = USUAL_REACH_M


@dataclass(frozen=True, slots=True)
class Typed:
    """`changes`: filters in the words of the address, "" to remove one; `errors` by field of the form.

    `namesakes` are towns to choose from where the name typed in the field `of` may mean several.
    """

    texts: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    namesakes: tuple[Named, ...] = ()
    of: str = ""

    def __bool__(self) -> bool:
        return bool(self.changes or self.errors)


class NamesakesError(UnreadError):
    """Several towns have the name."""

    def __init__(self, name: str, towns: list[Named]) -> None:
        super().__init__(name, "Several places have a name like this: choose one of them.")
        self.towns = tuple(towns)


def read_typed(fields: Mapping[str, str]) -> Typed:
    """Read the fields that are there; an empty place removes its filter."""
    texts = {name: fields[name][:LONGEST] for names in FIELDS.values() for name in names if name in fields}
    found = Typed(texts)
    for name, (first, *_) in FIELDS.items():
        if first not in texts:
            continue
        try:
            found.changes[name] = _canonical(name, texts)
        except UnreadError as wrong:
            found.errors[wrong.field] = str(wrong)
            if isinstance(wrong, NamesakesError) and not found.namesakes:
                found = Typed(texts, found.changes, found.errors, wrong.towns, name)
    return found


def applied(selection: Selection, typed: Typed) -> Selection:
    """The Selection with what was typed; the view of the map gives way to a place newly asked for."""
    before = dict(selection.pairs())
    new = any(text and text != before.get(name) for name, text in typed.changes.items())
    return (selection.without("bbox", "unplaced") if new else selection).plus(**typed.changes)


def place_form(selection: Selection, typed: Typed) -> PlaceForm:
    """The fields as typed, else as the Selection has them; towns to choose from lead on by a link each."""
    texts = {**_texts(selection), **typed.texts}
    shown = {name: TypedField(name, texts[name], typed.errors.get(name, "")) for name in texts}
    return PlaceForm(**shown, choices=_choices(selection, typed), is_open=bool(typed.errors))


def towns_like(words: str, limit: int = MOST_TOWNS) -> list[Named]:
    """Towns whose name begins so; a country may follow after a comma. Raises GazetteerError."""
    name, _, country = words.partition(",")
    found = find(name, 200 if country.strip() else limit)
    wanted = fold(country)
    return [town for town in found if fold(town.country).startswith(wanted)][:limit]


def _texts(selection: Selection) -> dict[str, str]:
    asked = dict(selection.pairs())
    texts = {"near_at": "", "near_m": metres_text(_USUAL_M), "within_at": "", "sees_at": ""}
    texts["sees_m"] = metres_text(_USUAL_M)
    for name in ("near", "sees"):
        if name in asked:
            place = place_of(asked[name])
            texts[f"{name}_at"] = decimal_text(place)
            texts[f"{name}_m"] = metres_text(place.radius_m or _USUAL_M)
    if "within" in asked:
        corners = [place_of(corner) for corner in asked["within"].split(";")]
        texts["within_at"] = points_text(tuple((one.latitude, one.longitude) for one in corners))
    return texts


def _canonical(name: str, texts: dict[str, str]) -> str:
    first = FIELDS[name][0]
    if not texts[first].strip():
        return ""
    if name == "within":
        corners = points(texts[first], first, least=3)
        text = ";".join(f"{latitude:.7f},{longitude:.7f}" for latitude, longitude in corners)
    else:
        at = _place(texts[first], first)
        length = texts.get(f"{name}_m", "").strip()
        reach = metres(length, f"{name}_m") if length else _USUAL_M
        text = f"{at.latitude:.7f},{at.longitude:.7f},{reach:.3f}"
    try:
        return dict(parse_selection(f"{name}={text}").pairs())[name]
    except SelectionError as wrong:
        in_distance = name != "within" and ("metres" in str(wrong) or "distance" in str(wrong))
        plain = str(wrong).removeprefix(f"{name}={text}: ")
        sentence = f"{plain[:1].upper()}{plain[1:]}"
        raise UnreadError(f"{name}_m" if in_distance else first, f"{sentence}.") from wrong


def _place(text: str, name: str) -> Place:
    """Coordinates, else the one town that is called so."""
    try:
        return parse_coordinates(text)
    except CoordinatesError as unread:
        if any(letter.isdigit() for letter in text):
            raise UnreadError(name, str(unread)) from unread
    try:
        towns = towns_like(text)
    except GazetteerError as missing:
        raise UnreadError(name, str(missing)) from missing
    if not towns:
        raise UnreadError(
            name, "No town of this name is known here. Write coordinates, for example 39.0194, 125.7381."
        )
    called = [town for town in towns if fold(town.name) == fold(text.partition(",")[0])]
    if len(called or towns) > 1:
        raise NamesakesError(name, called or towns)
    (town,) = called or towns
    return Place(town.latitude, town.longitude)


def _choices(selection: Selection, typed: Typed) -> tuple[Link, ...]:
    if not typed.namesakes:
        return ()
    links = []
    for town in typed.namesakes:
        at = f"{town.latitude}, {town.longitude}"
        chosen = read_typed({**typed.texts, f"{typed.of}_at": at})
        query = applied(selection, chosen).query() if not chosen.errors else ""
        words = f"{town_label(town)} · {town.population:,} people · {at}"
        links.append(Link(words, f"/?{query}" if query else "/", ""))
    return tuple(links)
