from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from archive.mapfiles import mbtiles
from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import Role
from tests.mapmaking import INDEX, TABLES, a_map, a_picture, a_square, packed, write_mbtiles


def refusal(path):
    with pytest.raises(MapFileError) as refused:
        mbtiles.read_facts(path)
    return str(refused.value)


def test_a_file_says_what_it_is(tmp_path):
    path = a_map(
        tmp_path,
        bounds="-0.26,50.77,-0.21,50.80",
        attribution='<a href="https://library.example/">County &amp; Town Library</a>',
        type="baselayer",
    )
    facts = mbtiles.read_facts(path)
    assert (facts.name, facts.media_type, facts.role) == ("Town plan", "image/png", Role.BASEMAP)
    assert facts.attribution == "County & Town Library"
    assert (facts.bounds.west, facts.bounds.north) == (-0.26, 50.80)
    assert (facts.min_zoom, facts.max_zoom) == (14, 14)


def test_rows_are_counted_from_the_north(tmp_path):
    north, south = a_picture((1, 2, 3)), a_picture((4, 5, 6))
    path = write_mbtiles(tmp_path / "two.mbtiles", {(1, 0, 0): north, (1, 0, 1): south}, minzoom=1, maxzoom=1)
    assert mbtiles.read_tile(path, 1, 0, 0) == north
    assert mbtiles.read_tile(path, 1, 0, 1) == south
    assert mbtiles.read_tile(path, 1, 1, 1) is None


def test_what_the_metadata_leave_out_is_read_from_the_tiles(tmp_path):
    tiles = a_square(2, (0, 1), (1,)) | a_square(3, (2,), (3,))
    facts = mbtiles.read_facts(write_mbtiles(tmp_path / "bare.mbtiles", tiles))
    assert (facts.min_zoom, facts.max_zoom, facts.name, facts.role) == (2, 3, "", None)
    assert (facts.bounds.west, facts.bounds.east) == (-90, -45)
    assert facts.bounds.south == pytest.approx(0)
    assert facts.bounds.north == pytest.approx(40.98, abs=0.01)


@pytest.mark.parametrize("bounds", ["north", "1,2,3", "10,50,5,60", "nan,nan,nan,nan", "0,0,0,0"])
def test_bounds_that_bound_nothing_are_read_from_the_tiles(tmp_path, bounds):
    facts = mbtiles.read_facts(a_map(tmp_path, zoom=1, columns=(0, 1), rows=(0,), bounds=bounds))
    assert (facts.bounds.west, facts.bounds.east) == (-180, 180)
    assert facts.bounds.south == pytest.approx(0)


def test_tiles_may_be_a_view_over_pictures_stored_once(tmp_path):
    schema = """
        CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id TEXT);
        CREATE TABLE images (tile_id TEXT PRIMARY KEY, tile_data BLOB);
        CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);
        CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data
            FROM map JOIN images ON images.tile_id = map.tile_id;
        INSERT INTO map VALUES (0, 0, 0, 'sea');
    """
    path = write_mbtiles(tmp_path / "view.mbtiles", {}, schema=schema)
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO images VALUES ('sea', ?)", (a_picture(),))
        database.commit()
    assert mbtiles.read_facts(path).max_zoom == 0
    assert mbtiles.read_tile(path, 0, 0, 0) == a_picture()


