from __future__ import annotations

import pytest

from tests.db.interchange.cases import Case, a_case
from tests.db.pages.conftest import _strict_templates

__all__ = ["_strict_templates"]  # a misspelt name in a report fails its test


@pytest.fixture(scope="session")
def vault_folder(tmp_path_factory):
    """One vault for all: what lies in it is named by its hash."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _folder(vault_folder, settings):
    settings.DATA_DIR = vault_folder


@pytest.fixture
def case(db) -> Case:
    return a_case()
