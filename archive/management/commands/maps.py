from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat

from archive import mapfiles


class Command(BaseCommand):
    help = (
        "List the map files that visitors can choose on the maps (WHENCE_MAPS_DIR). What is wrong with a "
        "file is one line on stderr; exit status 1 when there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line, problems included")

    def handle(self, **options: Any) -> None:
        found = mapfiles.listing()
        for one in found.maps:
            self.stdout.write(json.dumps(_told(one)) if options["json"] else _line(one))
        if not found.maps and not options["json"]:
            self.stdout.write(f"no maps in {mapfiles.folder()}: add one with manage.py add_map FILE")
        for problem in found.problems:
            if options["json"]:
                self.stdout.write(json.dumps({"file": problem.name, "problem": problem.words}))
            else:
                self.stderr.write(f"{problem.name}: {problem.words}")
        if found.problems:
            raise SystemExit(1)


def _told(one: mapfiles.MapFile) -> dict[str, Any]:
    bounds = one.facts.bounds
    return {
        "name": one.slug,
        "title": one.title,
        "year": one.note.year,
        "role": one.role,
        "attribution": one.attribution,
        "file": one.path.name,
        "format": one.facts.kind,
        "tiles": one.facts.media_type,
        "zoom": [one.facts.min_zoom, one.facts.max_zoom],
        "bounds": [bounds.west, bounds.south, bounds.east, bounds.north],
        "bytes": one.byte_count,
        "version": one.version,
    }


def _line(one: mapfiles.MapFile) -> str:
    bounds = one.facts.bounds
    year = f" ({one.note.year})" if one.note.year else ""
    return (
        f"{one.slug}: {one.role} “{one.title}”{year}, {one.facts.kind} of {one.facts.media_type}, "
        f"zoom {one.facts.min_zoom} to {one.facts.max_zoom}, "
        f"{bounds.west:.4f},{bounds.south:.4f},{bounds.east:.4f},{bounds.north:.4f}, "
        f"{filesizeformat(one.byte_count)}"
    ).replace("\xa0", " ")
