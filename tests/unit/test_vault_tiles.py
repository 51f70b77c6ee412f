from __future__ import annotations

import io
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageChops, ImageStat

from archive import vault
from archive.vault import tiles
from tests.pictures import a_jpeg, corners, upright


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def stored(size=(1300, 700)) -> str:
    return vault.put(io.BytesIO(a_jpeg(size=size))).sha256


def assembled(pyramid: tiles.Pyramid, scale: int) -> Image.Image:
    width, height = pyramid.level_size(scale)
    whole = Image.new("RGB", (width, height))
    for row in range(-(-height // pyramid.tile)):
        for column in range(-(-width // pyramid.tile)):
            with Image.open(pyramid.path(scale, column, row)) as tile:
                whole.paste(tile, (column * pyramid.tile, row * pyramid.tile))
    return whole


def test_the_tiles_of_every_level_make_the_whole_picture():
    pyramid = tiles.pyramid(stored(), None, None)
    assert (pyramid.width, pyramid.height, pyramid.scales) == (1300, 700, (1, 2, 4))
    for scale in pyramid.scales:
        whole = assembled(pyramid, scale)
        difference = ImageChops.difference(whole, upright(1300, 700).resize(whole.size))
        assert max(ImageStat.Stat(difference).mean) <= 3


def test_level_sizes_round_up():
    pyramid = tiles.pyramid(stored(), None, None)
    assert [pyramid.level_size(scale) for scale in pyramid.scales] == [(1300, 700), (650, 350), (325, 175)]
    assert assembled(pyramid, 4).size == (325, 175)


def test_odd_sizes_round_up_too():
    pyramid = tiles.pyramid(stored((1101, 555)), None, None)
    with Image.open(pyramid.path(4, 0, 0)) as tile:
        assert tile.size == pyramid.level_size(4) == (276, 139)


def test_the_picture_is_turned_before_it_is_cut():
    pyramid = tiles.pyramid(stored(), 6, None)
    assert (pyramid.width, pyramid.height) == (700, 1300)
    assert corners(assembled(pyramid, 4)) == ["blue", "red", "white", "green"]


def test_a_public_size_bounds_the_largest_level():
    pyramid = tiles.pyramid(stored(), None, 800)
    assert (pyramid.width, pyramid.height) == (800, 431)


def test_a_picture_smaller_than_a_tile_is_one_tile():
    pyramid = tiles.pyramid(stored((100, 80)), None, None)
    assert pyramid.scales == (1,)
    with Image.open(pyramid.path(1, 0, 0)) as tile:
        assert tile.size == (100, 80)


@pytest.mark.parametrize("at", [(1, 3, 0), (1, 0, 2), (1, -1, 0), (3, 0, 0), (8, 0, 0)])
def test_there_are_no_tiles_outside_the_picture(at):
    pyramid = tiles.pyramid(stored(), None, None)
    with pytest.raises(vault.TileMissing):
        pyramid.path(*at)


def test_a_pyramid_is_cut_once():
    digest = stored()
    first = tiles.pyramid(digest, None, None).path(1, 0, 0).stat().st_ino
    assert tiles.pyramid(digest, None, None).path(1, 0, 0).stat().st_ino == first


def test_two_viewers_at_once_get_the_same_pyramid():
    digest = stored()
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: tiles.pyramid(digest, None, None), range(4)))
    assert len({pyramid.path(1, 0, 0).stat().st_ino for pyramid in made}) == 1
    assert len(list(tiles.root().glob("*/*"))) == 1


def test_the_pyramids_unused_for_longest_make_room():
    pyramids = [tiles.pyramid(stored(), None, None) for _ in range(3)]
    for age, pyramid in zip((1000, 3000, 2000), pyramids, strict=True):
        then = time.time() - age
        os.utime(pyramid.folder / "pyramid.json", (then, then))
    one = sum(path.stat().st_size for path in pyramids[0].folder.rglob("*.jpg"))
    left = tiles.evict(int(one * 2.5))
    assert left <= one * 2.5
    assert [pyramid.folder.exists() for pyramid in pyramids] == [True, False, True]


def test_using_a_pyramid_keeps_it():
    digest = stored()
    pyramid = tiles.pyramid(digest, None, None)
    then = time.time() - 10 * tiles.USED_SECONDS
    os.utime(pyramid.folder / "pyramid.json", (then, then))
    tiles.pyramid(digest, None, None)
    assert (pyramid.folder / "pyramid.json").stat().st_mtime > time.time() - 60


def test_forgetting_an_original_removes_all_its_pyramids():
    digest = stored()
    kept = [tiles.pyramid(digest, None, None), tiles.pyramid(digest, 6, 300)]
    tiles.forget(digest)
    assert not any(pyramid.folder.exists() for pyramid in kept)


def test_a_missing_original_leaves_no_half_made_pyramid():
    with pytest.raises(vault.OriginalMissing):
        tiles.pyramid("0" * 64, None, None)
    assert list(tiles.root().glob("*/*")) == []
