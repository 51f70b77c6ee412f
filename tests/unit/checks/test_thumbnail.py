from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from PIL import Image

from archive.checks.models import Outcome
from archive.checks.pixels import thumbnail_against_picture, without_bars
from archive.checks.thumbnail import _compared, words
from archive.metadata.thumbnail import embedded_thumbnail
from archive.vault import pictures
from archive.vault.errors import Undecodable
from archive.vault.pictures import TURNS
from tests.unit.checks.scenes import a_scene, as_jpeg

ORIENTATION = 0x0112


def exif_with(thumbnail: bytes, *, orientation: int = 1, order: str = "<") -> bytes:
    """An EXIF block: IFD0 with an orientation, IFD1 with a thumbnail behind it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    first = struct.pack(order + "HHHIHH", 1, ORIENTATION, 3, 1, orientation, 0)
    second_at = 8 + len(first) + 4
    entries = [(0x0103, 3, 6), (0x0201, 4, second_at + 2 + 3 * 12 + 4), (0x0202, 4, len(thumbnail))]
    second = struct.pack(order + "H", 3)
    for tag, kind, value in entries:
        shown = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        second += struct.pack(order + "HHI", tag, kind, 1) + shown
    return (
        b"Exif\0\0"
        + mark
        + struct.pack(order + "I", 8)
        + first
        + struct.pack(order + "I", second_at)
        + second
        + bytes(4)
        + thumbnail
    )


@pytest.fixture
def compared(tmp_path: Path):
    """The check's result for a picture and the thumbnail it carries."""

    def compared(picture, thumbnail, *, orientation=1, order="<"):
        original, copy = tmp_path / "original", tmp_path / "copy.jpg"
        block = exif_with(as_jpeg(thumbnail, 75), orientation=orientation, order=order)
        original.write_bytes(as_jpeg(picture, exif=block))
        turn = TURNS.get(orientation)
        upright = picture if turn is None else picture.transpose(turn)
        upright.thumbnail((256, 256))
        copy.write_bytes(as_jpeg(upright))
        return _compared(thumbnail_against_picture(str(original), str(copy), orientation=orientation))

    return compared


def shrunk(picture, size=(160, 120)):
    return picture.resize(size)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_picture_s_own_thumbnail_fits(compared, order):
    result = compared(a_scene(), shrunk(a_scene()), order=order)
    assert result.outcome is Outcome.FITS
    assert result.magnitude <= 8
    assert "shows the same picture." in words(result.outcome, result.facts)


def test_a_swapped_thumbnail_does_not_fit(compared):
    for seed in range(20, 40):
        result = compared(a_scene(3), shrunk(a_scene(seed)))
        assert result.outcome is Outcome.DOES_NOT_FIT
        assert "shows another picture" in words(result.outcome, result.facts)


def test_black_bars_are_cut_off_first(compared):
    wide = a_scene(size=(480, 320))
    barred = Image.new("RGB", (160, 120))
    barred.paste(shrunk(wide, (160, 106)), (0, 7))
    assert compared(wide, barred).outcome is Outcome.FITS


def test_a_thumbnail_of_another_shape_is_held_against_the_middle_of_the_picture(compared):
    scene = a_scene(size=(480, 320))
    middle = scene.crop((80, 0, 400, 320))
    assert compared(scene, shrunk(middle, (120, 120))).outcome is Outcome.FITS


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_thumbnail_is_turned_as_its_picture_is(compared, orientation):
    result = compared(a_scene(), shrunk(a_scene()), orientation=orientation)
    assert result.outcome is Outcome.FITS
    assert result.facts["turned"] is False


def test_a_thumbnail_that_a_program_left_unturned_fits_and_says_so(compared):
    stored = a_scene()
    upright = stored.transpose(Image.Transpose.ROTATE_90)
    result = compared(upright, shrunk(stored))
    assert result.outcome is Outcome.FITS
    assert "turned another way" in words(result.outcome, result.facts)


def test_a_plain_thumbnail_cannot_be_compared(compared):
    result = compared(a_scene(), Image.new("RGB", (160, 120), "grey"))
    assert result.outcome is Outcome.CANNOT_TELL
    assert "too little to compare" in words(result.outcome, result.facts)


def test_a_file_without_a_thumbnail_says_so(tmp_path):
    original = tmp_path / "original"
    original.write_bytes(as_jpeg(a_scene()))
    assert embedded_thumbnail(original) is None
    told = thumbnail_against_picture(str(original), str(original), orientation=None)
    assert told == {"case": "none"}


def test_a_dark_picture_is_not_taken_for_a_bar():
    night = Image.new("L", (100, 80), 5)
    night.paste(200, (0, 60, 100, 80))
    assert without_bars(night).size == (100, 80)


def test_a_broken_thumbnail_is_told_as_broken(tmp_path):
    original = tmp_path / "original"
    original.write_bytes(as_jpeg(a_scene(), exif=exif_with(b"\xff\xd8 and no more")))
    with pytest.raises(Undecodable):
        thumbnail_against_picture(str(original), str(original), orientation=None)


def test_hostile_blocks_never_raise(tmp_path):
    rng = random.Random(7)
    whole = exif_with(as_jpeg(shrunk(a_scene())))
    picture = as_jpeg(a_scene(size=(64, 48)))
    for _ in range(200):
        block = bytearray(whole[: rng.randrange(8, len(whole))] if rng.random() < 0.3 else whole)
        for _change in range(rng.randrange(1, 6)):
            block[rng.randrange(6, min(len(block), 90))] = rng.randrange(256)
        length = struct.pack(">H", len(block) + 2)
        path = tmp_path / "hostile"
        path.write_bytes(picture[:2] + b"\xff\xe1" + length + bytes(block) + picture[2:])
        stored = embedded_thumbnail(path)
        assert stored is None or len(stored) <= 2 * 2**20


def test_the_only_swapped_thumbnail_among_real_files_is_found(samples, tmp_path):
    """exiv2's test file carries the thumbnail of another photograph; a camera's own fits."""
    found = {}
    for name in (
        "Exiv2+exiv2/test/data/exiv2-bug528.jpg",
        "drewnoakes+metadata-extractor-images/jpg/Canon PowerShot A80.jpg",
        "drewnoakes+digicam_corpus/HP/Photosmart M627/HPIM3418.JPG",
    ):
        copy = tmp_path / "copy.jpg"
        with Image.open(samples / name) as picture:
            orientation = picture.getexif().get(ORIENTATION)
        pictures.render(
            str(samples / name), orientation=orientation, targets={"256": str(copy)}, max_pixels=10**8
        )
        told = thumbnail_against_picture(str(samples / name), str(copy), orientation=orientation)
        found[Path(name).name] = _compared(told).outcome
    assert found == {
        "exiv2-bug528.jpg": Outcome.DOES_NOT_FIT,
        "Canon PowerShot A80.jpg": Outcome.FITS,
        "HPIM3418.JPG": Outcome.FITS,
    }
