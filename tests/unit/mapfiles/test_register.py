from __future__ import annotations

import json
import os

import pytest

from archive import mapfiles
from archive.mapfiles import MapFileError, Note, Role, add_map, find, listing
from archive.mapfiles.note import read_note
from archive.mapfiles.register import slug_of
from tests.mapmaking import a_map, a_picture, a_square, write_mbtiles, write_pmtiles


def problems():
    return {one.name: one.words for one in listing().problems}


def test_a_folder_that_is_not_there_holds_no_maps(settings, tmp_path):
    settings.MAPS_DIR = tmp_path / "nowhere"
    assert listing() == mapfiles.Listing()


def test_a_file_put_into_the_folder_is_a_map(folder):
    a_map(folder, "Plan of the Town (1890).mbtiles", attribution="County Library")
    (found,) = listing().maps
    assert (found.slug, found.title, found.attribution) == (
        "plan-of-the-town-1890",
        "Town plan",
        "County Library",
    )
    assert found.role is Role.OVERLAY
    assert find(found.slug) == found
    assert find("plan") is None


def test_a_note_beside_the_file_goes_before_what_the_file_says(folder):
    a_map(folder, type="overlay")
    note = {"title": "Ordnance plan", "attribution": "County & Town", "year": 1890, "role": "basemap"}
    (folder / "plan.json").write_text(json.dumps(note))
    (found,) = listing().maps
    assert (found.title, found.note.year, found.role) == ("Ordnance plan", "1890", Role.BASEMAP)
    assert found.attribution == "County & Town"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON"),
        ("[" * 50_000, "no JSON"),
        ("[]", "must be an object"),
        ('{"titel": "x"}', "must be an object"),
        ('{"role": "ground"}', "basemap or overlay"),
        ('{"role": ["overlay"]}', "basemap or overlay"),
        ("x" * 70_000, "larger than"),
    ],
)
def test_a_wrong_note_is_a_problem_and_not_a_silence(folder, text, words):
    a_map(folder)
    (folder / "plan.json").write_text(text)
    assert words in problems()["plan.mbtiles"]
    assert not listing().maps


def test_a_note_corrected_is_read_again(folder):
    a_map(folder)
    (folder / "plan.json").write_text("{")
    assert listing().problems
    (folder / "plan.json").write_text('{"title": "Right"}')
    assert [one.title for one in listing().maps] == ["Right"]


def test_the_version_changes_with_the_bytes_and_not_with_the_date(folder):
    path = a_map(folder)
    before = listing().maps[0].version
    os.utime(path, (1, 1))
    assert listing().maps[0].version == before
    path.unlink()
    a_map(folder, columns=(8190, 8191))
    assert listing().maps[0].version != before


def test_two_files_of_one_name_are_told_apart(folder):
    a_map(folder)
    write_pmtiles(folder / "Plan.pmtiles", a_square(1, (0,), (0,)))
    assert len(listing().maps) == 1
    assert "rename" in next(iter(problems().values()))


def test_whatever_else_lies_in_the_folder_is_named(folder):
    (folder / "scan.tif").write_bytes(b"II*\x00")
    (folder / "empty.mbtiles").write_bytes(b"")
    (folder / "地図.mbtiles").write_bytes(b"")
    (folder / "gone.pmtiles").symlink_to(folder / "nowhere")
    (folder / "sheets").mkdir()
    (folder / ".hidden").write_bytes(b"")
    told = problems()
    assert set(told) == {"scan.tif", "empty.mbtiles", "地図.mbtiles", "gone.pmtiles", "sheets"}
    assert "link" in told["gone.pmtiles"]
    assert "rename" in told["地図.mbtiles"]
    assert "neither MBTiles nor PMTiles" in told["empty.mbtiles"]


def test_a_file_is_what_its_bytes_are_whatever_its_ending(folder):
    write_pmtiles(folder / "odd.mbtiles", a_square(1, (0,), (0,)))
    assert listing().maps[0].facts.kind == "PMTiles"
    assert mapfiles.tile(listing().maps[0], 1, 0, 0).media_type == "image/png"


def test_a_tile_that_is_no_picture_is_never_handed_out(folder):
    tiles = {(1, 0, 0): a_picture(), (1, 1, 0): b"<script>alert(1)</script>"}
    write_mbtiles(folder / "odd.mbtiles", tiles, minzoom=1, maxzoom=1)
    (found,) = listing().maps
    with pytest.raises(MapFileError, match="1/1/0 is no picture"):
        mapfiles.tile(found, 1, 1, 0)


@pytest.mark.parametrize("link", [False, True])
def test_a_map_is_added_under_its_name_with_its_note(folder, tmp_path, link):
    source = a_map(tmp_path, "export 3.mbtiles")
    note = Note(title="Plan “A”", year="about 1890", role=Role.BASEMAP)
    added = add_map(source=source, name="Town Plan", note=note, link=link)
    assert added.slug == "town-plan"
    assert (added.title, added.role) == ("Plan “A”", Role.BASEMAP)
    assert (folder / "town-plan.mbtiles").is_symlink() == link
    assert read_note(folder / "town-plan.json") == note
    assert sorted(one.name for one in folder.iterdir()) == ["town-plan.json", "town-plan.mbtiles"]


def test_a_map_without_a_note_has_none_beside_it(folder, tmp_path):
    add_map(source=a_map(tmp_path), note=Note())
    assert [one.name for one in folder.iterdir()] == ["plan.mbtiles"]


def test_a_taken_name_is_refused_unless_it_is_to_be_replaced(folder, tmp_path):
    add_map(source=a_map(tmp_path), note=Note(title="First"))
    other = write_pmtiles(tmp_path / "plan.pmtiles", a_square(2, (0,), (0,)))
    with pytest.raises(MapFileError, match="--replace"):
        add_map(source=other, note=Note())
    assert listing().maps[0].title == "First"
    assert add_map(source=other, note=Note(), replace=True).facts.kind == "PMTiles"
    assert [one.name for one in folder.iterdir()] == ["plan.pmtiles"]


def test_a_file_that_cannot_be_shown_changes_nothing(folder, tmp_path):
    bad = tmp_path / "bad.mbtiles"
    bad.write_bytes(b"SQLite format 3\x00" + bytes(200))
    for source in (bad, tmp_path / "nowhere.mbtiles"):
        with pytest.raises(MapFileError):
            add_map(source=source, note=Note())
    assert not list(folder.iterdir())


def test_the_folder_itself_is_no_source(folder):
    path = a_map(folder)
    with pytest.raises(MapFileError, match="edit its note"):
        add_map(source=path, note=Note(), replace=True)
    assert path.exists()


@pytest.mark.parametrize("name", ["../../etc", "..", "/", "a/b", "%2e%2e", "Ordnance—Survey", "É tude"])
def test_a_name_in_addresses_is_letters_digits_and_hyphens(name):
    try:
        slug = slug_of(name)
    except MapFileError:
        slug = "none"
    assert all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in slug)
