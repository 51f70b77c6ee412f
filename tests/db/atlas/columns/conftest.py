from __future__ import annotations

import pytest
from django.conf import settings as project

from archive.atlas.columns import following, rebuilding

# SQLite has one writer, so that nothing can be committed out of order; its run leaves these tests out.
collect_ignore = (
    [] if "postgresql" in project.DATABASES["default"]["ENGINE"] else ["test_postgresql_order.py"]
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    """Each test has a folder without a file and a follower that knows of none."""
    settings.DATA_DIR = tmp_path
    settings.ATLAS = "auto"
    monkeypatch.setattr(following, "_follower", following.Follower())


@pytest.fixture
def built(db):
    """Build the columns of what is there now, and again when called."""

    def build() -> None:
        rebuilding.rebuild()

    return build
