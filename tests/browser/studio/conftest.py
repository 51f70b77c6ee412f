"""The studio's tests write, so they have an archive and a server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.studio.uploads import Uploads
from tests.browser.studio.workshop import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory) -> Iterator[Workshop]:
    made = Workshop(tmp_path_factory.mktemp("studio"))
    try:
        made.start()
        yield made
    finally:
        made.kill()


@pytest.fixture(scope="session")
def site(workshop: Workshop) -> Site:
    """Stand in for the shared archive: pages, watch and logging in work on this one."""
    return Site(workshop.url, workshop.data)


@pytest.fixture
def uploads(page: Page, log_in, workshop: Workshop, tmp_path) -> Uploads:
    """Return the open upload page of a fresh collection."""
    log_in(page, "curator")
    opened = Uploads(page, workshop, workshop.box(), tmp_path / "walk")
    opened.open()
    return opened
