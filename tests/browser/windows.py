"""Browser windows that are used again, since most of what a window costs is filling its memory of scripts."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
KEPT = "local_storage,indexeddb,cache_storage,service_workers"


@dataclass
class Windows:
    """Lends windows of one browser. Nobody finds pages, cookies, storage or rights of whoever had it before.

    What remains is the cache of files the server lets a browser keep: that is the saving.
    """

    browser: Browser
    idle: dict[str, list[BrowserContext]] = field(default_factory=lambda: defaultdict(list))
    lent: dict[BrowserContext, str] = field(default_factory=dict)

    def lend(self, site: str, **options: Any) -> BrowserContext:
        """Return a window on a site, without a page. Screen and media are the page's, see `page_in`."""
        kind = json.dumps([site, options], sort_keys=True)
        window = (
            self.idle[kind].pop()
            if self.idle[kind]
            else self.browser.new_context(base_url=site, viewport=DESK, reduced_motion="reduce", **options)
        )
        self.lent[window] = kind
        return window

    def take_back(self, window: BrowserContext) -> None:
        kind = self.lent.pop(window)
        try:
            for page in window.pages:
                page.close()
            window.clear_cookies()
            window.clear_permissions()
        except Error:  # whatever a test did to it, the next one gets a new window
            with suppress(Error):
                window.close()
        else:
            self.idle[kind].append(window)


def page_in(window: BrowserContext, site: str, *, viewport: dict[str, int], **media: Any) -> Page:
    """Return a page of a lent window that finds nothing stored, with this screen and these media."""
    page = window.new_page()
    wire = window.new_cdp_session(page)
    wire.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": KEPT})
    wire.detach()
    if viewport != DESK:
        page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    page.emulate_media(**media)
    return page
