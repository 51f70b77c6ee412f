from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from archive.access import rights
from archive.atlas.chosen import ids_of
from archive.desk.errors import DeskError
from archive.desk.freezing import MOST_FROZEN, freeze
from archive.values.selection import SelectionError, parse_selection, unknown_parameters


class Command(BaseCommand):
    help = (
        "Freeze a view as everybody sees it into a list that can be cited, and print its address and its "
        "SHA-256. QUERY is the query string of a view, such as 'collection=border&from=2020'; '' is every "
        "photo. The same view frozen again on the same day is the list that is there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument("--site", default="", help="address of the archive, to print in full")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, query: str, site: str, **options: Any) -> None:
        everybody = AnonymousUser()
        unknown = unknown_parameters(query)
        if unknown:
            raise CommandError(f"there is no parameter {', '.join(unknown)}")
        try:
            selection = parse_selection(query)
            ids = ids_of(rights.scope(everybody), selection, most=MOST_FROZEN + 1)
            frozen = freeze(ids=ids, query=selection.query(), by=everybody)
        except (DeskError, SelectionError) as error:
            raise CommandError(str(error)) from error
        address = f"{site.rstrip('/')}{reverse('selection', args=[frozen.public_id])}"
        if options["json"]:
            told = {"address": address, "sha256": frozen.sha256, "photos": frozen.photos}
            self.stdout.write(json.dumps({**told, "query": frozen.query, "day": str(frozen.day)}))
            return
        self.stdout.write(address)
        self.stdout.write(f"SHA-256 {frozen.sha256}")
        self.stdout.write(f"{frozen.photos} photos")
