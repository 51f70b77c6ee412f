"""Latitude and longitude as people write them.

Read are decimal degrees, degrees and minutes, degrees, minutes and seconds, each with a sign or a hemisphere
letter before or after, decimal points or (when both numbers have one) decimal commas, and `geo:` URIs
(RFC 5870: latitude first, `u=` is the uncertainty in metres, WGS 84 is the only system we know).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from archive.values.place import Place

LONGEST_TEXT = 120
EXAMPLE = "for example 39.0194, 125.7381 or 39°01′10″N 125°44′17″E"

_SAME = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°", "’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "″": '"'}
)
_NUMBER = r"\d{1,3}(?:\.\d{1,15})?"
_ANGLE = re.compile(
    rf"""(?P<before>[NSEW])?\s*(?P<sign>[-+])?\s*
    (?P<degrees>{_NUMBER})\s*(?:°|DEG|D)?
    (?:\s*(?P<minutes>{_NUMBER})\s*(?:'|MIN|M)?
       (?:\s*(?P<seconds>{_NUMBER})\s*(?:"|''|SEC|S(?=\s*[NSEW]))?)?
    )?\s*(?P<after>[NSEW])?""",
    re.VERBOSE,
)
_CUT = re.compile(r"\s+|(?<=[NSEW])(?=[-+\d])|(?=[NSEW]\s*\d)")
_GEO = re.compile(r"geo:([^,;?]+),([^,;?]+)(?:,[^;?]*)?((?:;[^?]*)?)(?:\?.*)?", re.IGNORECASE)


class CoordinatesError(ValueError):
    """The text is no pair of coordinates; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class _Angle:
    value: float
    hemisphere: str
    components: int

    @property
    def is_longitude(self) -> bool:
        return self.hemisphere in {"E", "W"}


def parse_coordinates(text: str) -> Place:
    """Return the place; `radius_m` only where a `geo:` URI states `u=`. Raises `CoordinatesError`."""
    text = text.strip()
    if not text:
        raise CoordinatesError(f"Write latitude and longitude, {EXAMPLE}.")
    if len(text) > LONGEST_TEXT:
        raise CoordinatesError(f"This is too long for one pair of coordinates. Write them {EXAMPLE}.")
    if text[:4].lower() == "geo:":
        return _geo_uri(text)
    first, second = _two_angles(_plain(text))
    if first.hemisphere and first.is_longitude == second.is_longitude:
        raise CoordinatesError("Give one N or S and one E or W, or no letters at all.")
    return _place(second.value, first.value) if first.is_longitude else _place(first.value, second.value)


def decimal_text(place: Place) -> str:
    """Six decimals (0.11 m) at most, so that what a person typed is what they see again."""
    return f"{_short(place.latitude)}, {_short(place.longitude)}"


def _short(degrees: float) -> str:
    text = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(text: str) -> str:
    plain = text.translate(_SAME).upper().strip("() ")
    if "." not in plain and len(re.findall(r"\d,\d", plain)) == 2:
        plain = re.sub(r"(\d),(\d)", r"\1.\2", plain)
    return plain


def _two_angles(text: str) -> tuple[_Angle, _Angle]:
    """Cut where both sides read as an angle; without letters both must have as many parts."""
    marks = [match.span() for match in re.finditer(r"\s*[,;/]\s*", text)]
    if len(marks) > 1:
        raise CoordinatesError(f"More than two numbers. Write latitude and longitude, {EXAMPLE}.")
    found = [
        (first, second)
        for start, end in marks or [match.span() for match in _CUT.finditer(text)]
        if (first := _angle(text[:start])) is not None and (second := _angle(text[end:])) is not None
    ]
    lettered = [pair for pair in found if pair[0].hemisphere and pair[1].hemisphere]
    alike = lettered or [pair for pair in found if pair[0].components == pair[1].components]
    if not alike:
        raise CoordinatesError(f"These are not two coordinates. Write latitude and longitude, {EXAMPLE}.")
    if any(bool(first.hemisphere) != bool(second.hemisphere) for first, second in alike):
        raise CoordinatesError("Give one N or S and one E or W, or no letters at all.")
    if any(one != other for one, other in pairwise(alike)):
        raise CoordinatesError(f"This can be read in two ways. Write latitude and longitude, {EXAMPLE}.")
    return alike[0]


def _angle(text: str) -> _Angle | None:
    match = _ANGLE.fullmatch(text.strip())
    if match is None or (match["before"] and match["after"]):
        return None
    parts = [float(match[name]) for name in ("degrees", "minutes", "seconds") if match[name]]
    hemisphere = match["before"] or match["after"] or ""
    whole = [match[name] for name in ("degrees", "minutes", "seconds") if match[name]][:-1]
    if any("." in part for part in whole) or any(part >= 60 for part in parts[1:]):
        return None
    if match["sign"] and hemisphere:
        return None
    value = sum(part / 60**power for power, part in enumerate(parts))
    negative = match["sign"] == "-" or hemisphere in {"S", "W"}
    return _Angle(-value if negative else value, hemisphere, len(parts))


def _place(latitude: float, longitude: float, radius_m: float | None = None) -> Place:
    if abs(latitude) > 90:
        hint = (
            " If longitude comes first, write the letters E or W and N or S." if abs(longitude) <= 90 else ""
        )
        raise CoordinatesError(f"Latitude {_short(latitude)} is beyond 90°.{hint}")
    if abs(longitude) > 180:
        raise CoordinatesError(f"Longitude {_short(longitude)} is beyond 180°.")
    return Place(latitude + 0.0, longitude + 0.0, radius_m)


def _geo_uri(text: str) -> Place:
    match = _GEO.fullmatch(text)
    if match is None:
        raise CoordinatesError("A geo: address reads geo:39.0194,125.7381 or geo:39.0194,125.7381;u=35.")
    options = dict(part.partition("=")[::2] for part in match[3].lower().split(";") if part)
    if options.get("crs", "wgs84") != "wgs84":
        raise CoordinatesError(f"Only WGS 84 coordinates can be read, not {options['crs']}.")
    numbers = [match[1], match[2], options.get("u", "0")]
    if not all(re.fullmatch(r"-?\d{1,9}(?:\.\d{1,15})?", number) for number in numbers):
        raise CoordinatesError("A geo: address reads geo:39.0194,125.7381 or geo:39.0194,125.7381;u=35.")
    latitude, longitude, radius = map(float, numbers)
    if radius < 0:
        raise CoordinatesError("The uncertainty u= of a geo: address cannot be negative.")
    return _place(latitude, longitude, radius if "u" in options else None)
