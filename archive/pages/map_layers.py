"""The choice of maps that a map on a page offers: nothing at all where the folder of maps holds none."""

from __future__ import annotations

import json

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive import mapfiles


def map_layers() -> SafeString:
    """Return what to put inside `<photo-map>` or `<place-map>`; see static/js/elements/map-layers.js."""
    maps = [_told(one) for one in mapfiles.listing().maps]
    if not maps:
        return SafeString()
    return format_html(
        '<link rel="stylesheet" href="{}"><map-layers maps="{}"></map-layers>',
        static("css/pages/map-layers.css"),
        json.dumps(maps, ensure_ascii=False, separators=(",", ":")),
    )


def _told(one: mapfiles.MapFile) -> dict[str, object]:
    bounds = one.facts.bounds
    return {
        "slug": one.slug,
        "title": one.title,
        "year": one.note.year,
        "role": one.role,
        "attribution": one.attribution,
        "tiles": reverse("map-tile", args=[one.slug, one.version, 0, 0, 0]).removesuffix("0/0/0")
        + "{z}/{x}/{y}",
        "bounds": [bounds.west, bounds.south, bounds.east, bounds.north],
        "zooms": [one.facts.min_zoom, one.facts.max_zoom],
    }
