"""What a measured shadow says, in sentences, from the facts kept with its finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from archive.checks import shadow_geometry as geometry
from archive.checks.shadow_measurement import Measurement

MOST_TOLD = 4
_CANNOT = {
    "unusable": "The measurement cannot be used: {why}",
    "no_size": "The size of the picture is not known, so nothing can be measured in it.",
    "straight_down": "Seen from straight above, an upright object shows no height, so the length of its "
    "shadow has nothing to be compared with.",
    "not_level": "The ground under the shadow is not stated to be level: on a slope the same sun throws a "
    "longer or a shorter shadow.",
    "no_place": "The place is not stated, and how high the sun stands depends on it.",
    "no_camera": "No camera as it is stated, or assumed, can have seen these points so: a point of the "
    "ground lies above the horizon, or the top below the foot. Check the points, the tilt and the angle of "
    "view.",
    "too_wide": "The sun may have stood anywhere from {height}: too wide to tell anything. State how far the "
    "camera was tilted down, and its angle of view.",
    "too_long": "The date is open over more than {most_years} years, too long to list. Narrow the date "
    "first.",
}


def words(facts: Mapping[str, Any]) -> str:
    """Make the sentence of any outcome from the facts of the finding."""
    case = facts["case"]
    if case in _CANNOT:
        return _CANNOT[case].format(
            why=facts.get("why", ""), height=_height(facts), most_years=facts.get("most_years", "")
        )
    return f"By its shadow the sun stood {_height(facts)} high{_side(facts)}. {_against_date(facts)}"


def _against_date(facts: Mapping[str, Any]) -> str:
    heights = facts.get("heights")
    match facts["case"]:
        case "never":
            return "It never stands so at this place."
        case "undated":
            return f"No date is settled to compare this with. In any year that is {_windows(facts)}."
        case "fits" if heights:
            return f"At the settled date it stood {_range(*heights)} high, which fits."
        case "fits":
            return f"Within the settled date that fits {_years(facts)}{_windows(facts)}."
        case _ if heights:
            return f"At the settled date it stood {_range(*heights)} high{_wrong_side(facts)}."
        case _:
            return "At no time within the settled date did it stand so."


def assumptions(measurement: Measurement) -> tuple[str, ...]:
    """What must hold for the answer to hold, each in a sentence."""
    place, north = measurement.place, measurement.north_deg
    said = [
        _standing(),
        f"Each point is set within {geometry.CLICK_ERROR * 100:g} % of the picture's height.",
        "The camera was not tilted sideways, and the picture is not cropped.",
        _tilt(measurement.pitch_deg),
        _field(measurement.fov_deg),
    ]
    if north is None:
        said.append("North is not stated, so the side the light came from was not used.")
    else:
        give = f"within {geometry.NORTH_ERROR_DEG:g}°"
        said.append(f"North lies {north:g}° clockwise from the picture's top, as stated, {give}.")
    if place is not None:
        within = f", within {place.radius_m:g} m" if place.radius_m else ""
        said.append(f"The place is {place.latitude:.4f}, {place.longitude:.4f}, as stated{within}.")
    return tuple(said)


def _standing() -> str:
    give = f"{geometry.STANDING_ERROR_DEG:g}°"
    return f"The object stands upright on level ground, within {give} with the sun's own width."


def _tilt(pitch: float | None) -> str:
    if pitch is None:
        tried = geometry.ASSUMED_PITCHES
        return (
            f"The camera's tilt is not stated: {tried[0]:g}° to {tried[-1]:g}° below the horizon were tried."
        )
    way = "below" if pitch >= 0 else "above"
    give = f"within {geometry.PITCH_ERROR_DEG:g}°"
    return f"The camera looked {abs(pitch):g}° {way} the horizon, as stated, {give}."


def _field(field: float | None) -> str:
    if field is None:
        tried = geometry.ASSUMED_FIELDS
        return (
            f"The angle of view is not stated: {tried[0]:g}° to {tried[-1]:g}° from top to bottom were tried."
        )
    give = f"within {geometry.FIELD_ERROR * 100:g} %"
    return f"The angle of view from top to bottom is {field:g}°, as stated, {give}."


def _height(facts: Mapping[str, Any]) -> str:
    return _range(*facts["height"]) if facts.get("height") else ""


def _range(low: float, high: float) -> str:
    return f"{low:.0f}°" if round(low) == round(high) else f"{low:.0f}° to {high:.0f}°"


def _side(facts: Mapping[str, Any]) -> str:
    if not facts.get("azimuth"):
        return ""
    low, high = facts["azimuth"]
    return f" and shone from {low % 360:.0f}° to {high % 360:.0f}° of the compass"


def _wrong_side(facts: Mapping[str, Any]) -> str:
    """When the height alone would fit, it is the side that does not."""
    low, high = facts["heights"]
    overlap = low <= facts["height"][1] and high >= facts["height"][0]
    return ", but shone from another side whenever the height fits" if overlap and facts["azimuth"] else ""


def _years(facts: Mapping[str, Any]) -> str:
    first, last = facts["years"]
    if first == last:
        return ""
    return f"in {facts['count']} windows of the years {first} to {last}; in {facts['shown_year']} "


def _windows(facts: Mapping[str, Any]) -> str:
    shown = facts["windows"]
    alone = facts["case"] == "fits" and facts["years"][0] == facts["years"][1]
    parts = [_window(window, year=alone) for window in shown[:MOST_TOLD]]
    if len(shown) > MOST_TOLD:
        parts.append(f"{len(shown) - MOST_TOLD} more")
    listed = ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]
    clock = "UTC" if facts["clock"] == "UTC" else f"local clock, {facts['clock']}"
    return f"{listed} ({clock})"


def _window(window: Mapping[str, Any], *, year: bool) -> str:
    first, last = (date.fromisoformat(window[end]) for end in ("first", "last"))
    start, end = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in window["clock"])
    return f"{_day(first, year=False)} to {_day(last, year=year)} between {start} and {end}"


def _day(day: date, *, year: bool) -> str:
    return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")
