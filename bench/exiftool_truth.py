"""Answers of `inspect` held against ExifTool's, cell by cell.

The truth file maps a relative path to ExifTool's `-n` values: lat, lon (or the hand-checked lat_corrected,
lon_corrected), alt, img_direction, hpositioning_error, orientation, datetime_original, gps_datetime,
offset_time, make, model, and format.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TAKEN_FORMATS = frozenset(
    ("JPEG", "MPO", "PNG", "TIFF", "WEBP", "Extended WEBP", "HEIC", "HEIF", "AVIF", "XMP")
)
TOLERANCES = {
    "latitude": 2e-6,
    "longitude": 2e-6,
    "altitude_m": 0.06,
    "direction_deg": 0.02,
    "accuracy_m": 0.02,
}
FIELDS = (*TOLERANCES, "orientation", "taken_local", "gps_time_utc", "taken_offset", "make", "model")
OUTCOMES = ("exact", "wrong", "missing", "extra")
_CLOCK = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one file that the truth or the answer has a value for."""

    name: str
    field: str
    outcome: str
    want: object
    have: object


def load(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of FOLDER/expected.json whose formats the archive takes."""
    entries = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return {name: entry for name, entry in entries.items() if entry["format"] in TAKEN_FORMATS}


def compare(truth: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Mapping[str, Any]]) -> list[Cell]:
    """Return every cell; files without an answer raise KeyError."""
    cells = []
    for name, entry in truth.items():
        wanted = _wanted(entry)
        for field in FIELDS:
            want, have = wanted[field], _comparable(field, answers[name][field])
            outcome = _outcome(field, want, have)
            if outcome:
                cells.append(Cell(name, field, outcome, want, have))
    return cells


def table(cells: Iterable[Cell]) -> str:
    """Return exact, wrong, missing and extra by field, and the share of exact cells."""
    tally = Counter((cell.field, cell.outcome) for cell in cells)
    rows = [f"{'field':14}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES)]
    rows += [
        f"{field:14}" + "".join(f"{tally[field, outcome]:>9}" for outcome in OUTCOMES) for field in FIELDS
    ]
    totals = {outcome: sum(tally[field, outcome] for field in FIELDS) for outcome in OUTCOMES}
    rows.append(f"{'all':14}" + "".join(f"{totals[outcome]:>9}" for outcome in OUTCOMES))
    asked = totals["exact"] + totals["wrong"] + totals["missing"]
    rows.append(
        f"exact {totals['exact'] / max(1, asked):.2%}, wrong {totals['wrong'] / max(1, asked):.2%} of {asked}"
    )
    return "\n".join(rows)


def _wanted(entry: Mapping[str, Any]) -> dict[str, Any]:
    latitude = _number(entry.get("lat_corrected", entry["lat"]))
    longitude = _number(entry.get("lon_corrected", entry["lon"]))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        latitude = longitude = None  # an impossible place is none
    return {
        "latitude": latitude,
        "longitude": longitude,
        "altitude_m": _number(entry["alt"]),
        "direction_deg": _number(entry["img_direction"]),
        "accuracy_m": _number(entry["hpositioning_error"]),
        "orientation": entry["orientation"] or 1,  # 0 and nothing are both shown upright
        "taken_local": _clock(entry["datetime_original"]),
        "gps_time_utc": _clock(entry["gps_datetime"]),
        "taken_offset": _zulu(entry["offset_time"]),
        "make": _text(entry["make"]),
        "model": _text(entry["model"]),
    }


def _comparable(field: str, have: Any) -> Any:
    if field == "orientation":
        return have or 1
    if field == "gps_time_utc" and have:
        return have.removesuffix("Z")
    if field == "taken_offset":
        return _zulu(have)
    return _text(have) if isinstance(have, str) else have


def _outcome(field: str, want: Any, have: Any) -> str | None:
    if want is None:
        return None if have is None else "extra"
    if have is None:
        return "missing"
    near = field in TOLERANCES and abs(want - have) <= TOLERANCES[field] + (
        abs(want) * 1e-4 if field in ("direction_deg", "accuracy_m") else 0
    )
    return "exact" if near or want == have else "wrong"


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _clock(text: str | None) -> str | None:
    match = _CLOCK.match(text or "")
    if match is None or match[1] == "0000" or "00" in (match[2], match[3]) or match[4] >= "24":
        return None
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}"


def _zulu(text: str | None) -> str | None:
    return "+00:00" if text == "Z" else text


def _text(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None
