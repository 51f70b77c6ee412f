"""The second picture of a matching detail: finding it, offering some, and showing the one that is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.access.rights import visible
from archive.pages.casework.picker import pick_of
from archive.pages.casework.typed import UnreadError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Photo
    from archive.pages.casework.picker import Pick

MOST_OFFERED = 12
_PUBLIC_ID = re.compile(r"[a-z2-7]{13}")


def chosen(viewer: User, photo: Photo, *, typed: str, picked: str) -> Photo | None:
    """Return the other photo, which the viewer may see; what is typed goes before what is picked.

    Raises `UnreadError` naming the field.
    """
    wanted = typed.strip() or picked.strip()
    if not wanted:
        return None
    named = _PUBLIC_ID.findall(wanted)
    found = visible(viewer).filter(public_id=named[-1]).first() if named else None
    if found is None:
        raise UnreadError("other", "No photo that you may see has this address: copy it from its page.")
    if found == photo:
        raise UnreadError("other", "That is this photo itself: choose another one.")
    return found


def offered(viewer: User, photo: Photo, *, find: str, picked: str) -> list[Pick]:
    """Return a few photos to pick from: of its series first, then others of the collection."""
    mine = visible(viewer).filter(collection=photo.collection).exclude(pk=photo.pk)
    mine = mine.prefetch_related("files").order_by("pk")
    if find:
        mine = mine.filter(Q(title__icontains=find) | Q(files__name__icontains=find)).distinct()
    together = list(mine.filter(series__in=photo.series.all()).distinct()[:MOST_OFFERED])
    rest = mine.exclude(pk__in=[one.pk for one in together])[: MOST_OFFERED - len(together)]
    return [pick_of(one, ticked=one.public_id == picked, inside=True) for one in [*together, *rest]]
