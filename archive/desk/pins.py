"""Photos on an account's desk, each with a note that nobody else reads.

No word of a note goes anywhere else: not into the search words of its photo, not into custody, not into
anybody's export but its writer's. Notes go with their account.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from archive.access import rights
from archive.catalogue.search import fold
from archive.desk.errors import DeskError, TooManyError
from archive.desk.models import LONGEST_NOTE, Pin

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from archive.catalogue.models import Photo

MOST_PINS: Final = 10_000
KEPT_AFTER_REMOVAL: Final = timedelta(days=1)
_MOST_WORDS: Final = 8


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    NOTED = "noted"


_ORDERS: Final = {
    Order.NEWEST: ("-pinned_at", "-pk"),
    Order.OLDEST: ("pinned_at", "pk"),
    Order.NOTED: ("-noted_at", "-pinned_at", "-pk"),
}


def pins_of(user: User, *, words: str = "", order: Order = Order.NEWEST) -> QuerySet[Pin]:
    """Return pins in order; every word must stand in the note, or in what is searched of a photo still seen.

    By `NOTED`, pins without a note are left out.
    """
    found = Pin.objects.filter(user=user, removed_at=None)
    for word in fold(words).split()[:_MOST_WORDS]:
        seen = rights.visible(user).filter(public_id=OuterRef("ref"))
        told = seen.filter(search_words__words__contains=word)
        found = found.filter(Q(folded__contains=word) | Q(Exists(told)))
    if order is Order.NOTED:
        found = found.exclude(note="")
    return found.order_by(*_ORDERS[order])


def pin_of(user: User, ref: str) -> Pin | None:
    return Pin.objects.filter(user=user, ref=ref, removed_at=None).first()


def removed_pin_of(user: User, ref: str) -> Pin | None:
    since = datetime.now(UTC) - KEPT_AFTER_REMOVAL
    return Pin.objects.filter(user=user, ref=ref, removed_at__gte=since).first()


@transaction.atomic
def pin(*, user: User, photo: Photo, note: str | None = None) -> Pin:
    """Put a photo that the account may see on its desk; None leaves the note as it is. Raises DeskError.

    One that was taken off within a day comes back with its note.
    """
    if not rights.visible(user).filter(pk=photo.pk).exists():
        raise DeskError("This photo is not open to you.")
    now = datetime.now(UTC)
    _forget(user.pk, now)
    kept = Pin.objects.select_for_update().filter(user=user, ref=photo.public_id).first()
    if kept is None or kept.removed_at is not None:
        _refuse_one_more(user)
    if kept is None:
        kept = Pin(user=user, ref=photo.public_id, pinned_at=now)
    elif kept.removed_at is not None:
        kept.removed_at, kept.pinned_at = None, now
    if note is not None:
        _write(kept, note, now)
    kept.save()
    return kept


def annotate(*, pin: Pin, note: str) -> None:
    """Write the note anew; the photo need not be visible any more. Raises DeskError."""
    _write(pin, note, datetime.now(UTC))
    pin.save(update_fields=["note", "folded", "noted_at"])


def unpin(*, pin: Pin) -> None:
    """Take a photo off the desk; pin and note can be brought back for a day, then they are gone."""
    now = datetime.now(UTC)
    pin.removed_at = now
    pin.save(update_fields=["removed_at"])
    _forget(pin.user_id, now)


def restore(*, pin: Pin) -> None:
    pin.removed_at = None
    pin.save(update_fields=["removed_at"])


def _write(pin: Pin, note: str, now: datetime) -> None:
    note = note.replace("\r\n", "\n").replace("\0", "").strip()
    if len(note) > LONGEST_NOTE:
        raise DeskError(f"Keep a note to {LONGEST_NOTE:,} characters: this one has {len(note):,}.")
    if note != pin.note:
        pin.note, pin.folded, pin.noted_at = note, fold(note), now


def _forget(user: int, now: datetime) -> None:
    Pin.objects.filter(user=user, removed_at__lt=now - KEPT_AFTER_REMOVAL).delete()


def _refuse_one_more(user: User) -> None:
    if Pin.objects.filter(user=user, removed_at=None).count() >= MOST_PINS:
        raise TooManyError(f"{MOST_PINS:,} photos are on your desk: take some off first.")
