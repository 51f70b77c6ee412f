from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pmtiles import writer
from pmtiles.tile import Compression, Entry, TileType, serialize_directory, zxy_to_tileid

from archive.mapfiles import pmtiles
from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import Role
from archive.mapfiles.pmtiles_directory import MOST_BYTES, read_directory, tile_id, unpacked
from tests.mapmaking import a_picture, a_square, packed, write_pmtiles

HEADER = 127


def refusal(path):
    with pytest.raises(MapFileError) as refused:
        pmtiles.read_facts(path)
    return str(refused.value)


def changed(path, at, value):
    data = bytearray(path.read_bytes())
    data[at : at + len(value)] = value
    path.write_bytes(data)
    return path


def a_plan(folder, **metadata):
    return write_pmtiles(folder / "plan.pmtiles", a_square(14, (8180, 8181), (5460, 5461)), **metadata)


def test_a_file_says_what_it_is(tmp_path):
    path = a_plan(tmp_path, name="Town plan", attribution="<b>County</b> Library", type="overlay")
    facts = pmtiles.read_facts(path)
    assert (facts.kind, facts.media_type, facts.role) == ("PMTiles", "image/png", Role.OVERLAY)
    assert (facts.name, facts.attribution) == ("Town plan", "County Library")
    assert (facts.min_zoom, facts.max_zoom) == (14, 14)
    assert (facts.bounds.west, facts.bounds.south) == (-0.3, 50.7)


def test_every_tile_of_a_file_with_leaves_is_found_and_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(
        writer, "optimize_directories", lambda entries, _: writer.build_roots_leaves(entries, 50)
    )
    drawn = random.Random(7)
    tiles = {address: b"%d/%d/%d" % address for address in a_square(5, range(32), range(32), tile=b"")}
    tiles = {address: data for address, data in tiles.items() if drawn.random() < 0.9}
    path = write_pmtiles(tmp_path / "many.pmtiles", tiles)
    for column in range(32):
        for row in range(0, 32, 3):
            assert pmtiles.read_tile(path, 5, column, row) == tiles.get((5, column, row))


def test_tiles_that_are_alike_share_their_bytes(tmp_path):
    sea = a_picture((1, 2, 3))
    path = write_pmtiles(tmp_path / "sea.pmtiles", a_square(4, range(16), range(16), tile=sea))
    assert path.stat().st_size < 2 * len(sea) + 1000
    assert all(pmtiles.read_tile(path, 4, column, 9) == sea for column in range(16))
    assert pmtiles.read_tile(path, 3, 0, 0) is None


@given(st.integers(0, 24).flatmap(lambda z: st.tuples(st.just(z), *2 * [st.integers(0, (1 << z) - 1)])))
def test_tiles_are_numbered_as_the_formats_own_package_numbers_them(address):
    assert tile_id(*address) == zxy_to_tileid(*address)


@given(st.lists(st.tuples(*4 * [st.integers(1, 2**20)]), min_size=1, max_size=40))
def test_a_directory_is_read_as_it_was_written(rows):
    entries, at = [], 0
    for step, run, length, offset in rows:
        at += step
        entries.append(Entry(at, offset, length, run % 5))
    read = read_directory(unpacked(serialize_directory(entries), MOST_BYTES))
    assert [int(one) for one in read.ids] == [entry.tile_id for entry in entries]
    for place, entry in enumerate(entries):
        found = read.entry(place)
        assert (found.offset, found.length, found.run) == (entry.offset, entry.length, entry.run_length)


@pytest.mark.parametrize("kind", [TileType.MVT, TileType.MLT])
def test_vector_tiles_are_refused_with_what_to_do_instead(tmp_path, kind):
    path = write_pmtiles(tmp_path / "v.pmtiles", {(0, 0, 0): packed(b"\x1a\x00")}, tile_type=kind)
    assert "WHENCE_TILES_URL" in refusal(path)


def test_what_the_header_calls_png_must_be_a_picture(tmp_path):
    assert "neither PNG" in refusal(write_pmtiles(tmp_path / "x.pmtiles", {(0, 0, 0): b"<script>"}))


def test_packed_pictures_are_unpacked(tmp_path):
    path = write_pmtiles(tmp_path / "p.pmtiles", {(0, 0, 0): packed(a_picture())})
    changed(path, 98, bytes([Compression.GZIP.value]))
    assert pmtiles.read_facts(path).media_type == "image/png"
    assert pmtiles.read_tile(path, 0, 0, 0) == a_picture()


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (0, b"QMTiles", "no PMTiles"),
        (7, b"\x02", "version 2"),
        (97, b"\x03", "other means than gzip"),
        (98, b"\x04", "other means than gzip"),
        (8, struct.pack("<Q", 2**40), "cut off"),
        (16, struct.pack("<Q", 2**40), "larger than"),
        (16, struct.pack("<Q", 3), "damaged"),
        (32, struct.pack("<Q", 2**40), "larger than"),
        (64, struct.pack("<Q", 0), "damaged"),
        (100, b"\x09\x02", "zoom levels 9 to 2"),
        (101, b"\x1f", "zoom levels"),
    ],
)
def test_a_header_that_does_not_hold_is_refused(tmp_path, at, value, words):
    assert words in refusal(changed(a_plan(tmp_path), at, value))


def test_a_file_that_is_cut_off_says_so(tmp_path):
    path = a_plan(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(MapFileError, match="cut off"):
        [pmtiles.read_tile(path, 14, column, row) for column in (8180, 8181) for row in (5460, 5461)]
    path.write_bytes(path.read_bytes()[:100])
    assert "cut off" in refusal(path)


def test_a_directory_that_unpacks_beyond_measure_is_stopped():
    bomb = packed(bytes(16 * 2**20))
    assert len(bomb) < MOST_BYTES
    with pytest.raises(MapFileError, match="unpacks to more than 4 MB"):
        unpacked(bomb, MOST_BYTES)


def test_leaves_that_point_at_each_other_are_not_followed_for_ever(tmp_path):
    path = a_plan(tmp_path)
    loop = serialize_directory([Entry(0, 0, 60, 0)])
    loop = serialize_directory([Entry(0, 0, len(loop), 0)])
    start = path.stat().st_size
    with path.open("ab") as file:
        file.write(loop)
    for at in (8, 40):
        changed(path, at, struct.pack("<QQ", start, len(loop)))
    assert "damaged" in refusal(path)
    with pytest.raises(MapFileError):
        pmtiles.read_tile(path, 3, 1, 1)


def test_metadata_that_are_no_json_are_refused(tmp_path):
    path = a_plan(tmp_path)
    nested = packed(b"[" * 100_000)
    start = path.stat().st_size
    with path.open("ab") as file:
        file.write(nested)
    assert "no JSON" in refusal(changed(path, 24, struct.pack("<QQ", start, len(nested))))


def test_bounds_that_bound_nothing_become_the_whole_map(tmp_path):
    path = changed(a_plan(tmp_path), 102, bytes(16))
    assert pmtiles.read_facts(path).bounds.west == -180
