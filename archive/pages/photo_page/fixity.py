"""Whether a photo's files are, this minute, what was received: the only ground for saying "unchanged"."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.cache import cache

from archive import vault
from archive.catalogue.models import Photo
from archive.custody.chain import verify_chains
from archive.pages.photo_page.context import Found
from archive.pages.wording import files, times

LARGEST_OPEN = 128 * 2**20  # bytes hashed for a stranger; members may ask for any
REMEMBERED_SECONDS = 600


def check(photo: Photo, *, inside: bool) -> Found:
    """Hash the photo's files and walk its chain; an answer younger than ten minutes is given again."""
    key = f"fixity:{photo.public_id}:{inside:d}"
    known: Found | None = cache.get(key)
    if known is None:
        known = _checked(photo, inside=inside)
        cache.set(key, known, REMEMBERED_SECONDS)
    return known


def _checked(photo: Photo, *, inside: bool) -> Found:
    at = times.minute(datetime.now(UTC))
    rows = list(photo.files.values_list("sha256", "byte_count"))
    total = sum(count for _, count in rows)
    if total > LARGEST_OPEN and not inside:
        return Found(None, f"{files.size(total)} are checked for members of the collection only.", at)
    broken = next(verify_chains(photo.public_id), None)
    if broken is not None:
        return Found(False, f"The history does not hold: link {broken.sequence + 1} {broken.what}.", at)
    for digest, count in rows:
        try:
            if vault.check(digest) != count:
                return Found(False, "The original's length is not what was received.", at)
        except vault.VaultError as problem:
            return Found(False, f"{str(problem).capitalize()}.", at)
    many = f"{len(rows)} files, {files.size(total)}" if len(rows) > 1 else files.size(total)
    return Found(True, f"Unchanged since received: {many} hashed anew, every link of the history holds.", at)
