"""The report as PDF, set by Typst on this machine from data alone: what people wrote is never markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import typst

from archive.interchange.dossier.told import Cover, PhotoTold

NAME: Final = "report.pdf"
MOST_LARGE: Final = 40
"""Up to so many photos their pictures are printed large; more would make a file that no mail takes."""


def write(cover: Cover, photos: Sequence[PhotoTold], folder: Path) -> None:
    """Write report.pdf beside the pictures that it shows.

    The fonts are those that come with Typst; for scripts they lack, the machine's own. Typst fetches packages
    only where a document names them, and ours names none.
    """
    small = len(photos) > MOST_LARGE
    printed = [_printed(photo, small=small) for photo in photos]
    data = {"cover": asdict(cover), "photos": [asdict(photo) for photo in printed]}
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        (room / "pictures").mkdir()
        for photo in printed:
            if photo.picture:
                shutil.copyfile(folder / photo.picture, room / photo.picture)
        (room / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        source = resources.files(__package__).joinpath("report.typ").read_text(encoding="utf-8")
        (room / "report.typ").write_text(source, encoding="utf-8")
        typst.compile(
            str(room / "report.typ"), output=str(folder / NAME), root=str(room), font_paths=_fonts()
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def _printed(photo: PhotoTold, *, small: bool) -> PhotoTold:
    if not (small and photo.picture):
        return photo
    return replace(photo, picture=photo.picture.removesuffix(".jpg") + "-small.jpg")
