"""The studio's tests write, so they have an archive and a server of their own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import Site
from tests.browser.studio.workshop import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory) -> Iterator[Workshop]:
    made = Workshop(tmp_path_factory.mktemp("studio"))
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def site(workshop: Workshop) -> Site:
    """Stand in for the shared archive: pages, watch and logging in work on this one."""
    return Site(workshop.url, workshop.data)


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of folders of JPEGs, each picture unlike every other, `kilobytes` each at least."""

    def made(number: int, kilobytes: int = 4, name: str = "walk") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for n in range(number):
            dice = random.Random(f"{tmp_path} {name} {n}")
            colour = tuple(dice.randrange(256) for _ in range(3))
            path = folder / f"IMG_{n:04}.jpg"
            Image.new("RGB", (64, 48), colour).save(path, comment=dice.randbytes(kilobytes * 1000)[:60_000])
            with path.open("ab") as more:  # bytes after the end of the picture, as some cameras write them
                more.write(dice.randbytes(max(0, kilobytes * 1000 - path.stat().st_size)))
        return folder

    return made


@pytest.fixture
def upload_page(page: Page, log_in, workshop: Workshop) -> Callable[[], str]:
    """Return a verb that opens the upload page of a fresh collection and returns its slug."""

    def opened() -> str:
        slug = workshop.box()
        log_in(page, "curator")
        page.goto(f"/studio/collections/{slug}/upload/")
        page.get_by_role("button", name="Choose a folder").wait_for()
        page.wait_for_function("customElements.get('deposit-box')")
        return slug

    return opened


@pytest.fixture
def slow_line() -> Callable[[Page, int], CDPSession]:
    """Return a verb that limits what a page may send to some bytes per second; 0 lifts the limit."""

    def limited(page: Page, per_second: int) -> CDPSession:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": per_second or -1},
        )
        return wire

    return limited