def test_nothing_is_written_beside_the_file(tmp_path):
    path = a_map(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    mbtiles.read_facts(path)
    mbtiles.read_tile(path, 14, 8180, 5460)
    assert [one.name for one in tmp_path.iterdir()] == ["plan.mbtiles"]


def test_changes_that_still_lie_in_a_journal_are_not_overlooked(tmp_path):
    path = a_map(tmp_path)
    (tmp_path / "plan.mbtiles-wal").write_bytes(b"frames")
    assert "still writing it" in refusal(path)


@pytest.mark.parametrize("format_", ["pbf", "PBF", "mvt"])
def test_vector_tiles_are_refused_with_what_to_do_instead(tmp_path, format_):
    words = refusal(a_map(tmp_path, format=format_))
    assert "vector tiles" in words
    assert "QGIS" in words


@pytest.mark.parametrize("tile", [packed(b"\x1a\x05layer"), b"\x1a\x05layer"], ids=["packed", "as they are"])
def test_vector_tiles_that_call_themselves_png_are_refused_too(tmp_path, tile):
    assert "vector tiles" in refusal(write_mbtiles(tmp_path / "v.mbtiles", {(0, 0, 0): tile}, format="png"))


@pytest.mark.parametrize("tile", [b"<svg/>", b"GIF89a", b"<html>", b"\x00" * 40])
def test_other_pictures_are_refused(tmp_path, tile):
    assert "neither PNG, JPEG, WebP nor AVIF" in refusal(
        write_mbtiles(tmp_path / "o.mbtiles", {(0, 0, 0): tile})
    )


def test_tiles_without_an_index_are_refused_with_the_line_that_makes_one(tmp_path):
    path = write_mbtiles(tmp_path / "slow.mbtiles", a_square(0, (0,), (0,)), schema=TABLES)
    assert INDEX.rstrip(";") in refusal(path)


def test_a_tile_too_large_is_refused(tmp_path):
    tile = a_picture() + bytes(2 * 2**20)
    assert "more than 2 MB" in refusal(write_mbtiles(tmp_path / "big.mbtiles", {(0, 0, 0): tile}))


@pytest.mark.parametrize(("least", "most"), [("5", "2"), ("-1", "3"), ("0", "30")])
def test_zoom_levels_that_cannot_be_are_refused(tmp_path, least, most):
    tiles = a_square(0, (0,), (0,)) | {(int(most), 0, 0): a_picture()}
    path = write_mbtiles(tmp_path / "z.mbtiles", tiles, minzoom=least, maxzoom=most)
    assert "zoom levels" in refusal(path)


def test_a_stated_zoom_without_tiles_is_refused(tmp_path):
    path = write_mbtiles(tmp_path / "z.mbtiles", a_square(0, (0,), (0,)), minzoom=0, maxzoom=9)
    assert "no tile of zoom 9" in refusal(path)


def test_a_file_without_tiles_is_refused(tmp_path):
    assert "holds no tiles" in refusal(write_mbtiles(tmp_path / "none.mbtiles", {}))


def test_another_database_is_refused(tmp_path):
    path = tmp_path / "other.mbtiles"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE letters (text)")
    assert "no MBTiles" in refusal(path)


def test_a_view_that_never_ends_is_stopped(tmp_path):
    endless = """
        CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE few (n INTEGER PRIMARY KEY);
        INSERT INTO few WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300)
            SELECT n FROM c;
        CREATE VIEW tiles AS SELECT a.n * 0 AS zoom_level, b.n * 0 AS tile_column, c.n * 0 AS tile_row, d.n
            AS tile_data FROM few a, few b, few c, few d WHERE a.n + b.n + c.n + d.n < 0;
    """
    with pytest.raises(MapFileError, match="too long"):
        mbtiles.read_tile(write_mbtiles(tmp_path / "endless.mbtiles", {}, schema=endless), 0, 0, 0)


def test_a_view_cannot_loop_by_recursion_at_all(tmp_path):
    looping = """
        CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE VIEW tiles AS WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c)
            SELECT n AS zoom_level, n AS tile_column, n AS tile_row, x'00' AS tile_data FROM c;
    """
    assert "not authorized" in refusal(write_mbtiles(tmp_path / "loop.mbtiles", {}, schema=looping))


def test_a_name_with_signs_of_an_address_is_opened_as_it_is(tmp_path):
    path = a_map(tmp_path, "plan?mode=rwc#1 100%.mbtiles")
    assert mbtiles.read_tile(path, 14, 8180, 5460) is not None
