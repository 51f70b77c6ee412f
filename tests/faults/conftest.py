from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.machine import Machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, so that the others run beside it."""
    items.sort(key=lambda item: "test_samples.py" not in item.nodeid)


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Machine:
    """Return a machine with tables, an account and a collection, to be copied and never run itself."""
    made = Machine(tmp_path_factory.mktemp("begun") / "data")
    made.folder.mkdir()
    made.begin()
    return made


@pytest.fixture
def machine(begun: Machine, tmp_path) -> Iterator[Machine]:
    made = Machine(tmp_path / "data", session=begun.session)
    shutil.copytree(begun.folder, made.folder)
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "walk"
    made.mkdir()
    return made
