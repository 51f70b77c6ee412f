"""The sentences and steps around the list, as js/lib/explore-words.js says them once the script runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.pages.exploring.context import FacetMenu, Headline, Link, Option, YearLink
from archive.pages.exploring.place_words import (
    PLACE_FILTERS,
    USUAL_REACH_M,
    filter_words,
    metres_text,
    place_of,
)
from archive.values.selection import Selection, Sort, Sure

if TYPE_CHECKING:
    from archive.atlas.answers import Answer

ORDERS = {
    Sort.OLDEST: "oldest first",
    Sort.NEWEST: "newest first",
    Sort.ADDED_LAST: "last added first",
    Sort.ADDED_FIRST: "first added first",
}
FACETS = {"collection": "Collection", "status": "Status", "licence": "Rights", "device": "Camera"}
_CHIPS = {"bbox": "Area: this map", "undated": "No date", "unplaced": "No location"}
UNOBSTRUCTED = "Nobody has checked whether something stands in the way."


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
    notes = sight_notes(answer, selection)
    return Headline(count_words(answer.total), f"{answer.might:,}", tuple(parts), tuple(lines), notes)


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
        elif name in PLACE_FILTERS:
            address = explore_address(selection.without(name).query())
            chips.append(Link(filter_words(name, value), address, json.dumps({name: ""})))
    return tuple(chips)


def sight_notes(answer: Answer, selection: Selection) -> tuple[str, ...]:
    """Say of photos that look at a point what the number rests on, and what it does not."""
    asked = dict(selection.pairs()).get("sees")
    if asked is None or answer.within_reach is None or answer.directed is None:
        return ()
    one = answer.total == 1
    look = (
        ("looks or might look" if one else "look or might look")
        if selection.sure is Sure.POSSIBLY
        else ("looks" if one else "look")
    )
    reach = metres_text(place_of(asked).radius_m or USUAL_REACH_M)
    known = f"{answer.directed:,} of {count_words(answer.within_reach)} taken within {reach}"
    return (
        f"{count_words(answer.total)} {look} at this point; {known} say which way they looked.",
        UNOBSTRUCTED,
    )


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


def years_of(answer: Answer, selection: Selection) -> tuple[YearLink, ...]:
    """List the years that hold photos whole, the latest first; the one that is set gives all dates back."""
    found = answer.facets["year"].values if "year" in answer.facets else ()
    links = []
    for year in sorted(found, key=lambda one: one.value, reverse=True):
        chosen = selection.since == selection.until == year.value
        dates = {"from": "", "to": ""} if chosen else {"from": year.value, "to": year.value}
        wider = selection.without("undated", "time")
        address = explore_address(wider.plus(**dates).query())
        links.append(YearLink(year.label, address, json.dumps(dates), f"{year.n:,}", chosen))
    return tuple(links)
