from __future__ import annotations

import pytest

from tests.db.interchange.cases import Case, a_case


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def case(db) -> Case:
    return a_case()
