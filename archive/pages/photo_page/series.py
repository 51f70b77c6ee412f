"""The series a photo belongs to: where it stands there, and the steps along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from archive.pages.photo_page import links
from archive.pages.photo_page.case_context import SeriesLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.evidence.placing import PlaceInSeries


def series_lines(found: Sequence[PlaceInSeries]) -> tuple[SeriesLine, ...]:
    return tuple(
        SeriesLine(
            title=one.title,
            address=links.address("series", one.series),
            position=f"Picture {one.position} of {one.total} of the series",
            previous=reverse("photo", args=[one.previous]) if one.previous else "",
            next=reverse("photo", args=[one.next]) if one.next else "",
        )
        for one in found
    )
