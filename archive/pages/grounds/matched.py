"""A detail beside the same detail of another picture, as the photo page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.evidence.case import Ground

HIDDEN = "a photo you may not see"


@dataclass(frozen=True, slots=True)
class Matched:
    """Addresses of both crops; `other` and `address` are empty where the reader may not see that photo."""

    this: str
    other: str
    address: str
    words: str


def matched(ground: Ground, photo: str) -> Matched | None:
    """Return what to show of an evidence's second picture; None where it has none."""
    if not ground.is_matched:
        return None
    this = crop(photo, ground.region)
    if not ground.other_photo:
        return Matched(this, "", "", HIDDEN)
    other = crop(ground.other_photo, ground.other_region)
    return Matched(this, other, reverse("photo", args=[ground.other_photo]), "another photo")


def crop(photo: str, region: Mapping[str, float] | None) -> str:
    """Return the address of a part of a picture, of the whole where no region is marked."""
    part = "full"
    if region:
        part = "pct:" + ",".join(f"{region[side] * 100:.4f}" for side in ("x", "y", "w", "h"))
    return reverse("iiif-part", args=[photo, part, "!480,360", "0", "default.jpg"])
