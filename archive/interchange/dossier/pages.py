"""The report as HTML files that need nothing from anywhere: one for each photo, and a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.template.loader import render_to_string

from archive.interchange.dossier.told import Cover, Entry, PhotoTold

STYLE: Final = "report.css"
COVER: Final = "report.html"


def photo_page(photo: PhotoTold) -> str:
    return render_to_string("dossier/report/photo.html", {"photo": photo, "cover": f"../{COVER}"})


def cover_page(cover: Cover, entries: Sequence[Entry]) -> str:
    return render_to_string("dossier/report/cover.html", {"cover": cover, "entries": entries})
