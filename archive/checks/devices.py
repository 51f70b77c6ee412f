"""By what the frames of one device are known, and their order within a collection.

The device is an HMAC-SHA256 of make, model and serial number under the installation's secret key, so that
nobody who reads the database learns a serial number by trying them all.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from archive.catalogue.models import File, Photo, Role
from archive.catalogue.photos import locked
from archive.checks.facts import camera_place, taken_utc
from archive.checks.models import Fingerprint
from archive.values.settled import SettledPlace, SettledTime

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDEST_TIME: Final = timedelta(hours=2)  # an autumn hour may have been either; wider tells no order
MOST_COUNTED: Final = 10_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(
    r"(.)\1*|0*(12345\w*|1234|9876543210?)|x+|n/?a|none|null|unknown|undefined|default|serial\w*|test\w*|"
    r"to be filled.*",
    re.IGNORECASE,
)
SHORTEST_SERIAL: Final = 4
_COLUMNS: Final = (
    "reading",
    "photo__collection_id",
    "photo__settled_place",
    "photo__settled_time",
    "photo__fingerprint__collection_id",
    "photo__fingerprint__device",
    "photo__fingerprint__taken_at",
)


def is_placeholder(serial: str) -> bool:
    """Whether a serial number tells nothing: too short, one sign again and again, counting, or a word."""
    bare = re.sub(r"[\s.:_-]", "", serial)
    return len(bare) < SHORTEST_SERIAL or _PLACEHOLDER.fullmatch(bare) is not None


def device_of(reading: Mapping[str, str | None]) -> tuple[str, bool]:
    """Return the keyed device of a Reading's JSON and whether a serial number sets it apart; "" for none."""
    make, model, serial = (_plain(reading.get(name)) for name in ("make", "model", "serial"))
    if not make and not model:
        return "", False
    alone = bool(serial) and not is_placeholder(serial)
    text = "\x1f".join((make, model, serial if alone else ""))
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest(), alone


def take_place_in_order(photo_id: int) -> None:
    """Write the photo's device and its time in the device's order. Raises Photo.DoesNotExist."""
    if _stands_right(photo_id):
        return
    with transaction.atomic():
        locked(Photo(pk=photo_id))
        if not _stands_right(photo_id):
            Fingerprint.objects.update_or_create(photo_id=photo_id, defaults=_wanted(_known(photo_id)))


def _stands_right(photo_id: int) -> bool:
    known = _known(photo_id)
    wanted = _wanted(known)
    return {name: known[f"photo__fingerprint__{name}"] for name in wanted} == wanted


def _known(photo_id: int) -> dict[str, Any]:
    """Return the columns an order is made of, and those that hold it now, in one query."""
    row: dict[str, Any] | None = (
        File.objects.filter(photo_id=photo_id, role=Role.PRIMARY).values(*_COLUMNS).first()
    )
    if row is None:
        raise Photo.DoesNotExist(f"there is no photo {photo_id} with a picture")
    return row


def _wanted(known: dict[str, Any]) -> dict[str, Any]:
    device, _alone = device_of(known["reading"])
    interval = taken_utc(SettledTime.from_json(known["photo__settled_time"]))
    has_place = camera_place(SettledPlace.from_json(known["photo__settled_place"])) is not None
    taken_at = None
    if device and has_place and interval is not None and interval.width <= WIDEST_TIME:
        taken_at = (interval.earliest - EPOCH) // timedelta(seconds=1)
    return {"collection_id": known["photo__collection_id"], "device": device, "taken_at": taken_at}


def neighbours(photo_id: int) -> tuple[int | None, int | None]:
    """Return the photos before and after in the order of the device within the collection."""
    own = Fingerprint.objects.filter(photo_id=photo_id, taken_at__isnull=False).exclude(device="").first()
    if own is None:
        return None, None
    others = Fingerprint.objects.filter(
        collection_id=own.collection_id, device=own.device, taken_at__isnull=False
    )
    earlier = others.filter(
        Q(taken_at__lt=own.taken_at) | Q(taken_at=own.taken_at, photo_id__lt=photo_id)
    ).order_by("-taken_at", "-photo_id")
    later = others.filter(
        Q(taken_at__gt=own.taken_at) | Q(taken_at=own.taken_at, photo_id__gt=photo_id)
    ).order_by("taken_at", "photo_id")
    return (
        earlier.values_list("photo_id", flat=True).first(),
        later.values_list("photo_id", flat=True).first(),
    )


def others_of_device(photo_id: int) -> int:
    """Count the other photos of the collection from the same device, up to `MOST_COUNTED`."""
    own = Fingerprint.objects.filter(photo_id=photo_id).exclude(device="").first()
    if own is None:
        return 0
    same = Fingerprint.objects.filter(collection_id=own.collection_id, device=own.device)
    return same.exclude(photo_id=photo_id)[:MOST_COUNTED].count()


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
