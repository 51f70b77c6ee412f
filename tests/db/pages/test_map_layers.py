"""The choice of maps on pages: there where the folder of maps holds some, and nothing at all without."""

from __future__ import annotations

import html
import json
import re

import pytest

from archive.values.place import Place
from tests.db.making import a_collection, a_photo
from tests.mapmaking import a_map

pytestmark = pytest.mark.django_db


def layers(client, address="/"):
    page = client.get(address).content.decode()
    found = re.search(r'<map-layers maps="([^"]*)"></map-layers></(photo|place)-map>', page)
    assert bool(found) == ("map-layers" in page)
    return json.loads(html.unescape(found[1])) if found else None


def test_without_map_files_a_page_carries_nothing_of_them(client, settings, tmp_path):
    settings.MAPS_DIR = tmp_path
    assert layers(client) is None


def test_a_map_file_is_told_with_the_address_of_its_tiles(client, settings, tmp_path):
    settings.MAPS_DIR = tmp_path
    a_map(tmp_path, attribution="<i>County</i> Library", bounds="-0.2,50.7,0.1,50.9")
    (tmp_path / "plan.json").write_text('{"title": "\\"><script>alert(1)</script>Plan", "year": 1890}')
    (told,) = layers(client)
    assert (told["title"], told["year"], told["role"]) == ('">Plan', "1890", "overlay")
    assert (told["attribution"], told["bounds"]) == ("County Library", [-0.2, 50.7, 0.1, 50.9])
    assert told["zooms"] == [14, 14]
    address = told["tiles"].replace("{z}", "14").replace("{x}", "8180").replace("{y}", "5460")
    assert client.get(address)["Content-Type"] == "image/png"


def test_the_map_of_a_photo_offers_the_same(client, settings, tmp_path):
    settings.MAPS_DIR = tmp_path
    a_map(tmp_path)
    photo = a_photo(a_collection(), place=Place(50.79, -0.02))
    assert [one["slug"] for one in layers(client, f"/photos/{photo.public_id}/")] == ["plan"]
