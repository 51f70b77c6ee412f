"""What the file says, tag by tag, less what only insiders may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from archive.pages.photo_page.context import ProblemNote, StatementLine
from archive.pages.wording import files
from archive.pages.wording.problems import explain

# What tells one device, its owner or his computer from all others; a source may be found by it.
_TELLING = re.compile(r"serial|owner|hostcomputer|host|deviceid|uniqueid|sticker", re.IGNORECASE)
_TELLING_FACTS = frozenset({"serial", "lens_serial", "owner", "host"})
_OF_DATES = frozenset({"taken", "taken_offset", "gps_time_utc"})
_DATE_CODES = ("date_", "gps_time", "gps_week")
_SHORTEST_SECRET = 4  # a serial number of "0" or "123" is in every second raw text


def statements(reading: Mapping[str, Any], *, inside: bool) -> tuple[tuple[StatementLine, ...], int]:
    """Return the statements this viewer may read and how many are withheld."""
    every = [
        StatementLine(_plain(said["fact"]), said["tag"], said["raw"])
        for said in reading.get("statements", [])
    ]
    if inside:
        return tuple(every), 0
    secrets = telling_values(reading)
    shown = tuple(
        line
        for line, said in zip(every, reading.get("statements", []), strict=True)
        if not is_telling(said) and not any(secret in line.raw for secret in secrets)
    )
    return shown, len(every) - len(shown)


def is_telling(said: Mapping[str, str]) -> bool:
    return said["fact"] in _TELLING_FACTS or _TELLING.search(said["tag"]) is not None


def telling_values(reading: Mapping[str, Any]) -> frozenset[str]:
    """The values of telling statements, which must not slip out by another tag either."""
    values = {said["raw"].strip() for said in reading.get("statements", []) if is_telling(said)}
    values.add(str(reading.get("serial") or "").strip())
    return frozenset(value for value in values if len(value) >= _SHORTEST_SECRET)


def problems(reading: Mapping[str, Any], *, inside: bool) -> tuple[ProblemNote, ...]:
    secrets = frozenset() if inside else telling_values(reading)
    notes = []
    for problem in reading.get("problems", []):
        explained = explain(problem["code"])
        told = problem["message"]
        notes.append(
            ProblemNote(
                title=explained.title if explained else _plain(problem["code"]),
                meaning=explained.meaning if explained else "",
                innocent=explained.innocent if explained else "",
                tag=problem["tag"],
                said="" if any(secret in told for secret in secrets) else told,
                code=problem["code"],
            )
        )
    return tuple(notes)


def troubles(reading: Mapping[str, Any], question: Literal["place", "date"]) -> tuple[str, ...]:
    """Name the problems that bear on a question, to be told beside its answer."""
    found = []
    for problem in reading.get("problems", []):
        explained = explain(problem["code"])
        on_date = problem.get("fact") in _OF_DATES or problem["code"].startswith(_DATE_CODES)
        on_place = problem.get("fact") == "place" or problem["code"].startswith("gps_")
        if explained and (on_date if question == "date" else on_place and not on_date):
            found.append(explained.title)
    return tuple(dict.fromkeys(found))


def camera(reading: Mapping[str, Any], *, inside: bool) -> tuple[tuple[str, str], ...]:
    """Device, lens and settings as label and value, absent ones left out."""
    device = " ".join(str(reading[key]) for key in ("make", "model") if reading.get(key))
    focal = reading.get("focal_length_mm")
    full_frame = reading.get("focal_length_35mm")
    lengths = [f"{focal:g} mm"] if focal else []
    lengths += [f"as {full_frame:g} mm on 35 mm film"] if full_frame else []
    exposure = [files.exposure(reading["exposure_s"])] if reading.get("exposure_s") else []
    exposure += [f"f/{reading['aperture']:g}"] if reading.get("aperture") else []
    exposure += [f"ISO {reading['iso']}"] if reading.get("iso") else []
    flash = {True: "fired", False: "did not fire"}.get(reading.get("flash_fired") or False)
    rows = (
        ("Camera", device),
        ("Lens", str(reading.get("lens") or "")),
        ("Focal length", ", ".join(lengths)),
        ("Exposure", " · ".join(exposure)),
        ("Flash", flash if reading.get("flash_fired") is not None else ""),
        ("Software", str(reading.get("software") or "")),
        ("Serial number", str(reading.get("serial") or "") if inside else ""),
    )
    return tuple((label, value) for label, value in rows if value)


def _plain(name: str) -> str:
    return name.replace("_", " ")
