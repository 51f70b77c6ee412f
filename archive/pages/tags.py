"""Tags and filters that every template has without `{% load %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.templatetags.static import PrefixNode, static
from django.utils.html import format_html

from archive.access.reviewing import pressing
from archive.access.rights import deposit_collections
from archive.pages.map_layers import map_layers
from archive.pages.modules import preload_modules
from archive.pages.wording.times import minute

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser, User
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

register = template.Library()

SECTIONS = ("explore", "collection", "studio", "review", "help", "login")
MOST_WAITING = 99


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a symbol of icons/sprite.svg; without a label it is decoration and hidden from screen readers."""
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"/></svg>', name, label, href
        )
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"/></svg>', name, href)


@register.simple_tag
def current_section(request: HttpRequest) -> str:
    """Name the part of the site a page belongs to, "" where no address matched (an error page)."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    section = next((known for known in SECTIONS if name.startswith(known)), "")
    return "collections" if section == "collection" else section


@register.simple_tag
def search_words(request: HttpRequest) -> str:
    """Return what the address searches for, to fill the search field."""
    return request.GET.get("q", "")


@register.simple_tag
def manages_collections(user: User | AnonymousUser) -> bool:
    """Whether the studio holds anything for this person: a place to upload, or an administrator's account."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or deposit_collections(user).exists()


@register.simple_tag
def waiting_reviews(user: User | AnonymousUser) -> str | None:
    """Return how many pressing questions wait for this person's verdict, "99+" at most; None for no judge."""
    count = pressing(user, most=MOST_WAITING + 1) if user.is_authenticated else None
    if count is None:
        return None
    return f"{MOST_WAITING}+" if count > MOST_WAITING else str(count)


register.simple_tag(map_layers)
register.simple_tag(preload_modules)


@register.simple_tag
def place_map(pins: str, words: str) -> SafeString:
    """A small map of the places of one photo; `pins` is JSON, see static/js/elements/place-map.js."""
    return format_html(
        '<place-map pins="{}" label="{}" basemap="{}basemap/r1" tiles="{}" attribution="{}">{}</place-map>',
        pins,
        words,
        PrefixNode.handle_simple("STATIC_URL"),
        settings.TILES_URL,
        settings.TILES_ATTRIBUTION,
        map_layers(),
    )


@register.filter
def number(value: int) -> str:
    """1516 is "1,516"."""
    return f"{value:,}"


@register.filter
def when(at: datetime) -> str:
    """Say an instant in UTC to the minute, as people write it."""
    return minute(at)
