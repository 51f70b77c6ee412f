"""What the administrator writes beside a map file: `<name>.json` with title, attribution, year and role."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import LONGEST_ATTRIBUTION, LONGEST_NAME, Role, plain_text

_MOST_BYTES: Final = 64 * 2**10
_LONGEST_YEAR: Final = 40
_FIELDS: Final = {"title", "attribution", "year", "role"}
ROLES: Final = " or ".join(Role)


@dataclass(frozen=True, slots=True)
class Note:
    """Plain text; "" and None leave it to the file. `year` is printed as written: "about 1890"."""

    title: str = ""
    attribution: str = ""
    year: str = ""
    role: Role | None = None


def note_path(map_path: Path) -> Path:
    return map_path.with_suffix(".json")


def read_note(path: Path) -> Note:
    """Read the note of a map file; a missing one says nothing. Raises MapFileError for a wrong one."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return Note()
    except OSError as error:
        raise MapFileError(f"{path.name} cannot be read ({error.strerror}): check who may read it") from error
    if len(data) > _MOST_BYTES:
        raise MapFileError(f"{path.name} is larger than {_MOST_BYTES // 1024} KB: keep it short")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MapFileError(f"{path.name} is no JSON ({error}): correct or remove it") from error
    return _note(path.name, said)


def _note(name: str, said: object) -> Note:
    if not isinstance(said, dict) or not said.keys() <= _FIELDS:
        raise MapFileError(
            f"{name} must be an object with no more than {', '.join(sorted(_FIELDS))}: correct it"
        )
    role = said.get("role") or None
    if role is not None and role not in tuple(Role):
        raise MapFileError(f"{name} gives the role {role!r}: write {ROLES}")
    year = said.get("year")
    return Note(
        title=plain_text(said.get("title"), LONGEST_NAME),
        attribution=plain_text(said.get("attribution"), LONGEST_ATTRIBUTION),
        year=str(year) if type(year) is int else plain_text(year, _LONGEST_YEAR),
        role=None if role is None else Role(role),
    )


def note_text(note: Note) -> str:
    said = {name: value for name, value in asdict(note).items() if value}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
