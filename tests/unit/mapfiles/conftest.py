from __future__ import annotations

import pytest


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAPS_DIR = tmp_path / "maps"
    settings.MAPS_DIR.mkdir()
    return settings.MAPS_DIR
