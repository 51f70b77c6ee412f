"""Every name Explore's templates may use."""

from __future__ import annotations

from dataclasses import dataclass

from archive.atlas.cards import Thumb


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another Selection; `change` is the same step for the script, as JSON."""

    words: str
    address: str
    change: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool
    count_words: str = ""


@dataclass(frozen=True, slots=True)
class FacetMenu:
    name: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year as a step to the photos that lie within it; `change` as of `Link`."""

    words: str
    address: str
    change: str
    count_words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DateField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field of the form with what was typed, and what is wrong with it."""

    name: str
    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """The fields that ask for a place; `choices` lead on where a typed name means several towns."""

    near_at: TypedField
    near_m: TypedField
    within_at: TypedField
    sees_at: TypedField
    sees_m: TypedField
    choices: tuple[Link, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A way to show the photos: map, list or table."""

    name: str
    words: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Download:
    words: str
    base: str
    address: str


@dataclass(frozen=True, slots=True)
class CardView:
    """One photo of the list; `data` is its card of /api/photos as JSON, for the script to go on with.

    `early` pictures are in the window at once and load before anything else asks.
    """

    id: str
    title: str
    address: str
    icon: str
    status: str
    thumb: Thumb | None
    data: str
    early: bool


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards that follow one another under the same printed date."""

    words: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above the list: the total, what is part of it, what the filters leave out.

    `notes` say what a figure rests on.
    """

    total: str
    might: str
    parts: tuple[Link, ...]
    lines: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """`area` and `extent` are "west,south,east,north" or empty; `next` is the cursor behind `cards`."""

    query: str
    area: str
    extent: str
    view: str
    views: tuple[ViewLink, ...]
    lead: str
    trouble: str
    carried: tuple[tuple[str, str], ...]
    chips: tuple[Link, ...]
    dates: tuple[DateField, ...]
    facets: tuple[FacetMenu, ...]
    years: tuple[YearLink, ...]
    places: PlaceForm
    sure: bool
    orders: tuple[Option, ...]
    downloads: tuple[Download, ...]
    headline: Headline
    groups: tuple[CardGroup, ...]
    next: str
    next_address: str
    tiles_url: str
    tiles_attribution: str
