from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import vault
from archive.catalogue.models import Collection, Photo
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Series
from archive.evidence.targets import Target
from archive.interchange.autoarchiver import apply, keep, match, read_bundle
from archive.values.readership import Readership


class Command(BaseCommand):
    help = (
        "Import what an auto-archiver wrote: results as CSV or JSON, with WACZ files. Pages are matched with "
        "photos whose bytes they kept, the rest with the series or photo named; they become sources, "
        "appearances and claims. Importing the same again adds nothing. Exit status 1 for an unreadable file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--collection", required=True, metavar="SLUG")
        parser.add_argument("--as", dest="user", required=True, metavar="USER", help="who imports")
        about = parser.add_mutually_exclusive_group()
        about.add_argument("--series", metavar="ID", help="what pages without matching bytes are about")
        about.add_argument("--photo", metavar="ID", help="the same, one photo")
        parser.add_argument("--public", action="store_true", help="for everyone (default: for members)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be matched, and stop")
        parser.add_argument("--json", action="store_true", help="the outcome as one JSON object")

    def handle(self, *, paths: list[Path], collection: str, user: str, **options: Any) -> None:
        by = User.objects.filter(username=user).first()
        into = Collection.objects.filter(slug=collection).first()
        if by is None or into is None:
            raise CommandError(f"there is no account {user}" if by is None else f"no collection {collection}")
        chosen = self._chosen(into, options["series"], options["photo"])
        kept = []
        for path in paths:
            try:
                with path.open("rb") as stream:
                    kept.append(keep(stream, path.name, collection=into, by=by))
            except (OSError, EvidenceError, vault.VaultError) as error:
                raise CommandError(f"{path}: {error}") from error
        bundle = read_bundle(kept)
        matched = match(bundle.records, into, chosen)
        told: dict[str, Any] = {"pages": len(matched), "unmatched": sum(not one.targets for one in matched)}
        if not options["dry_run"]:
            readers = Readership.PUBLIC if options["public"] else Readership.MEMBERS
            done = apply(matched, collection=into, by=by, archives=bundle.archives, readership=readers)
            told |= {
                "appearances": done.appearances,
                "claims": done.claims,
                "here_already": done.here_already,
            }
        words = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in told.items())
        self.stdout.write(json.dumps(told) if options["json"] else words)
        for problem in bundle.problems:
            self.stderr.write(problem)
        if bundle.problems:
            raise SystemExit(1)

    def _chosen(self, collection: Collection, series: str | None, photo: str | None) -> Target | None:
        found: Target | None = None
        if series:
            found = Series.objects.filter(collection=collection, public_id=series).first()
        elif photo:
            found = Photo.objects.filter(collection=collection, public_id=photo).first()
        if (series or photo) and found is None:
            raise CommandError(f"{series or photo} is no series or photo of {collection.slug}")
        return found
