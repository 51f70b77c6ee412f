"""Every name the templates of frozen lists may use."""

from __future__ import annotations

from dataclasses import dataclass

from archive.pages.collection_lists import PhotoCard


@dataclass(frozen=True, slots=True)
class NewPage:
    """What is about to be frozen. `mine` is 0 where a list for members would hold nothing else.

    `closed` names the collections of which the account sees more than everybody does.
    """

    query: str
    filters: tuple[str, ...]
    everyone: int
    mine: int
    closed: tuple[str, ...]
    most: int
    may_title: bool
    title: str
    longest_title: int
    for_members: bool
    trouble: str
    back: str
    action: str
    login_url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A frozen list as one reader may see it: `seen` of `photos` are open to this reader today.

    `live` is how many photos the same filters find today for this reader; None where the filters cannot be
    told or asked any more. `ids_url` is empty where the text cannot be handed out whole.
    """

    public_id: str
    title: str
    heading: str
    made: str
    maker: str
    photos: int
    seen: int
    gone: int
    sha256: str
    readers: tuple[str, ...]
    filters: tuple[str, ...]
    hides_filters: bool
    live: int | None
    live_url: str
    citation: str
    permalink: str
    check: str
    ids_url: str
    csv_url: str
    geojson_url: str
    cards: tuple[PhotoCard, ...]
    first: int
    last: int
    earlier: str
    later: str
    may_delete: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """What is left of a list: its count, its hash, its days."""

    made: str
    withdrawn: str
    why: str
    photos: int
    sha256: str
    permalink: str
