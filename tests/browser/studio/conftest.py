"""The studio's tests write, so they have an archive and a server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.archives import Archives
from tests.browser.conftest import Site
from tests.browser.studio.uploads import Uploads
from tests.browser.studio.workshop import Workshop


@pytest.fixture(scope="session")
def workshop(archives: Archives, tmp_path_factory) -> Iterator[Workshop]:
    made = Workshop(tmp_path_factory.mktemp("studio") / "data")
    archives.copy(made.data, "tests.browser.studio.seeding")
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
def uploads(login_as, workshop: Workshop, tmp_path) -> Uploads:
    """Return the open upload page of a fresh collection."""
    opened = Uploads(login_as("curator"), workshop, workshop.box(), tmp_path / "walk")
    opened.open()
    return opened
