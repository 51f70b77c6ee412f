"""Every name the templates of the desk may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.pages.collection_lists import PhotoCard
from archive.pages.photo_page.pin import PinView


@dataclass(frozen=True, slots=True)
class Undo:
    """The offer to take the last step back; `address` takes a POST."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PinLine:
    """A photo on the desk; `card` is None once the photo is no longer open to its reader."""

    ref: str
    card: PhotoCard | None
    note: SafeString
    pinned: str


@dataclass(frozen=True, slots=True)
class PinsPage:
    """`total` counts the pins that match `words`; `has_pins` says whether there are any at all."""

    tab: str
    words: str
    orders: tuple[Option, ...]
    lines: tuple[PinLine, ...]
    total: int
    has_pins: bool
    earlier: str
    later: str
    undo: Undo | None


@dataclass(frozen=True, slots=True)
class NotePage:
    """The note of one pin, to be written; `typed` survives a complaint."""

    ref: str
    title: str
    is_open: bool
    typed: str
    trouble: str
    longest: int
    back: str


@dataclass(frozen=True, slots=True)
class PinFragment:
    pin: PinView


@dataclass(frozen=True, slots=True)
class Counted:
    """How many photos a saved search finds today, and how many came since it was last opened."""

    total: str
    fresh: str


@dataclass(frozen=True, slots=True)
class SearchLine:
    """`counted` is None where the count is asked for afterwards; `is_read` False where nobody can ask it."""

    public_id: str
    name: str
    filters: tuple[str, ...]
    opened: str
    counted: Counted | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class CountFragment:
    line: SearchLine


@dataclass(frozen=True, slots=True)
class SearchesPage:
    tab: str
    lines: tuple[SearchLine, ...]
    total: int
    earlier: str
    later: str
    undo: Undo | None
    longest: int
    renamed: str
    typed: str
    trouble: str


@dataclass(frozen=True, slots=True)
class NewSearchPage:
    filters: tuple[str, ...]
    name: str
    longest: int
    trouble: str
    action: str
    back: str


@dataclass(frozen=True, slots=True)
class ListLine:
    public_id: str
    heading: str
    made: str
    photos: int
    readers: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ListsPage:
    tab: str
    lines: tuple[ListLine, ...]
    total: int
    earlier: str
    later: str
