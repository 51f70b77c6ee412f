"""The other photos that hold the same bytes or show the same picture, across all collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from archive.catalogue.models import File, Photo, Role
from archive.checks.facts import Copy, FirstSeen
from archive.checks.fingerprints import alike
from archive.checks.models import Finding
from archive.evidence.models import Appearance
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

CODE: Final = "duplicates"
MOST_SAME: Final = 50
MOST_COPIES: Final = 60
_MOST_APPEARANCES: Final = 1000


def copies_of(photo_id: int, *, collection: int, sha256: str) -> tuple[Copy, ...]:
    """Return the copies: same bytes first, then by how little they differ; up to `MOST_COPIES`.

    They may lie in collections that not everyone may see: a reader is told of those they may see, no count
    of others, and nothing that would follow from them.
    """
    same = File.objects.filter(sha256=sha256, role=Role.PRIMARY).exclude(photo_id=photo_id)
    found = dict.fromkeys(same.order_by("photo_id").values_list("photo_id", flat=True)[:MOST_SAME], (0, 0))
    exact = frozenset(found)
    for likeness in alike(photo_id):
        found.setdefault(likeness.photo, (likeness.bits, likeness.confirming_bits))
    if not found:
        return ()
    inside = frozenset(
        Photo.objects.filter(pk__in=found, collection_id=collection).values_list("pk", flat=True)
    )
    seen = first_seen_of(inside)
    return tuple(
        Copy(other, other in exact, bits, confirming, other in inside, seen.get(other))
        for other, (bits, confirming) in list(found.items())[:MOST_COPIES]
    )


def first_seen_of(
    photos: Iterable[int], readerships: Iterable[Readership] = tuple(Readership)
) -> dict[int, FirstSeen]:
    """Return the earliest standing appearance of each photo, its own or its series', for these readers."""
    wanted = frozenset(photos)
    standing = Appearance.objects.filter(
        Q(photo_id__in=wanted) | Q(series__members__photo_id__in=wanted),
        withdrawn=False,
        superseded_by__isnull=True,
        readership__in=[reader.value for reader in readerships],
    )
    fields = ("photo_id", "series__members__photo_id", "posted_latest", "posted_text", "seen_latest")
    rows = standing.values_list(*fields, "seen_text", "title", "platform", "url", "readership")
    earliest: dict[int, FirstSeen] = {}
    for own, member, posted, posted_text, shown, shown_text, *named, readership in rows[:_MOST_APPEARANCES]:
        photo = member if own is None else own
        for by, text in ((posted, posted_text), (shown, shown_text)):
            if by is not None and photo in wanted:
                where = next(filter(None, named), "")
                one = FirstSeen(by, text, where, Readership(readership))
                if photo not in earliest or by < earliest[photo].by:
                    earliest[photo] = one
    return earliest


@dataclass(frozen=True, slots=True)
class Told:
    """One photo of a cluster with its picture file; `same_bytes` and bits as compared with the first."""

    photo: Photo
    file: File | None
    same_bytes: bool = False
    bits: int = 0
    confirming_bits: int = 0


def cluster(photo: Photo, seen: QuerySet[Photo]) -> tuple[Told, ...]:
    """Return the photo and those copies of it that are among `seen`, by its current findings.

    Empty when it was not compared yet. Collections come along; the readings of the files do not.
    """
    rows = list(
        Finding.objects.filter(photo=photo, check_code=CODE, replaced_at__isnull=True)
        .filter(Q(other=None) | Q(other__in=seen))
        .select_related("other__collection")
        .order_by("pk")
    )
    if not rows:
        return ()
    members = [photo, *dict.fromkeys(row.other for row in rows if row.other is not None)]
    files = File.objects.filter(photo__in=members, role=Role.PRIMARY).defer("reading")
    pictures = {file.photo_id: file for file in files}
    compared = {row.other_id: row.facts for row in rows if row.facts.get("case") in ("same", "alike")}
    return tuple(
        Told(
            each,
            pictures.get(each.pk),
            compared.get(each.pk, {}).get("case") == "same",
            compared.get(each.pk, {}).get("bits", 0),
            compared.get(each.pk, {}).get("confirming_bits", 0),
        )
        for each in members
    )
