"""/maps/<slug>/<version>/<zoom>/<column>/<row>: the tiles of the installation's own maps."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from archive import mapfiles
from archive.mapfiles import mbtiles
from tests.mapmaking import a_map, a_picture, write_mbtiles

FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def plan(tmp_path, settings):
    settings.MAPS_DIR = tmp_path / "maps"
    a_map(settings.MAPS_DIR)
    return mapfiles.find("plan")


def tile(client, plan, address="14/8180/5460", *, version="", **headers):
    return client.get(f"/maps/{plan.slug}/{version or plan.version}/{address}", headers=headers)


def test_a_tile_is_a_picture_that_anybody_may_keep(client, plan):
    answer = tile(client, plan)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == FOR_GOOD
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")
    assert answer.content == mbtiles.read_tile(plan.path, 14, 8180, 5460)


def test_who_has_the_tile_already_is_told_so(client, plan):
    etag = tile(client, plan)["ETag"]
    again = tile(client, plan, **{"If-None-Match": etag})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", FOR_GOOD)
    assert tile(client, plan, "14/8181/5460")["ETag"] != etag


def test_where_the_map_has_nothing_there_is_nothing_and_no_error(client, plan):
    answer = tile(client, plan, "14/0/0")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (204, b"", FOR_GOOD)


@pytest.mark.parametrize(
    "address", ["13/4090/2730", "15/0/0", "14/16384/0", "14/0/16384", "14/8180/5460/", f"14/{'9' * 900}/1"]
)
def test_outside_the_pyramid_nothing_is_found(client, plan, address):
    assert tile(client, plan, address).status_code == 404


@pytest.mark.parametrize("address", ["14/-1/0", "14/8180/a", "14/8180/5460.png", "14/../5460"])
def test_addresses_are_whole_numbers(client, plan, address):
    assert tile(client, plan, address).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "..", "plan.mbtiles", "%2e%2e%2fplan"])
def test_names_are_looked_up_and_never_joined_to_a_path(client, plan, slug):
    assert client.get(f"/maps/{slug}/{plan.version}/14/8180/5460").status_code == 404


def test_a_replaced_file_is_not_mixed_with_the_one_before(client, plan):
    plan.path.unlink()
    a_map(plan.path.parent, columns=(8180, 8182))
    gone = tile(client, plan)
    assert (gone.status_code, gone["Cache-Control"]) == (404, "no-store")
    assert tile(client, plan, version=mapfiles.find("plan").version).status_code == 200


def test_a_damaged_file_is_not_found_and_never_an_error_of_the_server(client, plan, caplog):
    write_mbtiles(
        plan.path.with_name("odd.mbtiles"),
        {(1, 0, 0): a_picture(), (1, 1, 0): b"<script>alert(1)</script>"},
        minzoom=1,
        maxzoom=1,
    )
    odd = mapfiles.find("odd")
    answer = tile(client, odd, "1/1/0")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "odd.mbtiles" in caplog.text
    size = plan.path.stat().st_size
    with plan.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * (size - 5000))
    assert tile(client, plan).status_code == 404


def test_only_reading_is_answered(client, plan):
    assert client.post(f"/maps/plan/{plan.version}/14/8180/5460").status_code == 405
    assert client.head(f"/maps/plan/{plan.version}/14/8180/5460")["Content-Type"] == "image/png"


def test_maps_are_added_and_listed_by_command(tmp_path, settings, capsys):
    settings.MAPS_DIR = tmp_path / "maps"
    source = a_map(tmp_path, bounds="-0.1,50.7,0.1,50.9")
    call_command("add_map", source, "--name=Harbour", "--title=Harbour", "--year=about 1890", "--basemap")
    with pytest.raises(CommandError, match=r"plan\.mbtiles: harbour\.mbtiles is there already"):
        call_command("add_map", source, name="harbour")
    call_command("maps")
    assert "harbour: basemap “Harbour” (about 1890), MBTiles of image/png" in capsys.readouterr().out
    (settings.MAPS_DIR / "sheet.pmtiles").write_bytes(b"")
    with pytest.raises(SystemExit) as left:
        call_command("maps", "--json")
    assert left.value.code == 1
    listed, problem = map(json.loads, capsys.readouterr().out.splitlines())
    assert (listed["name"], listed["bounds"]) == ("harbour", [-0.1, 50.7, 0.1, 50.9])
    assert problem["file"] == "sheet.pmtiles"
