"""Waiting for what has no locator of its own: positions, numbers, the end of a movement."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

PATIENCE = 20.0
"""Seconds within which anything a page is to show is there, on a machine with much else to do."""
Reading = TypeVar("Reading")


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Ask again and again until it holds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        page.wait_for_timeout(40)


def at_rest(page: Page, read: Callable[[], Reading]) -> Reading:
    """Return the reading once it stays the same over several frames: whatever moved has arrived."""
    until = time.monotonic() + PATIENCE
    old, same = read(), 0
    while same < 4:
        assert time.monotonic() < until, "it never came to rest"
        page.wait_for_timeout(40)
        new = read()
        old, same = new, same + 1 if new == old else 0
    return old
