"""The hashes of a photo's picture, from its small copy, and which photos look the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from archive import vault
from archive.catalogue.models import File, Photo, Role
from archive.catalogue.photos import locked
from archive.checks.models import Fingerprint
from archive.checks.nearness import index
from archive.checks.perceptual import CONFIRMED_BITS, NEAR_BITS, distance
from archive.vault.derivatives import is_derived, run_on_pixels

if TYPE_CHECKING:
    from pathlib import Path

SMALL: Final = 256
MOST_NEAR: Final = 50
FEATURELESS: Final = 0
"""As the second hash without a first: looked at, and nothing to know it by."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A photo that looks the same: how many of 64 bits differ in the first and in the second hash."""

    photo: int
    bits: int
    confirming_bits: int


def small_copy(sha256: str, orientation: int | None) -> Path:
    """Return the small copy of a picture, made anew if it is missing. Raises `VaultError`."""
    if not is_derived(sha256):
        vault.derive(sha256, orientation=orientation)
    return vault.derivative_path(sha256, SMALL)


def take(photo_id: int) -> None:
    """Write the hashes of the photo's picture once; where its bytes cannot be read, do nothing.

    The row is written anew with its hashes, so that the index of hashes meets it as a new one.
    """
    file = File.objects.filter(photo_id=photo_id, role=Role.PRIMARY).first()
    if file is None or Fingerprint.objects.filter(photo_id=photo_id, confirming__isnull=False).exists():
        return
    try:
        copy = small_copy(file.sha256, file.reading.get("orientation"))
        # JSON null comes for a picture without features
        found: dict[str, int] | None = run_on_pixels("archive.checks.pixels:fingerprint", str(copy)) or None
    except vault.VaultError:
        return
    hashes: dict[str, Any] = found or {"perceptual": None, "confirming": FEATURELESS}
    with transaction.atomic():
        photo = locked(Photo(pk=photo_id))
        row = Fingerprint.objects.filter(photo_id=photo_id).first()
        if row is not None and row.confirming is not None:
            return
        kept = {"device": row.device, "taken_at": row.taken_at} if row is not None else {}
        Fingerprint.objects.filter(photo_id=photo_id).delete()
        Fingerprint.objects.create(photo_id=photo_id, collection_id=photo.collection_id, **kept, **hashes)


def alike(photo_id: int) -> tuple[Likeness, ...]:
    """Return the photos that look the same in both hashes, nearest first, up to `MOST_NEAR`."""
    own = Fingerprint.objects.filter(photo_id=photo_id, perceptual__isnull=False).first()
    if own is None or own.perceptual is None or own.confirming is None:
        return ()
    near = index().near(own.perceptual, NEAR_BITS, most=MOST_NEAR + 1)
    found = []
    rows = Fingerprint.objects.filter(
        photo_id__in=near, perceptual__isnull=False, confirming__isnull=False
    ).exclude(photo_id=photo_id)
    for row in rows.values_list("photo_id", "perceptual", "confirming"):
        other, perceptual, confirming = row
        bits = distance(own.perceptual, perceptual or 0)
        second = distance(own.confirming, confirming or 0)
        if bits <= NEAR_BITS and second <= CONFIRMED_BITS:
            found.append(Likeness(other, bits, second))
    return tuple(sorted(found, key=lambda each: (each.bits, each.confirming_bits, each.photo)))
