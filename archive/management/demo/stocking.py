"""Putting the drawn demo into the archive: accounts, collections, members, and what a curator would type."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from archive.access.members import grant, open_collection
from archive.access.models import MemberRole
from archive.catalogue.models import Collection, File, Photo, Revision, Visibility
from archive.catalogue.photos import edit_photo
from archive.evidence.claims import claim_place, claim_time
from archive.evidence.models import Claim
from archive.management.demo.scenes import COLLECTIONS, DemoCollection, DemoFile
from archive.values.place import Place

OPEN_PASSWORD = "whence-demo"  # noqa: S105 - meant to be known: it opens generated pictures on one's own machine
ACCOUNTS = ("curator", "reviewer", "reader")


@dataclass(frozen=True)
class Login:
    """An account and its password; None when it was set before and cannot be told."""

    name: str
    password: str | None


def open_accounts(*, loopback: bool) -> list[Login]:
    """Make the three accounts that are not there yet and say how to log in.

    Only an archive that listens on loopback alone gets the well-known password. Anywhere else an account that
    still has it is given a random one.
    """
    return [_open_account(name, loopback=loopback) for name in ACCOUNTS]


def known_accounts() -> list[str]:
    """Return the demo accounts that still open with the well-known password."""
    users = User.objects.filter(username__in=ACCOUNTS, is_active=True)
    return [user.get_username() for user in users if user.check_password(OPEN_PASSWORD)]


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address, brackets allowed, is reached from this machine alone."""
    name = host.strip("[]")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _open_account(name: str, *, loopback: bool) -> Login:
    user = User.objects.filter(username=name).first()
    password = OPEN_PASSWORD if loopback else secrets.token_urlsafe(12)
    if user is None:
        User.objects.create_user(name, password=password)
        return Login(name, password)
    if not user.check_password(OPEN_PASSWORD):
        return Login(name, None)
    if not loopback:
        user.set_password(password)
        user.save(update_fields=["password"])
    return Login(name, password)


def open_collections() -> None:
    """Found the demo's collections that are not there yet, each with its members; others stay as they are."""
    curator, reviewer, reader = (User.objects.get(username=name) for name in ACCOUNTS)
    for wanted in COLLECTIONS:
        if Collection.objects.filter(slug=wanted.slug).exists():
            continue
        made = _found(wanted, curator)
        if made.visibility == Visibility.PUBLIC:
            grant(user=reviewer, collection=made, role=MemberRole.REVIEWER)
        else:
            grant(user=reader, collection=made, role=MemberRole.READER)


def _found(wanted: DemoCollection, curator: User) -> Collection:
    return open_collection(
        by=curator,
        slug=wanted.slug,
        title=wanted.title,
        description=wanted.description,
        provenance=wanted.provenance,
        rights_uri=wanted.rights_uri,
        visibility=Visibility(wanted.visibility),
    )


def is_deposited(slug: str, files: Iterable[DemoFile]) -> bool:
    """Tell whether every file of the demo's collection has come in, under any folder's name."""
    held = File.objects.filter(collection__slug=slug).values_list("name", flat=True)
    names = {name.rsplit("/", 1)[-1] for name in held}
    return all(file.name in names for file in files)


def type_in(files: Iterable[DemoFile]) -> int:
    """Write what a curator would type, where nobody changed the field since; returns how many were set."""
    curator = User.objects.get(username=ACCOUNTS[0])
    count = 0
    for file in files:
        photo = Photo.objects.filter(
            collection__slug=file.collection, files__name__endswith=f"/{file.name}", files__role="primary"
        ).first()
        if photo is None or file.role:
            continue
        count += _type_fields(photo, file, curator)
        _type_claims(photo, file, curator)
    return count


def _type_fields(photo: Photo, file: DemoFile, curator: User) -> int:
    typed: dict[str, Any] = {
        "title": file.title,
        "caption": file.caption,
        "alt_text": file.alt,
        "creator": file.creator,
        "credit": file.credit,
        "rights_uri": file.rights_uri,
        "provenance_notes": file.notes,
        "keywords": list(file.keywords),
    }
    touched = set(Revision.objects.filter(photo=photo).values_list("field", flat=True))
    wanted = {name: value for name, value in typed.items() if value and name not in touched}
    return len(edit_photo(photo=photo, by=curator.pk, **wanted)) if wanted else 0


def _type_claims(photo: Photo, file: DemoFile, curator: User) -> None:
    if not (file.place or file.date) or Claim.objects.filter(photo=photo, source__user=curator).exists():
        return
    if file.place:
        claim_place(photo=photo, by=curator, place=Place(*file.place), words="from the caption: the slipway")
    if file.date:
        claim_time(photo=photo, by=curator, text=file.date, words="between its neighbours on the walk")
