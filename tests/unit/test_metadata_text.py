from __future__ import annotations

from pathlib import Path

import pytest

from archive.metadata import Reading
from tests.unit import drawing
from tests.unit.drawing import app_exif, jpeg, raw, read_bytes, text

MAKE, MODEL, DESCRIPTION, ARTIST, XP_TITLE, USER_COMMENT = 0x010F, 0x0110, 0x010E, 0x013B, 0x9C9B, 0x9286


def of(
    folder: Path,
    image: dict[int, drawing.Entry],
    exif: dict[int, drawing.Entry] | None = None,
    *,
    order: str = ">",
) -> Reading:
    return read_bytes(folder, jpeg(app_exif(drawing.tiff(image, exif, order=order))))


def test_padding_is_taken_off_makes_and_models(tmp_path: Path):
    reading = of(tmp_path, {MAKE: text(b"NIKON CORPORATION\0\0\0"), MODEL: text("  D70   ")})
    assert (reading.make, reading.model) == ("NIKON CORPORATION", "D70")


def test_what_stands_behind_a_zero_is_no_text(tmp_path: Path):
    assert of(tmp_path, {MAKE: text(b"Testcam\0garbage")}).make == "Testcam"


def test_a_blank_is_absent(tmp_path: Path):
    assert of(tmp_path, {MAKE: text("     ")}).make is None


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_artists_in_either_encoding(tmp_path: Path, encoding: str):
    assert of(tmp_path, {ARTIST: text("José Müller".encode(encoding))}).creator == "José Müller"


def test_the_tags_of_windows_are_utf16(tmp_path: Path):
    assert of(tmp_path, {XP_TITLE: raw("Küste 岸\0".encode("utf-16-le"), drawing.BYTE)}).title == "Küste 岸"


@pytest.mark.parametrize(
    ("comment", "order"),
    [
        (b"ASCII\0\0\0a note\0\0", ">"),
        (b"\0\0\0\0\0\0\0\0a note", ">"),
        (b"UNICODE\0" + "a note".encode("utf-16-be"), ">"),
        (b"UNICODE\0" + "a note".encode("utf-16-le"), "<"),
        (
            b"UNICODE\0" + "a note".encode("utf-16-le"),
            ">",
        ),  # the byte order of the block is not always the text's
        (b"UNICODE\0" + "a note".encode("utf-16"), ">"),
        (b"a note", ">"),
    ],
)
def test_user_comments_by_their_prefix(tmp_path: Path, comment: bytes, order: str):
    assert of(tmp_path, {}, {USER_COMMENT: raw(comment)}, order=order).caption == "a note"


@pytest.mark.parametrize("encoding", ["iso2022_jp", "shift_jis", "euc_jp"])
def test_a_user_comment_in_japanese(tmp_path: Path, encoding: str):
    comment = b"JIS\0\0\0\0\0" + "東京の写真です".encode(encoding)
    assert of(tmp_path, {}, {USER_COMMENT: raw(comment)}).caption == "東京の写真です"


def test_control_characters_are_taken_out_of_values_and_shown_in_statements(tmp_path: Path):
    reading = of(tmp_path, {DESCRIPTION: text(b"A\x1b[31mred\x07 line")})
    assert reading.caption == "A[31mred line"
    assert [s.raw for s in reading.statements if s.fact == "caption"] == ["A\x1b[31mred\x07 line"]


def test_an_endless_text_is_cut(tmp_path: Path):
    reading = of(tmp_path, {DESCRIPTION: text("x" * 60_000)})
    assert reading.caption == "x" * 20_000
    assert all(len(s.raw) <= 20_001 for s in reading.statements)


@pytest.mark.parametrize(
    "boilerplate", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM\\100MEDIA", "default", "Exif_JPEG_PICTURE"]
)
def test_what_cameras_write_where_a_caption_belongs_is_none(tmp_path: Path, boilerplate: str):
    reading = of(tmp_path, {DESCRIPTION: text(boilerplate)})
    assert reading.caption is None
    assert any(s.fact == "caption" and s.raw == boilerplate for s in reading.statements)


def test_iptc_by_its_own_character_set(tmp_path: Path):
    latin = drawing.iptc((2, 120, "Düne".encode("latin-1")))
    coded = drawing.iptc((1, 90, b"\x1b%G"), (2, 120, "Düne 岸".encode()))
    assert read_bytes(tmp_path, jpeg(latin)).caption == "Düne"
    assert read_bytes(tmp_path, jpeg(coded)).caption == "Düne 岸"
