"""What a test does with an upload page."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import CDPSession, Locator, Page, Request

from tests.browser.studio.workshop import Workshop

DONE = 120_000
"""Milliseconds within which a few dozen files must have been read, on a busy machine."""


def one_picture(path: Path, kilobytes: int = 4) -> Path:
    """Write a JPEG unlike every other, with bytes after its end, as some cameras write them."""
    dice = random.Random(str(path))
    colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
    Image.new("RGB", (64, 48), colour).save(path, comment=dice.randbytes(1000))
    with path.open("ab") as more:
        more.write(dice.randbytes(max(0, kilobytes * 1000 - path.stat().st_size)))
    return path


def _carries_bytes(request: Request) -> bool:
    return request.headers.get("content-type") == "application/offset+octet-stream"


@dataclass
class Uploads:
    """The upload page of a collection that no other test uses, open in `page`."""

    page: Page
    workshop: Workshop
    slug: str
    folder: Path
    wires: dict[Page, CDPSession] = field(default_factory=dict)

    def draw(self, number: int, kilobytes: int = 4) -> Path:
        """Fill the folder with JPEGs, each unlike every other, of so many kilobytes at least."""
        self.folder.mkdir()
        for n in range(number):
            one_picture(self.folder / f"IMG_{n:04}.jpg", kilobytes)
        return self.folder

    def slow(self, per_second: int | None) -> None:
        """Limit what the page may send, in bytes per second: 0 nothing, None no limit."""
        if self.page not in self.wires:
            self.wires[self.page] = self.page.context.new_cdp_session(self.page)
            self.wires[self.page].send("Network.enable")
        up = -1 if per_second is None else per_second
        conditions = {"offline": up == 0, "latency": 0, "downloadThroughput": -1, "uploadThroughput": up}
        self.wires[self.page].send("Network.emulateNetworkConditions", conditions)

    def choose(self) -> None:
        """Choose the folder as the dialog of the button would."""
        self.page.locator("[data-part=folder-input]").set_input_files(self.folder)

    def drop(self) -> None:
        """Drop the folder as a person does, through the browser's own drag and drop."""
        box = self.page.locator(".deposit-drop").bounding_box()
        assert box is not None
        wire = self.page.context.new_cdp_session(self.page)
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        data = {"items": [], "files": [str(self.folder)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            wire.send("Input.dispatchDragEvent", {"type": kind, "data": data, **at})

    def close_tab(self) -> None:
        """Close the tab without waiting, and open the page again in another."""
        window = self.page.context
        self.page.close(run_before_unload=False)
        self.page = window.new_page()

    def open(self) -> None:
        self.page.goto(f"/studio/collections/{self.slug}/upload/")
        self.page.wait_for_selector("deposit-box:defined")

    def reload(self) -> None:
        """Reload the page and wait until it knows whether an upload was left unfinished."""
        with self.page.expect_response(
            lambda answer: answer.request.method == "GET" and "/api/deposits" in answer.url
        ):
            self.page.reload()
        self.page.get_by_role("button", name="Choose a folder").wait_for()
        self.page.evaluate("() => new Promise((later) => setTimeout(later, 50))")

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-part={name}]")

    @property
    def headline(self) -> Locator:
        return self.part("headline")

    @property
    def arrived(self) -> int:
        found = re.search(r"([\d,]+) of", self.headline.inner_text())
        return int(found[1].replace(",", "")) if found else 0

    def wait_until_arrived(self, number: int) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.arrived >= number:
                return
            self.page.wait_for_timeout(30)
        raise AssertionError(f"only: {self.headline.inner_text()}")

    def sendings(self) -> list[str]:
        """Return a list that grows with each request that carries bytes from now on."""
        sent: list[str] = []
        self.page.on("request", lambda request: sent.append(request.url) if _carries_bytes(request) else None)
        return sent

    def photos(self) -> list[tuple[object, ...]]:
        return self.workshop.photos(self.slug)

    def states(self) -> list[tuple[object, ...]]:
        """Return how many files of all uploads into the collection ended in which state."""
        return self.workshop.rows(
            "SELECT f.state, count(*) FROM archive_depositfile f"
            " JOIN archive_deposit d ON d.id = f.deposit_id"
            " JOIN archive_collection c ON c.id = d.collection_id WHERE c.slug = ? GROUP BY f.state",
            self.slug,
        )

    def assert_all_arrived_once(self) -> None:
        photos = self.photos()
        names = sorted(str(name).rsplit("/", 1)[-1] for name, _ in photos)
        assert names == sorted(path.name for path in self.folder.iterdir())
        assert len({digest for _, digest in photos}) == len(photos)
