from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.catalogue.models import Photo
from archive.evidence.settling import resettle

_SHOWN_EVERY = 50


class Command(BaseCommand):
    help = (
        "Settle photos anew from their claims and verdicts, with index and search words: after the rules or "
        "the time zone data have changed. Running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("photos", nargs="*", metavar="PHOTO_ID", help="as in the photo's address")
        parser.add_argument("--all", action="store_true", help="every photo of the archive")
        parser.add_argument("--json", action="store_true", help="the outcome as one JSON object")

    def handle(self, *, photos: list[str], **options: Any) -> None:
        if bool(photos) == options["all"]:
            raise CommandError("say which photos: --all, or their ids")
        wanted = Photo.objects.order_by("pk")
        if photos:
            wanted = wanted.filter(public_id__in=photos)
            missing = set(photos) - set(wanted.values_list("public_id", flat=True))
            if missing:
                raise CommandError(f"no such photo: {', '.join(sorted(missing))}")
        bar = sys.stderr.isatty() and not options["json"]
        count = changed = 0
        for photo in wanted.iterator(chunk_size=200):
            before = _answers(photo)
            changed += _answers(resettle(photo)) != before
            count += 1
            if bar and count % _SHOWN_EVERY == 0:
                sys.stderr.write(f"\r{count} photos settled")
        if bar and count:
            sys.stderr.write("\n")
        told = {"photos": count, "changed": changed}
        words = f"{count} photos settled, {changed} with another answer than before"
        self.stdout.write(json.dumps(told) if options["json"] else words)


def _answers(photo: Photo) -> list[Any]:
    return [photo.settled_place, photo.settled_time, photo.settled_facets, photo.settled_public]
