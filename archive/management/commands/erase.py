from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.catalogue import erasing as catalogue
from archive.catalogue.errors import CatalogueError
from archive.catalogue.models import Photo, Revision
from archive.evidence import erasing as evidence
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Source

WHAT = ("source", "person", "revision", "field", *evidence.KINDS)


class Command(BaseCommand):
    help = (
        "Erase personal text for good, and keep custody whole: chains hold salted hashes, and text and salt "
        "go together. `source ID`, `person NAME` (lists of people), `field PHOTO:FIELD` (what stands and "
        "every change), `revision N`, `claim N`, `evidence N`, `appearance N`, `falsifier N`, `verdict N`. "
        "Says what it would do; does it with --yes. Files keep their bytes, and backups what was in them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=WHAT)
        parser.add_argument("which", metavar="WHICH", help="a number, a public id, PHOTO:FIELD, or a name")
        parser.add_argument("--yes", action="store_true", help="do it: there is no way back")
        parser.add_argument("--as", dest="user", metavar="USER", help="on whose account custody puts it")

    def handle(self, *, what: str, which: str, yes: bool, user: str | None, **_options: Any) -> None:
        self.by = _number_of(user)
        self.yes = yes
        try:
            done = self._erase(what, which)
        except (CatalogueError, EvidenceError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done if yes else f"would be erased with --yes: {done}")

    def _erase(self, what: str, which: str) -> str:
        if what == "person":
            return self._person(which)
        if what == "field":
            return self._field(which)
        if what == "source":
            source = _one(Source, "public_id", which)
            if self.yes:
                evidence.erase_source(source=source, by=self.by)
            return f"source {source.public_id} ({source.kind}) with its words"
        if what == "revision":
            revision = _one(Revision, "pk", which)
            if self.yes:
                catalogue.erase_revision(revision=revision, by=self.by)
            return f"change {revision.pk} of {revision.field}"
        row = _one(evidence.KINDS[what], "pk", which)
        if self.yes:
            evidence.erase_text(row=row, by=self.by)
        return f"the words of {what} {row.pk}"

    def _person(self, name: str) -> str:
        photos = list(catalogue.photos_naming(name))
        for photo in photos if self.yes else ():
            catalogue.erase_person(photo=photo, name=name, by=self.by)
        sources = list(Source.objects.filter(name=name).exclude(collection=None))
        for source in sources if self.yes else ():
            evidence.erase_source(source=source, by=self.by)
        for photo, field in catalogue.fields_naming(name):
            self.stdout.write(f"left as it is, look at it: {field} of photo {photo.public_id}")
        return f"the name from {len(photos)} photos and {len(sources)} sources"

    def _field(self, which: str) -> str:
        public_id, _, field = which.partition(":")
        photo = _one(Photo, "public_id", public_id)
        if self.yes:
            catalogue.erase_field(photo=photo, field=field, by=self.by)
        return f"{field} of photo {photo.public_id} and every change of it"


def _one(model: Any, key: str, which: str) -> Any:
    if key == "pk" and not which.isdigit():
        raise CommandError(f"{which}: give the number of the {model._meta.verbose_name}")  # noqa: SLF001 - Django's own name for it
    row = model.objects.filter(**{key: which}).first()
    if row is None:
        raise CommandError(f"there is no {model._meta.verbose_name} {which}")  # noqa: SLF001 - as above
    return row


def _number_of(name: str | None) -> int | None:
    if name is None:
        return None
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"--as {name}: there is no such account")
    return int(user.pk)
