"""The sentences and steps around the list, as js/lib/explore-words.js says them once the script runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.pages.exploring.context import FacetMenu, Headline, Link, Option
from archive.values.selection import Selection, Sort

if TYPE_CHECKING:
    from archive.atlas.answers import Answer

ORDERS = {
    Sort.OLDEST: "oldest first",
    Sort.NEWEST: "newest first",
    Sort.ADDED_LAST: "last added first",
    Sort.ADDED_FIRST: "first added first",
}
FACETS = {"collection": "Collection", "status": "Status", "licence": "Rights", "device": "Camera"}
_CHIPS = {"bbox": "Area: this map", "near": "Near a place", "undated": "No date", "unplaced": "No location"}


def explore_address(query: str) -> str:
    return f"/?{query}" if query else "/"


def count_words(total: int) -> str:
    return "1 photo" if total == 1 else f"{total:,} photos"


def headline_of(answer: Answer, selection: Selection) -> Headline:
    """Count what has no date or location: within the total, or beside it when dates or an area are asked."""
    parts, lines = [], []
    missing = (
        ("undated", "date", "time", answer.undated, selection.undated, selection.has_time),
        ("unplaced", "location", "area", answer.unplaced, selection.unplaced, selection.has_area),
    )
    for name, noun, group, n, chosen, beside in missing:
        if not n or chosen:
            continue
        address = explore_address(selection.without(group).plus(**{name: "1"}).query())
        change = json.dumps({name: "1"})
        if beside:
            lines.append(Link("show them", address, change, f"{n:,} more match but have no {noun} · "))
        else:
            parts.append(Link(f"{n:,} without a {noun}", address, change))
    return Headline(count_words(answer.total), f"{answer.might:,}", tuple(parts), tuple(lines))


def chips_of(selection: Selection, menus: tuple[FacetMenu, ...]) -> tuple[Link, ...]:
    """Everything that is set and has no field of its own, each with the address without it."""
    labels = {(menu.name, option.value): option.label for menu in menus for option in menu.options}
    chips = []
    for name, value in selection.pairs():
        if name in FACETS:
            address = explore_address(selection.without(name, value=value).query())
            words = f"{FACETS[name]}: {labels.get((name, value), value)}"
            chips.append(Link(words, address, json.dumps({"drop": name, "value": value})))
        elif name in _CHIPS or name == "q":
            address = explore_address(selection.without(name).query())
            chips.append(Link(_CHIPS.get(name, f"“{value}”"), address, json.dumps({name: ""})))
    return tuple(chips)


def menus_of(answer: Answer, selection: Selection) -> tuple[FacetMenu, ...]:
    """The values that still give photos, and those that are ticked."""
    pairs = set(selection.pairs())
    menus = []
    for name, words in FACETS.items():
        found = answer.facets[name].values if name in answer.facets else ()
        options = [Option(one.value, one.label, (name, one.value) in pairs, f"{one.n:,}") for one in found]
        known = {option.value for option in options}
        gone = sorted(value for key, value in pairs if key == name and value not in known)
        options += [Option(value, value, chosen=True, count_words="0") for value in gone]
        menus.append(FacetMenu(name, words, tuple(options)))
    return tuple(menus)
