from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.machine import Machine


@pytest.fixture
def machine(tmp_path) -> Iterator[Machine]:
    made = Machine(tmp_path / "data")
    made.folder.mkdir()
    made.begin()
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "walk"
    made.mkdir()
    return made
