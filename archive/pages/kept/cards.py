"""Cards of photos that are named one by one."""

from __future__ import annotations

from archive.atlas.cards import Card
from archive.pages.collection_lists import PhotoCard
from archive.pages.photo_page.build import UNTITLED
from archive.values.settled import Status


def card_view(card: Card) -> PhotoCard:
    known = card.place or card.time
    return PhotoCard(
        title=card.title or card.alt or UNTITLED,
        address=card.url,
        thumb=card.thumb,
        date=card.group,
        icon=known.status if known else Status.UNKNOWN.value,
        status=card.status,
    )
