"""Taking a map file into the folder of maps: checked first, and there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from archive.mapfiles import register
from archive.mapfiles.errors import MapFileError
from archive.mapfiles.note import Note, note_path, note_text, read_note
from archive.mapfiles.register import SUFFIXES, MapFile


def add_map(
    *, source: Path, name: str = "", note: Note, link: bool = False, replace: bool = False
) -> MapFile:
    """Copy `source` into the folder of maps (or link to it there) with a note beside it.

    `name` becomes its name in addresses, else the file's own does. Raises MapFileError, and then nothing has
    changed, for a file that cannot be shown and, without `replace`, for a name that is taken.
    """
    if not source.is_file():
        raise MapFileError(f"there is no file {source}: check the path")
    facts = register.read_facts(source)
    slug = register.slug_of(name or source.stem)
    target = register.folder() / f"{slug}{SUFFIXES[facts.kind]}"
    taken = [path for path in (target.with_suffix(suffix) for suffix in SUFFIXES.values()) if _there(path)]
    if taken and not replace:
        raise MapFileError(f"{taken[0].name} is there already: give another --name, or --replace it")
    if any(path.exists() and path.samefile(source) for path in taken):
        raise MapFileError(f"{source} is in the folder of maps already: edit its note {slug}.json instead")
    half = target.with_name(f".{slug}-{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _place(source.resolve(), half, link=link)
        _write_note(note_path(target), note)
        half.replace(target)
        for path in taken:
            if path != target:
                path.unlink()
    except OSError as error:
        raise MapFileError(
            f"{target} cannot be written ({error.strerror}): make room and try again"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink()
    return _added(slug)


def _there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _place(source: Path, half: Path, *, link: bool) -> None:
    if link:
        half.symlink_to(source)
        return
    with source.open("rb") as given, half.open("xb") as kept:
        shutil.copyfileobj(given, kept, 1 << 20)
        kept.flush()
        os.fsync(kept.fileno())


def _write_note(path: Path, note: Note) -> None:
    if note == Note():
        path.unlink(missing_ok=True)
        return
    half = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        half.write_text(note_text(note), encoding="utf-8")
        read_note(half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _added(slug: str) -> MapFile:
    found = register.find(slug)
    if found is None:
        told = [one.words for one in register.listing().problems if Path(one.name).stem == slug]
        raise MapFileError(told[0] if told else f"{slug} is there but cannot be read: see manage.py maps")
    return found
