"""collectstatic as a production start runs it: our modules import each other by their hashed names."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory, django_test_environment):
    root = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "archive.pages.static.StaticStorage"}}
    with override_settings(STATIC_ROOT=str(root), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture(scope="module")
def manifest(collected):
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


def test_every_import_of_our_modules_names_a_hashed_file_that_is_there(collected, manifest):
    pattern = re.compile(r"""(?:from\s*|import\s*\(?\s*)["'](\.[^"']+\.js)["']""")
    found = 0
    for plain, hashed in manifest.items():
        if not plain.startswith("js/"):
            continue
        for target in pattern.findall((collected / hashed).read_text()):
            found += 1
            there = (collected / hashed).parent / target
            assert re.search(r"\.[0-9a-f]{12}\.js$", target), (plain, target)
            assert there.is_file(), (plain, target)
    assert found > 30


def test_the_map_keeps_its_names_and_is_not_compressed_twice(collected, manifest):
    assert not [name for name in manifest if name.startswith("basemap/")]
    assert (collected / "basemap" / "r1" / "world.bin").is_file()
    assert not (collected / "basemap" / "r1" / "world.bin.br").exists()


def test_what_pages_ask_for_is_there_compressed(collected, manifest):
    for name in ("js/whence.js", "css/components.css", "leaflet/leaflet.js"):
        assert (collected / f"{manifest[name]}.br").is_file(), name
