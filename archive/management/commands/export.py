from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.access import rights
from archive.access.rights import Viewer
from archive.atlas.chosen import photos_of
from archive.catalogue.models import Photo
from archive.interchange.dossier import MOST_PHOTOS, DossierError, write_dossier
from archive.values.selection import SelectionError, parse_selection, unknown_parameters

PHOTO = "photo"


class Command(BaseCommand):
    help = (
        "Write a selection of photos. SELECTION is the query string of a view, such as "
        "'collection=border&from=2020', or 'photo=ID' (more than once for several). A dossier is a folder, "
        "or a ZIP where PATH ends in .zip: report as HTML and PDF, provenance as PROV-JSON, chains of "
        "custody, and a verifier in plain Python. It holds what USER may know; without USER, what everyone "
        "may."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selection", metavar="SELECTION")
        parser.add_argument("--format", choices=["dossier"], default="dossier")
        parser.add_argument("--out", type=Path, required=True, metavar="PATH")
        parser.add_argument("--as", dest="user", metavar="USER", help="for whose eyes (default: everyone's)")
        parser.add_argument("--originals", action="store_true", help="with the files as they were received")
        parser.add_argument("--site", default="", help="address of the archive, to print on the report")

    def handle(self, *, selection: str, out: Path, user: str | None, site: str, **options: Any) -> None:
        viewer = _viewer(user)
        try:
            dossier = write_dossier(
                _photos(viewer, selection),
                out,
                viewer=viewer,
                selection_text=selection,
                with_originals=options["originals"],
                site=site,
            )
        except (DossierError, SelectionError) as error:
            raise CommandError(str(error)) from error
        cut = f"; only the first {MOST_PHOTOS} fit in a dossier" if dossier.cut else ""
        self.stdout.write(f"{dossier.photos} photos, {len(dossier.originals)} originals in {out}{cut}")
        self.stdout.write(f"seal: {dossier.seal}")


def _viewer(name: str | None) -> Viewer:
    if name is None:
        return AnonymousUser()
    user = get_user_model().objects.filter(username=name).first()
    if not isinstance(user, User):
        raise CommandError(f"--as {name}: there is no such account")
    return user


def _photos(viewer: Viewer, selection: str) -> list[Photo]:
    unknown = unknown_parameters(selection, frozenset({PHOTO}))
    if unknown:
        raise SelectionError(f"there is no parameter {', '.join(unknown)}")
    ids = parse_qs(selection).get(PHOTO)
    if ids is None:
        return photos_of(viewer, parse_selection(selection), most=MOST_PHOTOS + 1)
    found = {photo.public_id: photo for photo in rights.visible(viewer).filter(public_id__in=ids)}
    missing = [public_id for public_id in ids if public_id not in found]
    if missing:
        raise SelectionError(f"photo={missing[0]}: there is no such photo, or it is not open to that account")
    return [found[public_id] for public_id in ids]
