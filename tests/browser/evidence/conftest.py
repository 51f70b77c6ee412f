"""Tests of evidence write, so they have a server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.archives import Archives
from tests.browser.conftest import DRAWN, Site, served

STORY = "tests.browser.evidence.story"


@pytest.fixture(scope="session")
def site(archives: Archives, tmp_path_factory) -> Iterator[Site]:
    with served(archives, tmp_path_factory.mktemp("evidence"), DRAWN, STORY) as one:
        yield one
