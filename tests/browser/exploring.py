"""What the journeys through Explore read off the page."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from playwright.sync_api import Page

QUIET = 220
"""Milliseconds without a question to the server: a change waits 160 for further ones before it asks."""
_turns = count()


def open_explore(page: Page, query: str = "") -> None:
    page.goto(f"/{query}")
    _wait_for_answers(page, quiet=0)


def settled(page: Page) -> None:
    """Wait until no instrument waits for an answer any more, and none is about to ask."""
    _wait_for_answers(page, quiet=QUIET)


def _wait_for_answers(page: Page, quiet: int) -> None:
    page.wait_for_function(
        """({ quiet, turn }) => {
            const waiting = !customElements.get('explore-view')
                || !document.querySelector('time-line')?.answered
                || document.querySelector('explore-view[aria-busy], photo-grid[aria-busy]');
            if (waiting || window.quiet?.turn !== turn) window.quiet = { turn, since: performance.now() };
            return !waiting && performance.now() - window.quiet.since >= quiet;
        }""",
        arg={"quiet": quiet, "turn": next(_turns)},
    )


def total(page: Page) -> int:
    """The headline's number."""
    return number_in(page.locator(".headline-count").inner_text())


def number_in(text: str) -> int:
    found = re.search(r"[\d,]+", text)
    assert found, f"no number in {text!r}"
    return int(found[0].replace(",", ""))


def ask(page: Page, path: str) -> dict[str, Any]:
    """Ask our own server from within the page, with its address's filters."""
    found: dict[str, Any] = page.evaluate(
        "path => fetch(path + location.search).then(answer => answer.json())", path
    )
    return found


def on_the_map(page: Page) -> int:
    """The sum of the numbers on the pins, read from what is drawn for the reader."""
    cells = "document.querySelector('photo-map').cells"
    return int(page.evaluate(f"() => {cells}.reduce((sum, cell) => sum + cell.n + cell.also, 0)"))


def listed(page: Page) -> int:
    """How many photos the list pages through, to its end."""
    return int(
        page.evaluate("""async () => {
      let seen = 0, next = '';
      do {
        const query = new URLSearchParams(location.search);
        for (const name of ['view', 'span']) query.delete(name);
        query.set('limit', '200');
        if (next) query.set('after', next);
        const answer = await (await fetch('/api/photos?' + query)).json();
        seen += answer.photos.length;
        next = answer.next;
      } while (next);
      return seen;
    }""")
    )


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> None:
    """Drag with the mouse and let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=steps)
    page.mouse.up()


def brush(page: Page, first: float, last: float) -> None:
    """Brush the timeline from one share of its width to another."""
    box = page.locator(".track").bounding_box()
    assert box
    height = box["y"] + box["height"] / 2
    drag(page, (box["x"] + box["width"] * first, height), (box["x"] + box["width"] * last, height))
    settled(page)
