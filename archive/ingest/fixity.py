"""Whether what was entrusted to the archive is still there, byte for byte and link for link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from archive import vault
from archive.catalogue.models import File
from archive.custody import stamps
from archive.custody.chain import verify_chains
from archive.custody.errors import StampError
from archive.custody.heads import verify_heads
from archive.ingest import recorded

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost, and where: a digest, or a photo's public id."""

    where: str
    what: str


def originals(sample: int | None = None) -> QuerySet[File, str]:
    """Return the digests to check: all of them, or so many drawn at random."""
    digests = File.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    if sample is None:
        return digests
    drawn = File.objects.values_list("sha256", flat=True).annotate(n=Count("pk")).order_by("?")[:sample]
    return digests.filter(sha256__in=list(drawn))


def check_original(digest: str) -> Loss | None:
    """Read one original whole and compare its bytes with its name."""
    try:
        vault.check(digest)
    except vault.VaultError as error:
        return Loss(digest, str(error))
    except OSError as error:
        return Loss(digest, f"original cannot be read ({error.strerror}): look at the disk")
    return None


def custody_losses() -> Iterator[Loss]:
    """Check chains, day heads and their stamps, and that every row stands as its link says it was written."""
    for broken in verify_chains():
        yield Loss(broken.chain, f"custody link {broken.sequence} {broken.what}")
    for broken in verify_heads():
        yield Loss(broken.chain, broken.what)
    try:
        for broken in stamps.verify_stamps():
            yield Loss(broken.chain, broken.what)
    except StampError as error:
        yield Loss("time-stamps", str(error))
    for unrecorded in recorded.losses():
        yield Loss(unrecorded.chain, unrecorded.what)
