"""What axe finds on a page, by the rules of WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules whose answer depends on colours, which are all that a theme changes."""
_PAINTED = "() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => then())))"


def assert_nothing_found(page: Page, rules: dict[str, Any] | None = None, **options: Any) -> None:
    page.wait_for_load_state("load")  # a click that led here returns before the page stands
    chosen = {"runOnly": rules or EVERYTHING, "resultTypes": ["violations"], **options}
    found = Axe().run(page, options=chosen)
    report = [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:4]]}"
        for one in found.response["violations"]
    ]
    assert report == [], page.url


def assert_nothing_found_in_either_theme(page: Page) -> None:
    """Apply every rule in the light theme and those of colours in the dark one, on the same page."""
    page.emulate_media(color_scheme="light")
    assert_nothing_found(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(_PAINTED)
    assert_nothing_found(page, COLOURS)
