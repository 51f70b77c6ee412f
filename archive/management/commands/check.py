from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.catalogue.models import Collection, Photo
from archive.checks.models import Outcome
from archive.checks.outcomes import outcomes
from archive.checks.register import BY_CODE
from archive.checks.run import current_findings
from archive.ingest import checking
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.db.models import QuerySet

BAR = 30
NOTHING = "nothing to look at"


class Command(BaseCommand):
    help = (
        "Check photos: clock, dates, sun, speed and the rest, and print how often each came out how. Results "
        "that change keep the old ones beside them. Photos named by their ids also get a sentence for each "
        "finding. Exit status 1 when a check could not be carried out. (Django's own check of settings and "
        "code: --system.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("photos", nargs="*", metavar="PHOTO_ID", help="as in the photo's address")
        parser.add_argument("--all", action="store_true", help="every photo of the archive")
        parser.add_argument("--collection", metavar="SLUG", help="the photos of one collection")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--system", action="store_true", help="Django's system check, nothing else")

    def handle(self, **options: Any) -> None:
        if options["system"]:
            self.check(display_num_errors=True)
            return
        photos = _chosen(options)
        total = photos.count()
        bar = _Bar(total, shown=sys.stderr.isatty() and not options["json"])
        count = checking.check_all(photos, bar.show)
        bar.end()
        if options["photos"]:
            self._sentences(photos, as_json=options["json"])
        failed = self._table(photos, count, as_json=options["json"])
        if failed:
            raise SystemExit(1)

    def _sentences(self, photos: QuerySet[Photo], *, as_json: bool) -> None:
        for photo in photos.order_by("pk"):
            for told in current_findings(photo, list(Readership)):
                row = {
                    "photo": photo.public_id,
                    "check": told.code,
                    "version": told.version,
                    "outcome": told.outcome.value,
                    "sentence": told.sentence,
                    "inputs": [{"name": i.name, "tag": i.tag, "raw": i.raw} for i in told.inputs],
                }
                line = f"{photo.public_id}  {told.title}: {told.outcome_words}. {told.sentence}"
                self.stdout.write(json.dumps(row) if as_json else line)

    def _table(self, photos: QuerySet[Photo], count: int, *, as_json: bool) -> int:
        """Print the outcomes of each check; return how many could not be carried out."""
        table = outcomes(photos)
        width = max(len(check.title) for check in BY_CODE.values())
        if not as_json:
            heads = "".join(f"{outcome.label:>16}" for outcome in Outcome)
            self.stdout.write(f"{count} photos".ljust(width) + heads + f"{NOTHING:>20}")
        failed = 0
        for code, row in table.items():
            failed += row.outcomes.get(Outcome.COULD_NOT_CHECK, 0)
            none = count - row.photos
            if as_json:
                told = {outcome.value: row.outcomes.get(outcome, 0) for outcome in Outcome}
                self.stdout.write(json.dumps({"check": code, **told, "nothing_to_look_at": none}))
            else:
                cells = "".join(f"{row.outcomes.get(outcome, 0):>16,}" for outcome in Outcome)
                self.stdout.write(BY_CODE[code].title.ljust(width) + cells + f"{none:>20,}")
        return failed


class _Bar:
    """A line on a terminal that fills as photos are done."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown and total > 0

    def show(self, done: int) -> None:
        if self._shown:
            full = BAR * done // self._total
            sys.stderr.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {done} of {self._total}")

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\n")


def _chosen(options: dict[str, Any]) -> QuerySet[Photo]:
    ways = [bool(options["photos"]), options["all"], options["collection"] is not None]
    if sum(ways) != 1:
        raise CommandError("say which photos: --all, or --collection SLUG, or their ids", returncode=2)
    if options["all"]:
        return Photo.objects.all()
    if options["collection"] is not None:
        if not Collection.objects.filter(slug=options["collection"]).exists():
            raise CommandError(
                f"there is no collection {options['collection']}: see its address for the name"
            )
        return Photo.objects.filter(collection__slug=options["collection"])
    found = Photo.objects.filter(public_id__in=options["photos"])
    missing = sorted(set(options["photos"]) - set(found.values_list("public_id", flat=True)))
    if missing:
        raise CommandError(f"there is no photo {', '.join(missing)}: the id is the last part of its address")
    return found
