from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import mapfiles


class Command(BaseCommand):
    help = (
        "Check a raster MBTiles or PMTiles file and copy it into the folder of maps (WHENCE_MAPS_DIR), where "
        "every visitor can choose it on the maps. What is not given is taken from the file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--name", default="", help="its name in addresses (default: that of the file)")
        parser.add_argument("--title", default="", help="what the list of maps calls it")
        parser.add_argument("--attribution", default="", help="whom to credit on the map: plain text")
        parser.add_argument(
            "--year", default="", help="of what it shows, printed as written: 1890, about 1890"
        )
        role = parser.add_mutually_exclusive_group()
        role.add_argument(
            "--basemap", dest="role", action="store_const", const=mapfiles.Role.BASEMAP, help="the ground"
        )
        role.add_argument(
            "--overlay",
            dest="role",
            action="store_const",
            const=mapfiles.Role.OVERLAY,
            help="over the ground",
        )
        parser.add_argument("--link", action="store_true", help="link to the file where it lies, do not copy")
        parser.add_argument("--replace", action="store_true", help="in place of the map of that name")

    def handle(self, *, file: Path, name: str, link: bool, replace: bool, **options: Any) -> None:
        note = mapfiles.Note(
            title=options["title"].strip(),
            attribution=options["attribution"].strip(),
            year=options["year"].strip(),
            role=options["role"],
        )
        try:
            added = mapfiles.add_map(source=file, name=name, note=note, link=link, replace=replace)
        except mapfiles.MapFileError as error:
            raise CommandError(f"{file.name}: {error}") from error
        self.stdout.write(
            f"{added.slug}: {added.role} “{added.title}”, zoom {added.facts.min_zoom} to "
            f"{added.facts.max_zoom}, now in {added.path.parent}"
        )
